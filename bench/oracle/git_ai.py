"""A slow, plain reference for git-ai notes: what the note of its commit says about each line.

It proves nothing by itself; `bench/agreement.py` holds the real reader to it. Only the standard library and `git` are
used, one `git notes show` per blamed commit, and speed was never a goal. Run it as

    python -m bench.oracle.git_ai REPOSITORY FILE...

and it prints one JSON object per line of each file as it is at HEAD.

The rules it applies:

1. `git blame --line-porcelain HEAD -- FILE` gives each line its commit, its path there and its line number there.
2. The note of that commit in `refs/notes/ai` is read by the v3 grammar. A note that breaks the grammar says nothing.
3. In the first block of that path, entries are tried from last to first. The first entry that covers the line *and*
   whose key resolves wins. An entry whose key does not resolve is skipped.
4. How a key resolves: `h_…` by the record in `humans`, `s_…` (the part before `::`) in `sessions`, anything else (16 or
   7 hexadecimal digits, a UUID, …) in `prompts`; of the same note, else the *newest record*. Without any, `h_…` and the
   word `human` are a human without identity, `ai_agent` an agent whose tool is unknown; other keys resolve to nothing.
5. The newest record of a key, among the same tables of all notes of `refs/notes/ai`: the one on the annotated commit
   with the greatest committer time. Notes on commits that are not in the repository come after all that are. What is
   still equal is decided by the smallest commit id. (git-ai greps all notes for the key and sorts by commit date.)
6. A line that no entry decides is `unknown`, and so is one whose commit has no note.

What decides rule 4: "prefixes and `::` are declared stable", so `h_` says a known human by itself, and its record only
who. "`s_` + first 14 hex of SHA-256(`tool:conversation_id`)": one key is one conversation wherever it stands; git-ai
searches other notes for `prompts` only. "An entry with an unresolvable key is skipped": once all notes are searched.

Source: git-ai `specs/git_ai_standard_v3.0.0.md` (authorship/3.0.0); `get_line_attribution`, `grep_ai_notes` of 1.6.20.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any

NOTES_REF = "refs/notes/ai"
ELSEWHERE = "newest record in another note"


@dataclass(frozen=True)
class Record:
    """Who a key stands for; `None` where the record does not say."""

    contributor: str
    tool: str | None = None
    model: str | None = None
    session: str | None = None
    human_author: str | None = None


@dataclass(frozen=True)
class BlamedLine:
    """Where git says one line of the file at HEAD came from; line numbers are 1-based."""

    line: int
    revision: str
    path_at_revision: str
    line_at_revision: int


@dataclass(frozen=True)
class Verdict:
    """What the note says about one line; `key` is the entry that decided, `why` the reason in words."""

    line: int
    revision: str
    path_at_revision: str
    line_at_revision: int
    has_note: bool
    contributor: str
    key: str | None
    tool: str | None
    model: str | None
    session: str | None
    human_author: str | None
    why: str


@dataclass
class Note:
    """One parsed note: entries `(key, [(first, last), …])` by path, in the order written, and the record tables."""

    entries: dict[str, list[tuple[str, list[tuple[int, int]]]]]
    metadata: dict[str, Any]


def git(repository: str, *arguments: str) -> bytes:
    """Answer of a git command; raises `CalledProcessError` when git refuses."""
    command = ["git", "-C", repository, "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def blame(repository: str, path: str) -> Iterator[BlamedLine]:
    """Blame of the file at HEAD, one item per line, in order."""
    answer = git(repository, "blame", "--line-porcelain", "HEAD", "--", path)
    header: list[str] = []
    path_at_revision = ""
    for raw in answer.split(b"\n"):
        if raw.startswith(b"\t"):
            yield BlamedLine(int(header[2]), header[0], path_at_revision, int(header[1]))
            header = []
        elif not header:
            header = raw.decode().split(" ")
        elif raw.startswith(b"filename "):
            path_at_revision = unquoted(raw.removeprefix(b"filename "))


def unquoted(path: bytes) -> str:
    """Path as written by git, without the C quotes it puts around control characters and quotes."""
    if path.startswith(b'"'):
        path = path[1:-1].decode("unicode_escape").encode("latin-1")
    return path.decode("utf-8", "surrogateescape")


def parse(text: str) -> Note:
    """Parse a note. Raises `ValueError` or `TypeError` when it breaks the grammar.

    src/daemon.rs
      s_0123456789abcd::t_0123456789abcd 1-4,9
    ---
    {"schema_version": "authorship/3.0.0", "prompts": {}, "sessions": {…}}
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if "---" not in lines:
        raise ValueError("no divider")
    divider = lines.index("---")
    metadata = json.loads("\n".join(lines[divider + 1 :]))
    if not isinstance(metadata, dict):
        raise TypeError("the metadata is not an object")
    blocks: list[tuple[str, list[tuple[str, list[tuple[int, int]]]]]] = []
    for line in map(str.rstrip, lines[:divider]):
        if not line:
            continue
        if line.startswith("  "):
            key, space, ranges = line[2:].partition(" ")
            if not blocks or not space:
                raise ValueError(f"not an entry: {line!r}")
            blocks[-1][1].append((key, [parse_range(item) for item in ranges.split(",") if item]))
        else:
            quoted = len(line) > 1 and line.startswith('"') and line.endswith('"')
            blocks.append((line[1:-1] if quoted else line, []))
    entries: dict[str, list[tuple[str, list[tuple[int, int]]]]] = {}
    for path, block in blocks:
        if block:
            entries.setdefault(path, block)
    return Note(entries, metadata)


def parse_range(item: str) -> tuple[int, int]:
    """Both ends of `12` or `12-20`. Raises `ValueError` for anything else."""
    first, dash, last = item.partition("-")
    return int(first), int(last if dash else first)


def table_of(key: str) -> tuple[str, str]:
    """Table of the metadata that holds the record of an entry's key, and the record's name there."""
    if key.startswith("h_"):
        return "humans", key
    if key.startswith("s_"):
        return "sessions", key.partition("::")[0]
    return "prompts", key


def record_of(table: str, raw: Any) -> Record:
    """Record as a table of the metadata has it."""
    if table == "humans":
        return Record("human", human_author=raw.get("author"))
    agent = raw.get("agent_id") or {}
    return Record("ai", agent.get("tool"), agent.get("model"), agent.get("id"), raw.get("human_author"))


@dataclass
class Oracle:
    """Reads the notes of one repository: every note at most once, and all of them in one pass at most once."""

    repository: str
    annotated: dict[str, str] = field(init=False)
    notes: dict[str, Note | None] = field(default_factory=dict)
    newest: dict[tuple[str, str], Record] | None = None

    def __post_init__(self) -> None:
        self.annotated = {annotated: blob for blob, annotated in list_notes(self.repository)}

    def judge_file(self, path: str) -> Iterator[Verdict]:
        """Verdict for each line of the file at HEAD."""
        for blamed in blame(self.repository, path):
            has_note = blamed.revision in self.annotated
            key, record, why = self.judge(blamed) if has_note else (None, Record("unknown"), "the commit has no note")
            yield Verdict(has_note=has_note, key=key, why=why, **asdict(blamed), **asdict(record))

    def judge(self, blamed: BlamedLine) -> tuple[str | None, Record, str]:
        """Key, record and reason for a line whose commit has a note."""
        note = self.note(blamed.revision)
        if note is None:
            return None, Record("unknown"), "the note cannot be read"
        skipped: list[str] = []
        for key, ranges in reversed(note.entries.get(blamed.path_at_revision, [])):
            if not any(first <= blamed.line_at_revision <= last for first, last in ranges):
                continue
            record, why = self.resolve(key, note)
            if record is not None:
                return key, record, why + (f"; skipped before it: {', '.join(skipped)}" if skipped else "")
            skipped.append(key)
        if skipped:
            return None, Record("unknown"), f"no record for {', '.join(skipped)}"
        return None, Record("unknown"), "no entry covers the line"

    def resolve(self, key: str, note: Note) -> tuple[Record | None, str]:
        """Record a key stands for, and where it was found."""
        table, name = table_of(key)
        records = note.metadata.get(table) or {}
        if name in records:
            return record_of(table, records[name]), f"{table} of the same note"
        if key in ("human", "ai_agent"):
            return Record("human" if key == "human" else "ai"), "a word that needs no record"
        if self.newest is None:
            self.newest = newest_records(self.repository)
        found = self.newest.get((table, name))
        if found is None and table == "humans":
            return Record("human"), "known human without a record in any note"
        return found, ELSEWHERE

    def note(self, revision: str) -> Note | None:
        """Note of a commit; `None` when it cannot be read."""
        if revision not in self.notes:
            try:
                text = git(self.repository, "notes", f"--ref={NOTES_REF}", "show", revision).decode()
                self.notes[revision] = parse(text)
            except (TypeError, ValueError, subprocess.CalledProcessError):
                self.notes[revision] = None
        return self.notes[revision]


def list_notes(repository: str) -> list[tuple[str, str]]:
    """All `(note blob, annotated object)` pairs of the notes ref."""
    listed = git(repository, "notes", f"--ref={NOTES_REF}", "list").decode().split()
    return list(zip(listed[::2], listed[1::2], strict=True))


def newest_records(repository: str) -> dict[tuple[str, str], Record]:
    """Newest record of every table and name, by rule 5; one pass over all notes, one note in memory at a time."""
    pairs = list_notes(repository)
    times = committer_times(repository, [annotated for _, annotated in pairs])
    newest: dict[tuple[str, str], Record] = {}
    # Oldest first, so that what is read later wins; `times` lacks commits that are not here.
    pairs.sort(key=lambda pair: (pair[1] in times, times.get(pair[1], 0), [-int(digit, 16) for digit in pair[1]]))
    for text in read_blobs(repository, [blob for blob, _ in pairs]):
        try:
            note = parse(text.decode())
        except (TypeError, ValueError):
            continue
        for table in ("humans", "sessions", "prompts"):
            for name, raw in (note.metadata.get(table) or {}).items():
                newest[table, name] = record_of(table, raw)
    return newest


def committer_times(repository: str, commits: list[str]) -> dict[str, int]:
    """Committer time, in seconds since the epoch, of the commits that are in the repository."""
    command = ["git", "-C", repository, "rev-list", "--no-walk=unsorted", "--ignore-missing", "--timestamp", "--stdin"]
    listed = subprocess.run(command, check=True, input="\n".join(commits), text=True, stdout=subprocess.PIPE).stdout
    return {commit: int(time) for time, commit in (line.split(" ") for line in listed.splitlines())}


def read_blobs(repository: str, blobs: list[str]) -> Iterator[bytes]:
    """Contents of the blobs, in order, without those that are missing."""
    command = ["git", "-C", repository, "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdin
        assert reader.stdout
        questions = "".join(f"{blob}\n" for blob in blobs).encode()
        asking = threading.Thread(target=tell, args=(reader.stdin, questions))
        asking.start()
        for _ in blobs:
            header = reader.stdout.readline().split()
            if header[-1] != b"missing":
                yield reader.stdout.read(int(header[2]) + 1)[:-1]
        asking.join()


def tell(stream: IO[bytes], text: bytes) -> None:
    """Write everything and close the stream."""
    with stream:
        stream.write(text)


def main() -> None:
    """Print the verdict on every line of the files named on the command line."""
    repository, *paths = sys.argv[1:]
    oracle = Oracle(repository)
    for path in paths:
        for verdict in oracle.judge_file(path):
            print(json.dumps(asdict(verdict)))


if __name__ == "__main__":
    main()
