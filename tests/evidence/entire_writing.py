"""Writes what Entire keeps: transcripts as Claude Code writes them, checkpoints on a branch or in refs of their own."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from notation.repository import STORY_BEGINS, RepositoryWriter

BRANCH = "entire/checkpoints/v1"
FOLDER = "/Users/ann/work/shop"
SESSION = "19abe528-a510-4c89-a1f8-138956474766"
FIRST, SECOND = "a3b2c4d5e6f7", "0123456789ab"
ULID = "01KVBJCWYA4YW6J5M9GP655HZN"


def minutes(count: int) -> str:
    """Return a time so long after the story's beginning."""
    return (STORY_BEGINS + timedelta(minutes=count)).isoformat().replace("+00:00", "Z")


class Talk:
    """A conversation with Claude Code, written entry by entry, one a minute."""

    def __init__(self, session: str = SESSION, folder: str = FOLDER) -> None:
        self.entries: list[dict[str, Any]] = []
        self._session, self._folder = session, folder

    def asks(self, text: str) -> "Talk":
        """Let a person ask."""
        return self._add("user", {"role": "user", "content": text})

    def writes(self, path: str, content: str, call: str = "") -> "Talk":
        """Let the agent write a file."""
        return self._calls("Write", {"file_path": path, "content": content}, call)

    def edits(self, path: str, old: str, new: str, call: str = "") -> "Talk":
        """Let the agent replace a text."""
        return self._calls("Edit", {"file_path": path, "old_string": old, "new_string": new}, call)

    def text(self, count: int | None = None) -> str:
        """Return the first `count` lines of the transcript, all without it."""
        return "".join(json.dumps(entry) + "\n" for entry in self.entries[:count])

    def _calls(self, tool: str, given: dict[str, str], call: str) -> "Talk":
        call = call or f"toolu_{len(self.entries)}"
        used = {"type": "tool_use", "id": call, "name": tool, "input": given}
        self._add("assistant", {"role": "assistant", "model": "claude-opus-4-6", "content": [used]})
        return self._add("user", {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call}]})

    def _add(self, kind: str, message: dict[str, Any]) -> "Talk":
        number = len(self.entries)
        self.entries.append(
            {
                "type": kind,
                "uuid": f"u{number}",
                "parentUuid": f"u{number - 1}" if number else None,
                "sessionId": self._session,
                "cwd": self._folder,
                "timestamp": minutes(number),
                "message": message,
            }
        )
        return self


def metadata(checkpoint: str = FIRST, **fields: Any) -> str:
    """Return what a session says of itself."""
    said = {
        "checkpoint_id": checkpoint,
        "session_id": SESSION,
        "created_at": minutes(50),
        "agent": "Claude Code",
        "files_touched": ["pay.py"],
    }
    return json.dumps(said | fields)


def checkpoint_files(checkpoint: str, *sessions: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """Return the files of a checkpoint as they stand in a tree of its own; each session is its files by name."""
    files: dict[str, str | bytes] = {"metadata.json": json.dumps({"checkpoint_id": checkpoint})}
    for number, session in enumerate(sessions):
        files |= {f"{number}/{name}": content for name, content in session.items()}
    return files


def keep(history: RepositoryWriter, checkpoint: str, *sessions: Mapping[str, str | bytes], branch: str = BRANCH) -> str:
    """Write a checkpoint to the branch that holds all of them."""
    at = f"{checkpoint[:2]}/{checkpoint[2:]}"
    files = {f"{at}/{name}": text for name, text in checkpoint_files(checkpoint, *sessions).items()}
    return history.commit(f"Checkpoint: {checkpoint}", files, branch=branch)


def keep_in_own_ref(history: RepositoryWriter, checkpoint: str, *sessions: Mapping[str, str | bytes]) -> None:
    """Write a checkpoint to a ref of its own."""
    files = checkpoint_files(checkpoint, *sessions)
    revision = history.commit(f"Checkpoint: {checkpoint}", files, branch="scratch", parents=[])
    history.ref(f"refs/entire/checkpoints/{checkpoint[-2:]}/{checkpoint}", revision)


def named(subject: str, *checkpoints: str) -> str:
    """Return a message that names checkpoints."""
    return f"{subject}\n\n" + "".join(f"Entire-Checkpoint: {each}\n" for each in checkpoints)
