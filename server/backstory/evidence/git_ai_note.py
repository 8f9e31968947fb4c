"""The text of a git-ai note: which lines of which file each key claims, and the JSON that says who the keys are.

    src/payments/capture.py
      s_0123456789abcd::t_0123456789abcd 1-4,9
      h_0123456789abcd 12
    "docs/how to pay.md"
      0123456789abcdef 3-5
    ---
    {"schema_version": "authorship/3.0.0", "prompts": {}, "sessions": {}, "humans": {}}

Source: git-ai `specs/git_ai_standard_v3.0.0.md`, authorship/3.0.0; its reader trims lines on the right, skips blank
ones, accepts CRLF and empty items between commas, and drops files without entries.
"""

import re
from functools import lru_cache

import msgspec
from attrs import field, frozen

from backstory.evidence.git_ai_records import Metadata
from backstory.model.evidence import Unreadable
from backstory.model.names import RepoPath

ID = "git-ai"
MAX_NOTE_BYTES = 32 << 20
"""The largest note seen has 4 MB. A greater one than this is no note anybody wrote by working."""

MAX_RANGES = 500_000
"""A note with more ranges than this is not followed; the largest seen has some ten thousand."""

SCHEMA = "authorship/3."
"""The only major version there is."""

LAST_LINE = 2**31 - 1
"""What a greater line number is taken for: no file has as many lines."""

_LINE_END = rb"[ \t\r\f\v]*+\n"
_ITEM = rb"(?:[0-9]++(?:-[0-9]++)?)?"
_ENTRY = rb"  [^ \n]++ (?=[0-9,])" + _ITEM + rb"(?:," + _ITEM + rb")*+" + _LINE_END
_FILE = rb"(?!  )[^\n]++\n"
_ANY = rb"(?:" + _LINE_END + rb"|" + _ENTRY + rb"|" + _FILE + rb")*+"
_ATTESTATION = re.compile(rb"(?:" + _LINE_END + rb")*+(?:" + _FILE + _ANY + rb")?+")
_ENTRIES = re.compile(rb"(?:" + _LINE_END + rb"|" + _ENTRY + rb")*+")
_LONG_NUMBER = re.compile(rb"[0-9]{10}")
_METADATA = msgspec.json.Decoder(Metadata)


@frozen
class Entry:
    """One line of an attestation: a key and the ranges it claims, as written (any order, overlapping, reversed)."""

    key: str
    ranges: tuple[tuple[int, int], ...]


@frozen
class Note:
    """A note that keeps the grammar."""

    metadata: Metadata
    _attestation: bytes = field(repr=False)

    def entries(self, path: RepoPath) -> tuple[Entry, ...]:
        """Return the entries of a file, in the order written; empty when the note does not name it.

        Of several blocks with one name the first that has entries counts.
        """
        for found in _file_line(path).finditer(self._attestation):
            block = _ENTRIES.match(self._attestation, found.end())
            lines = block[0].split(b"\n") if block else ()
            if entries := tuple(_entry(line) for line in lines if line.strip()):
                return entries
        return ()

    @property
    def claims_lines(self) -> bool:
        """Whether any file has an entry."""
        return re.search(rb"^  [^ \n]", self._attestation, re.MULTILINE) is not None


def parse_note(text: bytes, locator: str) -> Note | Unreadable:
    """Return the note, or what is wrong with it. Never raises, whatever the bytes."""
    note = _read(text)
    return Unreadable(ID, locator, note) if isinstance(note, str) else note


def size_flaw(text: bytes) -> str | None:
    """Say that a record is too large to be one, None when it is not."""
    if len(text) > MAX_NOTE_BYTES:
        return f"It has {len(text) >> 20:,} MiB; no more than {MAX_NOTE_BYTES >> 20} MiB are read."
    return None


def _read(text: bytes) -> Note | str:
    """Return the note, or a sentence on its flaw."""
    flaw = size_flaw(text)
    if flaw:
        return flaw
    divider = _find_divider(text)
    if divider is None:
        return _foreign(text)
    end, start = divider
    attestation = text[:end]
    metadata = _metadata(memoryview(text)[start:])
    if isinstance(metadata, str):
        return metadata
    return _attestation_flaw(attestation) or Note(metadata, attestation)


def _metadata(json: memoryview) -> Metadata | str:
    try:
        metadata = _METADATA.decode(json)
    except RecursionError:
        return "Its JSON is nested too deeply."
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "What follows the line `---` is not the JSON of an authorship log."
    if metadata.schema_version is not None and not metadata.schema_version.startswith(SCHEMA):
        return f"Its schema is not {SCHEMA}…: another version may mean other lines."
    return metadata


def _find_divider(text: bytes) -> tuple[int, int] | None:
    """Return where the attestation ends and the metadata starts: around the first line equal to `---`."""
    at = 0 if text.startswith(b"---") else text.find(b"\n---") + 1
    while at or text.startswith(b"---"):
        for ending in (b"---\n", b"---\r\n"):
            if text.startswith(ending, at):
                return at, at + len(ending)
        if text[at + 3 : at + 5] in (b"", b"\r"):
            return at, len(text)
        at = text.find(b"\n---", at) + 1
        if not at:
            return None
    return None


def _foreign(text: bytes) -> str:
    """Say what something without a divider looks like; never what it says."""
    start = text[:200].lstrip()
    if start.startswith(b"{"):
        try:
            names = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return "It has no line `---`: it looks like JSON of another tool, or like a note that was cut."
        tool = next((tool for tool, marks in _OTHER_TOOLS.items() if marks <= names.keys()), "another tool")
        return f"It has no line `---`: it looks like JSON of {tool}."
    if start.startswith(b"version https://git-lfs"):
        return "It has no line `---`: it looks like a Git LFS pointer."
    if b"\0" in start:
        return "It has no line `---`: it looks like binary data."
    return "It has no line `---`: a note that was cut, or another tool's text." if start else "It is empty."


_OTHER_TOOLS = {
    "Agent Trace": {"version", "files", "timestamp", "id"},
    "whogitit": {"version", "session", "prompts", "files"},
    "agentblame": {"version", "timestamp", "attributions"},
    "Qwen Code": {"version", "generator", "files", "summary"},
    "Origin": {"origin"},
    "h5i": {"git_oid", "ai_metadata"},
}
"""Names that stand together at the top of the JSON which other tools keep in notes."""


def _attestation_flaw(attestation: bytes) -> str | None:
    """Say which line breaks the grammar, None when all keep it."""
    checked = _ATTESTATION.match(attestation)
    end = checked.end() if checked else 0
    if end == len(attestation):
        count = attestation.count(b",") + attestation.count(b"\n")
        return None if count <= MAX_RANGES else f"It claims more than {MAX_RANGES:,} ranges of lines."
    line = attestation.count(b"\n", 0, end) + 1
    return f"Line {line:,} is neither a path nor an entry of a path."


@lru_cache(maxsize=64)
def _file_line(path: RepoPath) -> re.Pattern[bytes]:
    """Return what matches the line that names a file, with or without the quotes that paths with spaces have."""
    name = re.escape(path.encode("utf-8", "surrogateescape"))
    bare = rb"" if len(path) > 1 and path.startswith('"') and path.endswith('"') else name + rb"|"
    return re.compile(rb"^(?:" + bare + rb'"' + name + rb'")' + _LINE_END, re.MULTILINE)


def _entry(line: bytes) -> Entry:
    key, _, ranges = line.strip().partition(b" ")
    items = filter(None, ranges.split(b","))
    read = _range if _LONG_NUMBER.search(ranges) else _short_range
    return Entry(key.decode("utf-8", "replace"), tuple(map(read, items)))


def _short_range(item: bytes) -> tuple[int, int]:
    first, _, last = item.partition(b"-")
    return int(first), int(last or first)


def _range(item: bytes) -> tuple[int, int]:
    first, dash, last = item.partition(b"-")
    number = _number(first)
    return number, _number(last) if dash else number


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) < 10 else min(int(digits[:4000]), LAST_LINE)
