"""Whether an installed package is one that a repository at hand builds: its own wheel, gem, crate, npm package."""

import re
from collections.abc import Callable

import msgspec
from attrs import define, field

from backstory.model.names import RepoPath
from backstory.stacktraces.file_index import FileIndex
from backstory.stacktraces.libraries import Installed
from backstory.stacktraces.qualified import folded

_OTHERS = frozenset({"vendor", "third_party", "node_modules", "_vendor", "fixtures", "testdata", "site-packages"})
_MANIFESTS = {
    "npm": "package.json",
    "cargo": "Cargo.toml",
    "go": "go.mod",
    "composer": "composer.json",
    "mix": "mix.exs",
    "pub": "pubspec.yaml",
}
_NAMES = {
    "cargo": re.compile(r'^name\s*=\s*"([^"]+)"', re.MULTILINE),
    "go": re.compile(r"^module\s+\"?([^\s\"]+)", re.MULTILINE),
    "mix": re.compile(r"\bapp:\s*:(\w+)"),
    "pub": re.compile(r"^name:\s*(\S+)", re.MULTILINE),
}


class _Named(msgspec.Struct):
    """A manifest that is JSON."""

    name: str = ""


@define
class Manifests:
    """What the packages of the repositories are called, each manifest read once."""

    index: FileIndex
    read: Callable[[str, RepoPath], str | None]
    _names: dict[tuple[str, str, str], str | None] = field(factory=dict)

    def name(self, installer: str, repository: str, folder: str) -> str | None:
        """Return the name of the package in a folder; empty where it has none, None when nobody can tell."""
        key = (installer, repository, folder)
        if key not in self._names:
            self._names[key] = self._read_name(*key)
        return self._names[key]

    def _read_name(self, installer: str, repository: str, folder: str) -> str | None:
        path = _manifest_path(installer, folder)
        if not self.index.has(repository, path):
            return ""
        text = self.read(repository, path)
        return None if text is None else _name_in(installer, text)


def _manifest_path(installer: str, folder: str) -> RepoPath:
    """Return where the manifest of a package in a folder stands."""
    return RepoPath(f"{folder}/{_MANIFESTS[installer]}" if folder else _MANIFESTS[installer])


def _name_in(installer: str, text: str) -> str:
    if installer in _NAMES:
        found = _NAMES[installer].search(text)
        return found[1] if found else ""
    try:
        return msgspec.json.decode(text, type=_Named).name
    except (msgspec.DecodeError, RecursionError):
        return ""


def is_own(put: Installed, repository: str, folders: tuple[str, ...], manifests: Manifests) -> bool:
    """Tell whether the package that somebody installed is the one whose sources stand in a folder of a repository."""
    if _OTHERS.intersection(folders):
        return False
    rule = _RULES.get(put.installer)
    return bool(rule and rule(put, repository, folders, manifests))


def _wheel(_: Installed, repository: str, folders: tuple[str, ...], manifests: Manifests) -> bool:
    """Tell whether the folder holds packages and is none itself: the top, `src/`, `python/`."""
    return not folders or not manifests.index.has(repository, "/".join((*folders, "__init__.py")))


def _gem(put: Installed, repository: str, folders: tuple[str, ...], manifests: Manifests) -> bool:
    return manifests.index.has(repository, "/".join((*folders, f"{put.package}.gemspec")))


def _named(put: Installed, repository: str, folders: tuple[str, ...], manifests: Manifests) -> bool:
    """Whether the manifest says the package's name, or the folder does where the manifest can't be read."""
    name = manifests.name(put.installer, repository, "/".join(folders))
    if name is not None:
        return name == put.package or (put.installer == "cargo" and folded(name) == folded(put.package))
    folder = (repository.replace("\\", "/").rstrip("/"), *folders)[-1].rpartition("/")[2]
    return folded(re.sub(r"/v\d+$", "", put.package).rpartition("/")[2]) == folded(folder)


_RULES: dict[str, Callable[[Installed, str, tuple[str, ...], Manifests], bool]] = {
    "pip": _wheel,
    "gem": _gem,
    "npm": _named,
    "cargo": _named,
    "go": _named,
    "composer": _named,
    "mix": _named,
    "pub": _named,
}
