"""git-ai's records from before its notes: `refs/ai/authorship/<commit>`, each straight to a blob.

    {"files": {"pay.py": {"file": "pay.py", "authors": [
        {"author": "Claude Code", "lines": [5, [10, 20]], "agent_metadata": null}]}},
     "schema_version": "authorship/0.0.1"}

Some of these blobs hold a note of today's form instead. `author` is a person or a tool: what is no tool's or model's
name is a person's.

Source: 128 such refs of git-ai-project/git-ai, October 2025.
"""

import msgspec

from backstory.evidence.git_ai_note import ID, MAX_RANGES, Entry, parse_note, size_flaw
from backstory.evidence.git_ai_note import Note as CurrentNote
from backstory.evidence.git_ai_records import Resolved, person
from backstory.evidence.identity import agent_named
from backstory.model.evidence import Unreadable
from backstory.model.names import RepoPath
from backstory.model.origin import Contributor, Origin

REFS = "refs/ai/authorship"


class _Authored(msgspec.Struct):
    author: str
    lines: list[int | list[int]]


class _File(msgspec.Struct):
    authors: list[_Authored]


class _Log(msgspec.Struct):
    files: dict[str, _File]


_LOG = msgspec.json.Decoder(_Log)


class LegacyRecord:
    """One record in the old form; answers like a note."""

    def __init__(self, log: _Log) -> None:
        self._log = log

    def entries(self, path: RepoPath) -> tuple[Entry, ...]:
        """Return the claims on a file, in the order written; the key of each is its author."""
        file = self._log.files.get(path)
        return tuple(Entry(each.author, tuple(map(_range, each.lines))) for each in file.authors) if file else ()


def parse_legacy(text: bytes, locator: str) -> LegacyRecord | CurrentNote | Unreadable:
    """Return the record behind such a ref, or what is wrong with it. Never raises, whatever the bytes."""
    if text[:200].lstrip()[:1] != b"{":
        return parse_note(text, locator)
    record = _read(text)
    return Unreadable(ID, locator, record) if isinstance(record, str) else record


def resolve_author(author: str) -> Resolved | None:
    """Return who an `author` is: an agent where all of it is a tool's or a model's name, else a person."""
    agent = agent_named(author)
    if agent:
        return Resolved(author, Origin(Contributor.AI, agent))
    somebody = person(author)
    return Resolved(author, Origin(Contributor.HUMAN, person=somebody)) if somebody else None


def _read(text: bytes) -> LegacyRecord | str:
    """Return the record, or a sentence on its flaw."""
    flaw = size_flaw(text)
    if flaw:
        return flaw
    try:
        log = _LOG.decode(text)
    except RecursionError:
        return "Its JSON is nested too deeply."
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "It is not the JSON that git-ai wrote before its notes."
    claimed = [each.lines for file in log.files.values() for each in file.authors]
    if sum(map(len, claimed)) > MAX_RANGES:
        return f"It claims more than {MAX_RANGES:,} ranges of lines."
    if any(isinstance(item, list) and len(item) != 2 for lines in claimed for item in lines):
        return "Some of its lines are neither numbers nor pairs of numbers."
    return LegacyRecord(log)


def _range(item: int | list[int]) -> tuple[int, int]:
    return (item, item) if isinstance(item, int) else (item[0], item[1])
