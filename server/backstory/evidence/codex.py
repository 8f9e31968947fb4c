"""The evidence source of whoever works with Codex: its transcripts on this machine.

`~/.codex/sessions/YYYY/MM/DD/rollout-<time>-<conversation>.jsonl`, put away in `~/.codex/archived_sessions`.
Source: openai/codex `codex-rs/rollout`; `CODEX_HOME` stands for `~/.codex`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from backstory.evidence.transcripts.files import TranscriptFile, Unusable, files_below
from backstory.evidence.transcripts.head import Head
from backstory.evidence.transcripts.local import LocalTranscripts
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository

ID = "codex"
NAME = "Codex transcripts"

__all__ = ["ID", "NAME", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> LocalTranscripts:
    """Return the source for one repository; reads nothing yet."""
    return LocalTranscripts(Codex(), repository, reader or ObjectReader(repository))


class Codex:
    """Where Codex keeps its transcripts; it deletes none."""

    ID = ID
    NAME = NAME
    TOOL = "codex"

    def files(self) -> Iterator[TranscriptFile | Unusable]:
        """Yield the transcripts, those put away included."""
        home = Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() raises where there is none
        folder = Path(os.environ.get("CODEX_HOME") or home / ".codex")
        for name in ("sessions", "archived_sessions"):
            yield from files_below(folder / name, _is_rollout)

    def session(self, path: Path, head: Head) -> str | None:
        """Return the id that the transcript gives itself: it also ends the file's name."""
        del path
        return head.session

    def deletion(self, changed_at: float) -> float | None:
        """Return None: Codex deletes no transcript by age."""
        del changed_at
        return None


def _is_rollout(name: str) -> bool:
    return name.startswith("rollout-") and name.endswith(".jsonl")
