"""Agent Trace records: which ranges of which files a conversation wrote.

    {"version": "0.1.0", "id": "550e8400-…", "timestamp": "2026-03-02T09:00:00Z",
     "vcs": {"type": "git", "revision": "2860dda…"}, "tool": {"name": "cursor", "version": "2.4.0"},
     "files": [{"path": "pay.py", "conversations": [
         {"url": "file:///home/ann/.claude/projects/-shop/0fd9d502-….jsonl",
          "contributor": {"type": "ai", "model_id": "anthropic/claude-opus-4-5-20251101"},
          "ranges": [{"start_line": 2, "end_line": 5, "content_hash": "sha256:9f86d081884c7d65"}]}]}],
     "metadata": {"session_id": "0fd9d502-…"}}

A range's contributor goes before its conversation's. agent-trace-cli adds `line_hashes` to a range. Links are never
opened; of one to a transcript only the conversation's id is taken.

Source: cursor/agent-trace README and `schemas.ts` (0.1.0), its `reference/trace-store.ts` (which writes `1.0`);
ujjalsharma100/agent-trace-cli, `agent_trace/trace.py` and its schemas (`1.0`, `2.0`).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath

import msgspec
from attrs import frozen

from backstory.evidence.content_hash import ContentHash
from backstory.evidence.recorded_time import recorded_time
from backstory.model.names import RepoPath
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin, Session

ID = "agent-trace"
PSEUDO_PATHS = frozenset({".sessions", ".shell-history", ".unknown"})
"""What the reference hook writes where an event is about no file."""

_VERSIONS = ("0", "1", "2")
_NOT_RECORDED = frozenset({"", "unknown", "default", "auto"})
_HANDS = {"ai": Contributor.AI, "human": Contributor.HUMAN, "mixed": Contributor.MIXED}
_CONVERSATION = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.jsonl?$", re.IGNORECASE)
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Contributor(msgspec.Struct):
    type: str | None = None
    model_id: str | None = None


class _LineHash(msgspec.Struct):
    line_offset: int
    hash: str


class _Range(msgspec.Struct):
    start_line: int
    end_line: int
    content_hash: str | None = None
    contributor: _Contributor | None = None
    line_hashes: list[_LineHash] | None = None


class _Conversation(msgspec.Struct):
    ranges: list[_Range]
    url: str | None = None
    contributor: _Contributor | None = None


class _File(msgspec.Struct):
    path: str
    conversations: list[_Conversation]


class _Vcs(msgspec.Struct):
    type: str | None = None
    revision: str | None = None


class _Tool(msgspec.Struct):
    name: str | None = None


class _Metadata(msgspec.Struct):
    session_id: str | None = None
    conversation_id: str | None = None


class _Record(msgspec.Struct):
    files: list[_File]
    version: str | None = None
    id: str | None = None
    timestamp: str | None = None
    vcs: _Vcs | None = None
    tool: _Tool | None = None
    metadata: msgspec.Raw = msgspec.Raw(b"{}")


@frozen
class Claim:
    """One range of one file."""

    path: RepoPath
    first: int
    last: int
    origin: Origin
    content_hash: ContentHash | None = None
    line_hashes: tuple[tuple[int, ContentHash], ...] = ()
    """Line numbers, as the record counts, with the hash of each one's text."""

    @property
    def can_be_proven(self) -> bool:
        """Whether there is a hash to hold the lines against."""
        return self.content_hash is not None or bool(self.line_hashes)


@frozen
class Record:
    """One record."""

    id: str | None
    revision: str | None
    """The commit it names: what was checked out when it was written, or the one it is about."""

    at: datetime | None
    tool: str | None
    claims: tuple[Claim, ...]
    outside: int
    """How many files it names that lie outside the work tree."""


_RECORD = msgspec.json.Decoder(_Record)
_METADATA = msgspec.json.Decoder(_Metadata)


def parse_record(text: bytes | msgspec.Raw, root: str | None) -> Record | None:
    """Return the record, None when it is none; `root` is the work tree's top, for absolute paths. Never raises."""
    try:
        found = _RECORD.decode(text)
    except _BROKEN:
        return None
    if not (found.version or "0").startswith(_VERSIONS):
        return None
    tool = found.tool.name if found.tool else None
    tool = None if (tool or "").lower() in _NOT_RECORDED else tool
    named = _named_session(found.metadata)
    files = [(repo_path(file.path, root), file) for file in found.files if file.path not in PSEUDO_PATHS]
    claims = tuple(
        claim
        for path, file in files
        if path
        for conversation in file.conversations
        for claim in _claims(path, conversation, tool, named)
    )
    vcs = found.vcs if found.vcs and found.vcs.type in {None, "git"} else None
    revision = vcs.revision if vcs else None
    return Record(
        found.id, revision, recorded_time(found.timestamp), tool, claims, sum(path is None for path, _ in files)
    )


def repo_path(path: str, root: str | None) -> RepoPath | None:
    """Return a recorded path as git stores it, None when it lies outside the work tree."""
    plain = path.replace("\\", "/")
    if root and plain.startswith(f"{root}/"):
        plain = plain[len(root) + 1 :]
    parts = PurePosixPath(plain).parts
    is_outside = plain.startswith("/") or plain[1:3] == ":/" or ".." in parts or not parts
    return None if is_outside else RepoPath("/".join(parts))


def agent_of(tool: str | None, model_id: str | None) -> Agent:
    """Return the agent; of `anthropic/claude-opus-4-5` the model is what follows the provider."""
    model = (model_id or "").rpartition("/")[2].strip()
    return Agent(tool, None if model.lower() in _NOT_RECORDED else model)


def session_of(url: str | None, named: str | None = None) -> Session | None:
    """Return the conversation: by the id a record names, by the one in a transcript's name, or by its link alone."""
    transcript = _CONVERSATION.search(url) if url else None
    conversation = named or (transcript[1] if transcript else None)
    key = conversation or url
    return Session(key, conversation) if key else None


def _named_session(metadata: msgspec.Raw) -> str | None:
    try:
        found = _METADATA.decode(metadata)
    except _BROKEN:
        return None
    return found.session_id or found.conversation_id or None


def _claims(path: RepoPath, conversation: _Conversation, tool: str | None, named: str | None) -> Iterator[Claim]:
    session = session_of(conversation.url, named)
    for each in conversation.ranges:
        if not 1 <= each.start_line <= each.end_line:
            continue
        contributor = each.contributor or conversation.contributor or _Contributor()
        hands = _HANDS.get((contributor.type or "").lower())
        origin = _origin(hands, agent_of(tool, contributor.model_id), session) if hands else UNKNOWN_ORIGIN
        hashes = _line_hashes(each.start_line, each.line_hashes or ())
        yield Claim(path, each.start_line, each.end_line, origin, ContentHash.of(each.content_hash), hashes)


def _origin(hands: Contributor, agent: Agent, session: Session | None) -> Origin:
    return Origin(hands) if hands is Contributor.HUMAN else Origin(hands, agent, session=session)


def _line_hashes(first: int, recorded: Sequence[_LineHash]) -> tuple[tuple[int, ContentHash], ...]:
    found = ((first + each.line_offset, ContentHash.of(each.hash)) for each in recorded if each.line_offset >= 0)
    return tuple((line, known) for line, known in found if known)
