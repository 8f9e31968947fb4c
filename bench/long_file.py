"""A generated repository with one long file, half of whose lines agents wrote, as git-ai notes record it.

One `git fast-import` writes the first version and a hundred commits after it; each rewrites twenty blocks of five
lines, so that every function has two owners. Every second commit has a note with a legacy prompt or a session, every
fourth one names a known human, the rest have no note.
"""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

LINES = 10_000
COMMITS = 100
LINES_OF_A_FUNCTION = 10
LINES_OF_A_BLOCK = 5
PATH = "payments.py"
MODELS = ["claude-opus-4-6", "claude-sonnet-4-6"]


@dataclass(frozen=True)
class LongFile:
    """Where the file is, and which agent's tool wrote each of its rows (0-based); `None` where none is recorded."""

    repository: Path
    path: Path
    tools: list[str | None]


def write(folder: Path) -> LongFile:
    """Write the repository into an empty folder, check it out, and tell who wrote what."""
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], check=True, input=stream().encode())
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard", "main"], check=True)
    subprocess.run(["git", "-C", folder, "update-ref", "refs/notes/ai", "refs/heads/notes"], check=True)
    subprocess.run(["git", "-C", folder, "update-ref", "-d", "refs/heads/notes"], check=True)
    return LongFile(folder, folder / PATH, [tool_of(commit_of(row)) for row in range(LINES)])


def commit_of(row: int) -> int:
    """Commit, counted from 1 after the first version, that wrote a row."""
    return 1 + row // LINES_OF_A_BLOCK % COMMITS


def tool_of(commit: int) -> str | None:
    """Tool recorded for a commit."""
    return ("claude", "codex")[commit // 2 % 2] if commit % 2 == 0 else None


def text_of_row(row: int, version: int) -> str:
    """Text of a row as its commit left it: functions of ten lines."""
    if row % LINES_OF_A_FUNCTION == 0:
        return f"def capture_{row}(order, attempts={version}):"
    return f"    order.total_{row} = order.total_{row} + attempts * {version}"


def stream() -> str:
    """Everything `git fast-import` is told."""
    rows = [text_of_row(row, 0) for row in range(LINES)]
    parts = [commit_part(0, rows)]
    for commit in range(1, COMMITS + 1):
        rows = [text_of_row(row, commit) if commit_of(row) == commit else text for row, text in enumerate(rows)]
        parts.append(commit_part(commit, rows))
    notes = [note_part(commit) for commit in range(1, COMMITS + 1) if commit % 2 == 0 or commit % 4 == 1]
    header = f"commit refs/heads/notes\ncommitter Git AI <git-ai@example.com> {1_760_000_000 + COMMITS} +0000\n"
    return "".join([*parts, header, data("notes"), *notes])


def commit_part(commit: int, rows: list[str]) -> str:
    """One commit with the whole file."""
    person = f"Ada Example <ada@example.com> {1_760_000_000 + commit} +0000"
    message = data(f"payments: step {commit}")
    parent = f"from :{commit}\n" if commit else ""
    content = data("\n".join(rows) + "\n")
    header = f"commit refs/heads/main\nmark :{commit + 1}\ncommitter {person}\n"
    return f"{header}{message}{parent}M 100644 inline {PATH}\n{content}"


def note_part(commit: int) -> str:
    """Note of one commit."""
    firsts = range(1 + (commit - 1) * LINES_OF_A_BLOCK, LINES, COMMITS * LINES_OF_A_BLOCK)
    ranges = ",".join(f"{first}-{first + LINES_OF_A_BLOCK - 1}" for first in firsts)
    tool, session = tool_of(commit), f"00000000-0000-4000-8000-{commit:012d}"
    digest = hashlib.sha256(f"{tool}:{session}".encode()).hexdigest()
    agent = {"tool": tool, "id": session, "model": MODELS[commit % 3 % 2]}
    record = {"agent_id": agent, "human_author": "Ada Example <ada@example.com>"}
    metadata: dict[str, object] = {"schema_version": "authorship/3.0.0", "git_ai_version": "1.6.20", "prompts": {}}
    if tool is None:
        key = f"h_{hashlib.sha256(b'Ada Example <ada@example.com>').hexdigest()[:14]}"
        metadata["humans"] = {key: {"author": "Ada Example <ada@example.com>"}}
    elif commit % 4 == 0:
        key = digest[:16]
        asked = {"type": "user", "text": f"Retry the capture up to {commit} times instead of failing the order."}
        metadata["prompts"] = {key: {**record, "messages": [asked]}}
    else:
        key = f"s_{digest[:14]}::t_{commit:014x}"
        metadata["sessions"] = {f"s_{digest[:14]}": record}
    return f"N inline :{commit + 1}\n" + data(f"{PATH}\n  {key} {ranges}\n---\n{json.dumps(metadata, indent=2)}\n")


def data(text: str) -> str:
    """Text as fast-import wants it, with its length in bytes (all text here is ASCII)."""
    return f"data {len(text)}\n{text}\n"
