"""The evidence source of whoever works with Claude Code: its transcripts on this machine.

`~/.claude/projects/<folder, its signs replaced by ->/<conversation>.jsonl`; a subagent's in
`<conversation>/subagents/agent-<id>.jsonl`, earlier beside it. The folder's name is lossy and decides nothing.
Source: Claude Code 2.1, its documentation on settings (`cleanupPeriodDays`, `CLAUDE_CONFIG_DIR`).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from backstory.evidence.transcripts.files import TranscriptFile, Unusable, files_below
from backstory.evidence.transcripts.head import Head
from backstory.evidence.transcripts.local import LocalTranscripts
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository

ID = "claude-code"
NAME = "Claude Code transcripts"
_DAYS_KEPT = 30
_MOST_DAYS = 36_500
_LARGEST_SETTINGS = 1 << 20
_SECONDS_A_DAY = 86_400

__all__ = ["ID", "NAME", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> LocalTranscripts:
    """Return the source for one repository; reads nothing yet."""
    return LocalTranscripts(ClaudeCode(), repository, reader or ObjectReader(repository))


class ClaudeCode:
    """Where Claude Code keeps its transcripts, and for how long."""

    ID = ID
    NAME = NAME
    TOOL = "claude"

    def files(self) -> Iterator[TranscriptFile | Unusable]:
        """Yield the transcripts in all folders that Claude Code has used."""
        for folder in _folders():
            yield from files_below(folder / "projects", lambda name: name.endswith(".jsonl"))

    def session(self, path: Path, head: Head) -> str | None:
        """Return the name of the file: a conversation that was forked keeps the first one's id in its beginning."""
        return head.parent or (head.session and path.stem)

    def deletion(self, changed_at: float) -> float | None:
        """Return when a start of Claude Code deletes a transcript that nobody goes on with."""
        days = _days_kept()
        return changed_at + days * _SECONDS_A_DAY if days else None


class _Settings(msgspec.Struct, rename="camel"):
    cleanup_period_days: int = _DAYS_KEPT


def _folders() -> list[Path]:
    """Return the folders of settings and transcripts, the one that counts first; each once."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() raises where there is none
    named = os.environ.get("CLAUDE_CONFIG_DIR")
    usual = [home / ".claude", Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "claude"]
    return list({os.path.realpath(folder): folder for folder in ([Path(named)] if named else usual)}.values())


def _days_kept() -> int | None:
    for folder in _folders():
        try:
            with (folder / "settings.json").open("rb") as stream:
                days = msgspec.json.decode(stream.read(_LARGEST_SETTINGS), type=_Settings).cleanup_period_days
        except FileNotFoundError:
            continue
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        return days if 0 < days <= _MOST_DAYS else None
    return _DAYS_KEPT
