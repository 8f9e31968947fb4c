"""A note as Backstory writes it: git-ai's authorship log, version 3, told apart by one field of its own.

    src/payments/capture.py
      s_0123456789abcd::t_0123456789abcd 1-4,9
    ---
    {"schema_version": "authorship/3.0.0", "base_commit_sha": "2860dda…", "recorded_by": "backstory 0.1.0", …}

Source: git-ai `specs/git_ai_standard_v3.0.0.md`; its reader ignores fields that it does not know.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from attrs import field, frozen

from backstory import __version__
from backstory.evidence.git_ai_note import Entry, parse_note
from backstory.evidence.git_ai_refs import NOTES_REF as NOTES_REF  # noqa: PLC0414  # where such notes belong
from backstory.model.change import FileChange
from backstory.model.evidence import Unreadable
from backstory.model.names import RepoPath, Revision

_NAME = "backstory"
_DIVIDER = b"---\n"
_QUOTED_FOR = frozenset(" \t")


class _Metadata(msgspec.Struct):
    recorded_by: str = ""
    sessions: dict[str, dict[str, Any]] = {}
    prompts: dict[str, dict[str, Any]] = {}


class _AgentId(msgspec.Struct):
    tool: str


class _Record(msgspec.Struct):
    agent_id: _AgentId


_METADATA = msgspec.json.Decoder(_Metadata)


@frozen
class Authorship:
    """What a note says: for each file the key of each line that is known, and what the keys stand for."""

    lines: Mapping[RepoPath, Mapping[int, str]] = field(factory=dict)
    sessions: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    prompts: Mapping[str, Mapping[str, Any]] = field(factory=dict)

    def text(self, revision: Revision) -> bytes:
        """Return the note on a commit."""
        keys = {key.partition("::")[0] for lines in self.lines.values() for key in lines.values()}
        metadata = {
            "schema_version": "authorship/3.0.0",
            "base_commit_sha": revision,
            "recorded_by": f"{_NAME} {__version__}",
            "prompts": {key: record for key, record in sorted(self.prompts.items()) if key in keys},
            "sessions": {key: record for key, record in sorted(self.sessions.items()) if key in keys},
        }
        attested = "".join(f"{line}\n" for path in sorted(self.lines) for line in _attested(path, self.lines[path]))
        return attested.encode() + _DIVIDER + json.dumps(metadata, indent=2, ensure_ascii=False).encode() + b"\n"

    @property
    def tools(self) -> frozenset[str]:
        """The agents, by the ids that the format has for them."""
        return frozenset(record["agent_id"]["tool"] for record in (*self.sessions.values(), *self.prompts.values()))

    def with_lines_of(self, other: "Authorship") -> "Authorship":
        """Return both together; where they speak of one line, `other` has it."""
        paths = self.lines.keys() | other.lines.keys()
        lines = {path: {**self.lines.get(path, {}), **other.lines.get(path, {})} for path in paths}
        return Authorship(lines, {**self.sessions, **other.sessions}, {**self.prompts, **other.prompts})


def own_note(text: bytes, changes: Sequence[FileChange]) -> Authorship | None:
    """Return what a note says of the lines that its commit adds; None when Backstory did not write it."""
    note = parse_note(text, "")
    if isinstance(note, Unreadable):
        return None
    try:
        metadata = _METADATA.decode(text[_end_of_divider(text) :])
        msgspec.convert([*metadata.sessions.values(), *metadata.prompts.values()], list[_Record])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if metadata.recorded_by.partition(" ")[0] != _NAME:
        return None
    lines = {change.path: dict(_known(change, note.entries(change.path))) for change in changes}
    return Authorship({path: known for path, known in lines.items() if known}, metadata.sessions, metadata.prompts)


def is_writable(path: RepoPath) -> bool:
    """Tell whether the format can name a file: it knows no escapes."""
    return path != "---" and path.isprintable() and path == path.strip('"') and not path.startswith("  ")


def session_key(tool: str, conversation: str) -> str:
    """Return the key by which everybody who knows the conversation finds its record."""
    return f"s_{_digest(tool, conversation)[:14]}"


def edit_key(tool: str, conversation: str, edit: str) -> str:
    """Return the key of an entry: the session and, so that they can be told apart, its edit."""
    return f"{session_key(tool, conversation)}::t_{_digest(tool, conversation, edit)[:14]}"


def request_key(tool: str, conversation: str, request: str) -> str:
    """Return the key of a record that holds one request of a session."""
    return _digest(tool, conversation, request)[:16]


def _known(change: FileChange, entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    added = {each.first + index for each in change.replacements for index in range(len(each.added))}
    for entry in entries:
        for first, last in entry.ranges:
            yield from ((line, entry.key) for line in added if first <= line <= last)


def _digest(*parts: str) -> str:
    return hashlib.sha256(":".join(parts).encode("utf-8", "replace")).hexdigest()


def _end_of_divider(text: bytes) -> int:
    return len(_DIVIDER) if text.startswith(_DIVIDER) else text.index(b"\n" + _DIVIDER) + 1 + len(_DIVIDER)


def _attested(path: RepoPath, lines: Mapping[int, str]) -> Iterator[str]:
    if not lines:
        return
    yield f'"{path}"' if _QUOTED_FOR & set(path) else path
    numbers: dict[str, list[int]] = {}
    for line, key in sorted(lines.items()):
        numbers.setdefault(key, []).append(line)
    for key, claimed in numbers.items():
        yield f"  {key} {','.join(_ranges(claimed))}"


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return (str(first) if first == last else f"{first}-{last}" for first, last in runs)
