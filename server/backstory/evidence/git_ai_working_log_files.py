"""The files of git-ai's working log.

    checkpoints.jsonl   {"kind":"AiAgent","author":"Ann <ann@example.org>","timestamp":1767225600,
                         "agent_id":{"tool":"claude","id":"1f2e…","model":"claude-sonnet-4-6"},"entries":[{
                          "file":"shop/pay.py","blob_sha":"9f86…","line_attributions":[
                           {"start_line":2,"end_line":3,"author_id":"s_…::t_…","overrode":null}]}],…}
    INITIAL             {"files":{"shop/pay.py":[{"start_line":…}]},"prompts":{…},"sessions":{…},"humans":{…},
                         "file_blobs":{"shop/pay.py":"9f86…"}}
    blobs/<sha256>      a file as it was at a checkpoint

The last entry of a file says all of it. Lines are those of its blob. `human` is whoever git-ai does not know.
Source: git-ai-project/git-ai 1.6 `src/authorship/working_log.rs`, `src/git/repo_storage.rs`.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from attrs import define, field, frozen

from backstory.evidence.git_ai_records import KNOWN_HUMAN, Metadata, person, record_key, record_origin, recorded_model
from backstory.evidence.json_lines import read_lines, stamp
from backstory.evidence.transcripts.files import open_transcript
from backstory.model.evidence import Unreadable
from backstory.model.lines import LineRange
from backstory.model.names import RepoPath
from backstory.model.origin import Agent, Contributor, Origin, Session

ID = "git-ai-working-log"
CHECKPOINTS, INITIAL, BLOBS = "checkpoints.jsonl", "INITIAL", "blobs"
_VERSION = "checkpoint/1."
_LARGEST_INITIAL = 16 << 20
_LARGEST_BLOB = 10_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@frozen(eq=False)
class LoggedText:
    """A file as it was at its last checkpoint, and whose lines it has."""

    path: RepoPath
    at: datetime | None
    lines: tuple[str, ...]
    owners: Mapping[str, Origin]
    claims: Mapping[str, tuple[LineRange, ...]]


@frozen(eq=False)
class WorkingLog:
    """What has been recorded since a commit."""

    texts: tuple[LoggedText, ...]
    unreadable: tuple[Unreadable, ...]


class _AgentId(msgspec.Struct):
    tool: str
    id: str
    model: str | None = None


class _Lines(msgspec.Struct):
    start_line: int
    end_line: int
    author_id: str


class _Entry(msgspec.Struct):
    file: str
    blob_sha: str = ""
    line_attributions: list[_Lines] = []


class _Checkpoint(msgspec.Struct):
    entries: list[_Entry]
    kind: str = "Human"
    author: str | None = None
    timestamp: float = 0
    agent_id: _AgentId | None = None
    api_version: str = ""


class _Initial(msgspec.Struct):
    files: dict[str, list[_Lines]] = {}
    file_blobs: dict[str, str] = {}
    prompts: dict[str, msgspec.Raw] | None = None
    sessions: dict[str, msgspec.Raw] | None = None
    humans: dict[str, msgspec.Raw] | None = None


_CHECKPOINT, _INITIAL = msgspec.json.Decoder(_Checkpoint), msgspec.json.Decoder(_Initial)


def stamp_of(folder: Path) -> str | None:
    """Return what changes when a log does; None when there is none."""
    stamps = [stamp(folder / name) for name in (CHECKPOINTS, INITIAL)]
    return "+".join(f"{each.size}:{each.modified_ns}" if each else "" for each in stamps) if any(stamps) else None


def log_of(folder: Path) -> WorkingLog:
    """Return what a log says. Never raises for what its files hold."""
    reading = _Reading(folder)
    reading.initial()
    reading.checkpoints()
    texts = tuple(reading.texts())
    return WorkingLog(texts, tuple(Unreadable(ID, f"{folder.name[:7]}/{name}", why) for name, why in reading.troubles))


@define
class _Reading:
    folder: Path
    troubles: list[tuple[str, str]] = field(factory=list)
    records: Metadata = field(factory=Metadata)
    agents: dict[str, Origin] = field(factory=dict)
    people: dict[str, Origin] = field(factory=dict)
    last: dict[str, tuple[_Entry, datetime | None]] = field(factory=dict)

    def initial(self) -> None:
        """Take what was carried over from an earlier log."""
        content = self._content(self.folder / INITIAL, _LARGEST_INITIAL)
        if content is None:
            return
        try:
            found = _INITIAL.decode(content)
        except _BROKEN:
            self.troubles.append((INITIAL, "It is not the JSON of carried-over lines."))
            return
        self.records = Metadata(prompts=found.prompts, sessions=found.sessions, humans=found.humans)
        for path, lines in found.files.items():
            self.last[path] = _Entry(path, found.file_blobs.get(path, ""), lines), None

    def checkpoints(self) -> None:
        """Take the checkpoints in the order in which they were made."""
        if stamp(self.folder / CHECKPOINTS) is None:
            return
        read = read_lines(self.folder / CHECKPOINTS, self.folder)
        if isinstance(read, str):
            self.troubles.append((CHECKPOINTS, read))
            return
        lines, left_out = read
        for line in lines:
            try:
                checkpoint = _CHECKPOINT.decode(line)
            except _BROKEN:
                left_out += 1
                continue
            if checkpoint.api_version.startswith(_VERSION):
                self._take(checkpoint)
            else:
                left_out += 1
        if left_out:
            self.troubles.append((CHECKPOINTS, f"{left_out:,} of its checkpoints cannot be read."))

    def texts(self) -> Iterator[LoggedText]:
        """Yield the files of which the log still has the text."""
        for path, (entry, at) in self.last.items():
            claims = dict(self._claims(entry.line_attributions))
            if not claims:
                continue
            lines = self._lines(entry.blob_sha)
            if lines is None:
                self.troubles.append((path if path.isprintable() else BLOBS, "Its text is not in the log."))
                continue
            within = {key: tuple(_within(ranges, len(lines))) for key, (_, ranges) in claims.items()}
            held = {key: ranges for key, ranges in within.items() if ranges}
            owners = {key: claims[key][0] for key in held}
            if held and not path.startswith("/") and ".." not in path.split("/"):
                yield LoggedText(RepoPath(path), at, lines, owners, held)

    def _take(self, checkpoint: _Checkpoint) -> None:
        agent = checkpoint.agent_id
        if agent:
            by = person(checkpoint.author)
            digest = hashlib.sha256(f"{agent.tool}:{agent.id}".encode("utf-8", "replace")).hexdigest()
            for key in (f"s_{digest[:14]}", digest[:16], digest[:7]):
                named = Agent(agent.tool or None, recorded_model(agent.model))
                self.agents[key] = Origin(Contributor.AI, named, by, Session(key, agent.id or None))
        elif checkpoint.kind == "KnownHuman" and checkpoint.author:
            digest = hashlib.sha256(checkpoint.author.encode("utf-8", "replace")).hexdigest()
            self.people[f"h_{digest[:14]}"] = Origin(Contributor.HUMAN, person=person(checkpoint.author))
        for entry in checkpoint.entries:
            self.last[entry.file] = entry, _moment(checkpoint.timestamp)

    def _claims(self, attributed: Iterable[_Lines]) -> Iterator[tuple[str, tuple[Origin, list[LineRange]]]]:
        found: dict[str, tuple[Origin, list[LineRange]]] = {}
        for each in attributed:
            key = record_key(each.author_id)
            origin = self._origin(key)
            if origin and 1 <= each.start_line <= each.end_line:
                found.setdefault(key, (origin, []))[1].append(LineRange(each.start_line, each.end_line))
        yield from found.items()

    def _origin(self, key: str) -> Origin | None:
        """Return whom a key stands for; None for `human`, which says that git-ai does not know."""
        known = self.agents.get(key) or self.people.get(key) or record_origin(key, self.records.record(key))
        return known or (KNOWN_HUMAN if key.startswith("h_") else None)

    def _lines(self, digest: str) -> tuple[str, ...] | None:
        """Return the lines of a kept text; None when it is gone, or is not the one that was meant."""
        if not _DIGEST.fullmatch(digest):
            return None
        content = self._content(self.folder / BLOBS / digest, _LARGEST_BLOB)
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            return None
        lines = content.decode("utf-8", "replace").split("\n")
        return tuple(line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1]))

    def _content(self, path: Path, limit: int) -> bytes | None:
        try:
            with open_transcript(path) as stream:
                content = stream.read(limit + 1)
        except FileNotFoundError:
            return None
        except OSError:
            self.troubles.append((os.path.relpath(path, self.folder), "It cannot be opened."))
            return None
        if len(content) > limit:
            self.troubles.append((os.path.relpath(path, self.folder), "It is too large."))
            return None
        return content


def _within(ranges: Iterable[LineRange], count: int) -> Iterator[LineRange]:
    """Yield the ranges of lines that there are."""
    for each in ranges:
        if each.first <= count:
            yield LineRange(each.first, min(each.last, count))


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (OverflowError, OSError, ValueError):
        return None
