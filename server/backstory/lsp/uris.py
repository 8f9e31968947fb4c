"""Which file a URI names, or why it names none that has a history here."""

import os
import re
import unicodedata
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import quote_from_bytes, unquote_to_bytes

from backstory.model.state import State, StateCode

ON_WINDOWS = os.name == "nt"

DECLINED = {
    "untitled": "This text was never saved, so it has no history yet.",
    "git": "The name of this older version does not say which file it is.",
    "vscode-notebook-cell": "A notebook's cells are not the lines that git keeps; notebooks are not read.",
    "vscode-remote": "The file is on another machine; Backstory has to run there.",
    "vscode-vfs": "The file is in a virtual workspace, which keeps no git repository here.",
    "vscode-userdata": "This is a setting of the editor, not a file of a project.",
}
"""What to say of the schemes that editors use; any other one gets a sentence of its own."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_DRIVE = re.compile(r"/([A-Za-z]):(?=/|$)")
_UNESCAPED = b"/:!$&'()*+,;=@"


def file_path(uri: str, *, on_windows: bool = ON_WINDOWS) -> PurePath | State:
    """Return the path that a `file:` URI names, or the reason why there is no file to look at.

    Source: RFC 8089, and what editors send: `file:///c%3A/src/a.py`, `file://server/share/a.py`, `file:/home/a.py`.
    """
    matched = _SCHEME.match(uri)
    if not matched:
        return State(StateCode.SCHEME, "The editor named this document by something that is no URI.")
    scheme = matched[1].lower()
    if scheme != "file":
        return State(StateCode.SCHEME, DECLINED.get(scheme, f"A “{scheme}:” document is not a file on this machine."))
    host, path = _host_and_path(uri[matched.end() :])
    if "\0" in path:
        return State(StateCode.SCHEME, "The document's name holds a character that no file name can hold.")
    if on_windows:
        return _windows_path(host, path)
    if host not in ("", "localhost"):
        return State(StateCode.SCHEME, "The file is on another machine; Backstory has to run there.")
    return PurePosixPath(path)


def local_path(uri: str) -> Path | State:
    """Return the path of an existing spelling of the file, or the reason why there is no file to look at."""
    named = file_path(uri)
    if isinstance(named, State):
        return named
    return next((path for path in map(Path, spellings(named)) if path.exists()), Path(named))


def spellings(path: PurePath) -> tuple[PurePath, ...]:
    """Return the path as it is, then with its accents composed and decomposed: macOS and editors mix the two."""
    name = str(path)
    forms = [name, *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))] if not name.isascii() else [name]
    return tuple(type(path)(form) for form in dict.fromkeys(forms))


def document_key(uri: str, *, on_windows: bool = ON_WINDOWS) -> str:
    """Return the same key for all spellings of one document's URI: escapes, and the case of a drive's letter."""
    path = file_path(uri, on_windows=on_windows)
    return uri if isinstance(path, State) else str(path)


def file_uri(path: PurePath) -> str:
    """Return the `file:` URI of an absolute path."""
    slashed = path.as_posix()
    if slashed.startswith("//"):
        return "file:" + _escaped(slashed)
    return "file://" + _escaped(slashed if slashed.startswith("/") else "/" + slashed)


def _host_and_path(rest: str) -> tuple[str, str]:
    """Return the lower-case host and the decoded path of what follows `file:`."""
    host = ""
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        rest = slash + path
    for mark in ("#", "?"):
        rest = rest.partition(mark)[0]
    return host.lower(), unquote_to_bytes(rest).decode("utf-8", "surrogateescape")


def _windows_path(host: str, path: str) -> PurePath:
    """Return a path on a drive (its letter in capitals) or on a share."""
    if host not in ("", "localhost"):
        return PureWindowsPath(f"//{host}{path}")
    drive = _DRIVE.match(path)
    return PureWindowsPath(f"{drive[1].upper()}:{path[drive.end() :] or '/'}" if drive else path)


def _escaped(path: str) -> str:
    return quote_from_bytes(path.encode("utf-8", "surrogateescape"), safe=_UNESCAPED.decode())
