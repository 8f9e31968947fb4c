"""A slow, plain reference for whogitit's notes: what the snapshot says of each line that its commit wrote.

    python -m bench.oracle.whogitit REPOSITORY

prints one JSON object per line. It imports nothing of Backstory. The rules:

1. Notes are those of `refs/notes/whogitit`, then of `refs/notes/ai-blame`, the ref's name before the tool's; where both
   have one for a commit, the first counts. Notes on commits that are not in the clone are left out.
2. The lines compared are those that `git blame COMMIT^!` gives to the commit, in files that the note holds.
3. A note holds each file as it was committed. `line_number` is the line; when `content` is not what stands there, the
   label is `stale` and nothing is compared.
4. `source.type` is `AI`, `AIModified`, `Human`, `Original` (older than the session) or `Unknown`; the session is the
   note's own. What was asked is the prompt that the line's `prompt_index` names, with the second layer of JSON quotes
   taken off; `None` for the placeholder that older versions wrote, and for what the agent's program said to itself.

Source: dotsetlabs/whogitit 1.0.0, notes of versions 2 and 3.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from bench.oracle.blame import lines_written
from bench.oracle.git_ai import git

REFS = ("refs/notes/whogitit", "refs/notes/ai-blame")
PLACEHOLDER = "AI-assisted code change"
MACHINE_MADE = "This session is being continued from a previous conversation"
STALE = "stale"


@dataclass(frozen=True)
class Snapshot:
    """What the note says of one line at its commit."""

    commit: str
    path: str
    line: int
    kind: str
    """`AI`, `AIModified`, `Human`, `Original`, `Unknown`, or `stale`."""

    session: str
    model: str | None
    request: str | None


def noted_commits(repository: str) -> dict[str, str]:
    """Commit → note blob, for commits that are in the clone."""
    found: dict[str, str] = {}
    for ref in REFS:
        if not git(repository, "for-each-ref", ref):
            continue
        listed = git(repository, "notes", f"--ref={ref}", "list").decode().split()
        for blob, commit in zip(listed[::2], listed[1::2], strict=True):
            if is_here(repository, commit):
                found.setdefault(commit, blob)
    return found


def is_here(repository: str, commit: str) -> bool:
    """Tell whether an object is in the clone."""
    asked = subprocess.run(["git", "-C", repository, "cat-file", "-e", commit], check=False, capture_output=True)
    return asked.returncode == 0


def snapshots(repository: str, commit: str, blob: str) -> Iterator[Snapshot]:
    """Lines that a commit wrote, each with what its note says of it."""
    note = json.loads(git(repository, "cat-file", "blob", blob))
    requests = {prompt["index"]: plain(prompt["text"]) for prompt in note.get("prompts", [])}
    session = note["session"]
    for file in note["files"]:
        held = {line["line_number"]: line for line in file["lines"]}
        for line in lines_written(repository, commit, file["path"]):
            said = held.get(line.line)
            is_stale = said is None or said["content"].rstrip("\r\n") != line.text.rstrip("\r")
            yield Snapshot(
                commit,
                file["path"],
                line.line,
                STALE if is_stale or said is None else said["source"]["type"],
                session["session_id"],
                (session.get("model") or {}).get("id"),
                requests.get(said["prompt_index"]) if said else None,
            )


def plain(text: Any) -> str | None:
    """Text of a prompt without the quotes it got when it was made JSON once too often; `None` when nobody typed it.

    Long ones were cut after that, so the last quote may be missing.
    """
    if not isinstance(text, str):
        return None
    if text.startswith('"'):
        for whole in (text, text + '"'):
            with suppress(ValueError):
                text = json.loads(whole)
                break
    return None if text.strip() in ("", PLACEHOLDER) or text.startswith(MACHINE_MADE) else text


def main() -> None:
    """Print what all notes say of the lines their commits wrote."""
    repository = sys.argv[1]
    for commit, blob in noted_commits(repository).items():
        for snapshot in snapshots(repository, commit, blob):
            print(json.dumps(asdict(snapshot)))


if __name__ == "__main__":
    main()
