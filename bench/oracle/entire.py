"""A plain reference for Entire's checkpoints: which added lines stand in an edit of the commit's own sessions.

    python -m bench.oracle.entire REPOSITORY [COMMITS [SEED]]

prints what share of the lines that some commits added their sessions' transcripts explain, in the simplest way there
is. It imports nothing of Backstory. The rules are those with which 71 % were once measured on entireio/cli:

1. Commits: no merges, ancestors of HEAD, with an `Entire-Checkpoint` trailer whose checkpoint is on the branch
   `entire/checkpoints/v1` and has a transcript in the clone. 220 of them, sorted by id, are drawn with a fixed seed.
2. Lines: those that `git blame COMMIT^!` gives to the commit, of at least four non-blank characters.
3. A line is explained when its stripped text is a line of an edit of a file with the same base name, anywhere in any
   transcript of any session of the checkpoint: `+` lines of `structuredPatch`, `newString` and `content` of results,
   `new_string` and `content` that the agent gave to `Edit`, `MultiEdit`, `Write` or Gemini's tools.
4. The request of an edit is the last thing before it that a human typed.
"""

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.oracle.blame import TextLine, changed_files, lines_written
from bench.oracle.git_ai import git

COMMITS = 220
SEED = 20_261_122
LEAST_CHARACTERS = 4
CHECKPOINTS = ("refs/heads/entire/checkpoints/v1", "refs/remotes/origin/entire/checkpoints/v1")
MACHINE_MADE = (
    "<task-notification",
    "<bash-input",
    "<bash-stdout",
    "<command-name",
    "<command-message",
    "<local-command-",
    "<system-reminder",
    "Caveat:",
    "[Request interrupted by user",
    "This session is being continued from a previous conversation",
)
NOT_HUMAN = ("isMeta", "isCompactSummary", "isVisibleInTranscriptOnly")


@dataclass(frozen=True)
class RecordedEdit:
    """A change an agent made to one file, and what a human had asked last."""

    session: str
    entry: int
    """Its place among the transcript's lines, 1-based."""

    path: str
    texts: frozenset[str]
    """Stripped lines that it wrote."""

    request: str | None


@dataclass
class Checkpoints:
    """The checkpoints of one repository; transcripts are read when asked for, never fetched."""

    repository: str
    ref: str = field(init=False)
    files: dict[str, dict[str, str]] = field(init=False)
    """Checkpoint id → path in the checkpoint → blob."""

    def __post_init__(self) -> None:
        known = git(self.repository, "for-each-ref", "--format=%(refname)", *CHECKPOINTS).decode().split()
        self.ref = known[0]
        self.files = {}
        for row in git(self.repository, "ls-tree", "-r", self.ref).decode().splitlines():
            facts, _, path = row.partition("\t")
            shard, rest, inner = path.split("/", 2)
            self.files.setdefault(shard + rest, {})[inner] = facts.split(" ")[2]

    def transcripts(self, checkpoint: str) -> Iterator[tuple[str, str]]:
        """Session id and text of each transcript of a checkpoint that is in the clone."""
        files = self.files.get(checkpoint, {})
        for path in sorted(files):
            session, _, name = path.rpartition("/")
            text = self.blob(files[path]) if name == "full.jsonl" else None
            if text is not None:
                metadata = json.loads(self.blob(files.get(f"{session}/metadata.json", "")) or "{}")
                yield metadata.get("session_id", f"{checkpoint}/{session}"), text

    def blob(self, name: str) -> str | None:
        """Text of a blob; None when it is not in the clone."""
        command = ["git", "-C", self.repository, "-c", "protocol.allow=never", "cat-file", "blob", name or "0" * 40]
        read = subprocess.run(command, check=False, capture_output=True)
        return read.stdout.decode("utf-8", "replace") if read.returncode == 0 else None

    def has_transcript(self, checkpoint: str) -> bool:
        """Tell whether at least one transcript is in the clone."""
        return any(True for _ in self.transcripts(checkpoint))


def sample(checkpoints: Checkpoints, commits: int = COMMITS, seed: int = SEED) -> dict[str, list[str]]:
    """Commit → its checkpoints, for as many commits as are wanted."""
    form = "--format=%H %(trailers:key=Entire-Checkpoint,valueonly,separator=%x2C)"
    listed = git(checkpoints.repository, "log", "--no-merges", "--no-show-signature", form, "HEAD").decode()
    found: dict[str, list[str]] = {}
    for row in listed.splitlines():
        commit, _, trailers = row.partition(" ")
        known = [each for each in re.split(r"[,\s]+", trailers) if each in checkpoints.files]
        if known:
            found[commit] = known
    drawn = sorted(found)
    random.Random(seed).shuffle(drawn)
    chosen: dict[str, list[str]] = {}
    for commit in drawn:
        if len(chosen) < commits and any(map(checkpoints.has_transcript, found[commit])):
            chosen[commit] = found[commit]
    return chosen


def added_lines(repository: str, commit: str) -> Iterator[tuple[str, TextLine]]:
    """Lines of four characters or more that a commit wrote, each with its file's path there."""
    for path in changed_files(repository, commit):
        for line in lines_written(repository, commit, path):
            if sum(1 for character in line.text if not character.isspace()) >= LEAST_CHARACTERS:
                yield path, line


def recorded_edits(session: str, transcript: str) -> Iterator[RecordedEdit]:
    """Edits of a transcript, in order."""
    request: str | None = None
    for number, entry in enumerate(entries(transcript), start=1):
        request = typed(entry) or request
        for path, text in changes(entry):
            texts = frozenset(line.strip() for line in text.split("\n"))
            yield RecordedEdit(session, number, path, texts, request)


def entries(transcript: str) -> Iterator[dict[str, Any]]:
    """Entries of a transcript: lines of JSON, or Gemini's one object with `messages`."""
    for line in transcript.split("\n"):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            yield entry
    try:
        whole = json.loads(transcript)
    except ValueError:
        return
    if isinstance(whole, dict):
        yield from whole.get("messages") or []


def typed(entry: dict[str, Any]) -> str | None:
    """Text that a human typed in this entry, if one did."""
    if entry.get("type") != "user" or any(entry.get(flag) for flag in NOT_HUMAN):
        return None
    content = entry["message"].get("content") if isinstance(entry.get("message"), dict) else entry.get("content")
    blocks = content if isinstance(content, list) else [{"type": "text", "text": content}]
    texts = [block.get("text") for block in blocks if isinstance(block, dict) and block.get("type", "text") == "text"]
    said = "\n".join(text.strip() for text in texts if isinstance(text, str) and not text.startswith(MACHINE_MADE))
    return said.strip() or None


def changes(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Path and new text of each change in an entry."""
    result = entry.get("toolUseResult")
    if isinstance(result, dict) and isinstance(result.get("filePath"), str):
        hunks = result.get("structuredPatch") or []
        added = [line[1:] for hunk in hunks for line in hunk.get("lines", []) if line.startswith("+")]
        yield result["filePath"], "\n".join(added)
        for name in ("newString", "content"):
            if isinstance(result.get(name), str):
                yield result["filePath"], result[name]
    message = entry.get("message")
    content = message.get("content") if isinstance(message, dict) else None
    blocks = content if isinstance(content, list) else []
    given = [block.get("input") for block in blocks if isinstance(block, dict) and block.get("type") == "tool_use"]
    given += [call.get("args") for call in entry.get("toolCalls") or [] if isinstance(call, dict)]
    for arguments in given:
        if isinstance(arguments, dict):
            yield from given_text(arguments)


def given_text(arguments: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Path and new text in what an agent gave to an editing tool."""
    path = arguments.get("file_path") or arguments.get("notebook_path")
    if not isinstance(path, str):
        return
    edits = arguments.get("edits")
    for each in [arguments, *(edits if isinstance(edits, list) else [])]:
        for name in ("new_string", "content", "new_source"):
            if isinstance(each, dict) and isinstance(each.get(name), str):
                yield path, each[name]


def edits_of(checkpoints: Checkpoints, names: list[str]) -> list[RecordedEdit]:
    """All edits of all sessions of some checkpoints."""
    return [
        edit
        for name in names
        for session, transcript in checkpoints.transcripts(name)
        for edit in recorded_edits(session, transcript)
    ]


def base_name(path: str) -> str:
    """Last part of a path of either kind."""
    return re.split(r"[/\\]", path)[-1]


def main() -> None:
    """Print the baseline: a line per commit, then the share of all."""
    repository, *numbers = sys.argv[1:]
    checkpoints = Checkpoints(repository)
    total = explained = 0
    for commit, names in sample(checkpoints, *map(int, numbers)).items():
        lines = list(added_lines(repository, commit))
        texts: dict[str, set[str]] = {}
        for edit in edits_of(checkpoints, names):
            texts.setdefault(base_name(edit.path), set()).update(edit.texts)
        found = sum(line.text.strip() in texts.get(base_name(path), ()) for path, line in lines)
        total, explained = total + len(lines), explained + found
        print(f"{commit} {found:6,} of {len(lines):6,}")
    print(f"{explained:,} of {total:,} added lines explained, {explained / max(total, 1):.1%}")


if __name__ == "__main__":
    main()
