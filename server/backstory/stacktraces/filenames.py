r"""What a runtime, a bundler or a container prints for a file's name → its folders and its name.

    webpack-internal:///(rsc)/./src/cart.ts?a1f3    C:\agent\_work\1\s\src\Cart.cs    /app/src/../cart.py

Sources: webpack's `devtoolModuleFilenameTemplate`; Next.js' layers; Vite's `/@fs/`; Sentry's `app:///` and `~/`;
Electron's archives; Java's nested jars; Microsoft's file naming conventions (UNC, `\\?\`).
"""

import re

from attrs import frozen

_BUNDLER = re.compile(
    r"^(?:(?:webpack|webpack-internal|rollup|turbopack|parcel|ng|meteor|safari-web-extension|rsc)://"
    r"(?P<space>[^/]*)/|app://[^/]*/|(?:capacitor|ionic)://[^/]*/)(?:\([\w-]+\)/)?"
)
_HOSTED = re.compile(r"^(?:https?|wss?|blob:https?)://[^/]*/")
_QUERY = re.compile(r"(?:\?[^/]*|#[^/]*| \[sm\]|\s\+ \d+ modules?)$")
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_GO_CAPITAL = re.compile(r"!([a-z])")
_DRIVE = re.compile(r"^/?[A-Za-z]:(?=/|$)")
_ARCHIVE = re.compile(r"^(?:jar|zip|phar|nested|wsjar):(?:file:)?/*(?=/)|!(?=/)")


@frozen
class Filename:
    """A printed name, taken apart."""

    parts: tuple[str, ...]
    """Folders and name; without `.`, and without the `..` that stood before them."""

    above: int = 0
    """How many `..` stood before them."""

    is_absolute: bool = False
    """Whether it begins at a machine's root, so that folders of that machine may stand before the repository's."""

    folds_case: bool = False
    """Whether the machine takes upper and lower case for the same."""

    space: str | None = None
    """What the bundler calls the package that it bundled."""


def read_filename(printed: str) -> Filename:
    """Return a name as a stack trace prints it, taken apart; without parts where it names no file."""
    text = printed.strip().replace("\\", "/")
    if text.startswith("<") or not text:
        return Filename(())
    space, text = _unbundled(text)
    text = text.removeprefix("~/")
    windows = "\\" in printed or bool(_DRIVE.match(text))
    text = text.replace("//?/UNC/", "//", 1).removeprefix("//?/")
    network = text.startswith("//")
    text = _DRIVE.sub("", text)
    above, parts = _resolved(text.split("/"))
    if network:
        parts = parts[2:]
    return Filename(parts, above, network or text.startswith("/"), windows, space)


def _unbundled(text: str) -> tuple[str | None, str]:
    """Return the bundler's name of the package, and the path without what a URL puts around it."""
    if found := _BUNDLER.match(text):
        path = _QUERY.sub("", text[found.end() :]).removeprefix("[project]/")
        return found["space"] or None, unescaped(path).lstrip("/")
    if text.startswith("file:"):
        return None, unescaped(_QUERY.sub("", "/" + text.removeprefix("file:").lstrip("/")))
    if found := _HOSTED.match(text):
        path = unescaped(_QUERY.sub("", text[found.end() :]))
        return None, "/" + path.removeprefix("@fs/").lstrip("/")
    text = _ARCHIVE.sub("", text)
    return None, _QUERY.sub("", text) if "?" in text else text


def unescaped(text: str) -> str:
    """Return a path of a URL with what is percent-encoded in it spelled out."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), text)


def go_unescaped(part: str) -> str:
    """Return a folder of Go's module cache as the module spells it: `!burnt!sushi` is BurntSushi."""
    return _GO_CAPITAL.sub(lambda found: found[1].upper(), part)


def _resolved(folders: list[str]) -> tuple[int, tuple[str, ...]]:
    """Return how many `..` stand before the path, and the path without `.` and `..`."""
    above = 0
    parts: list[str] = []
    for folder in folders:
        if folder == "..":
            if parts:
                parts.pop()
            else:
                above += 1
        elif folder not in {"", "."}:
            parts.append(folder)
    return above, tuple(parts)
