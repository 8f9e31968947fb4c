"""Asking the git-ai source of a repository."""

from collections.abc import Callable
from pathlib import Path

from backstory.evidence.git_ai import GitAiSource
from backstory.evidence.source import ReadRequest
from backstory.history.cancel import Cancellation
from backstory.model.evidence import Reading
from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Origin
from backstory.model.prompt import Prompt, PromptMissing
from notation.authorship import Conversation, Message
from notation.repository import ANN, BOB

A1 = Conversation("a1", asked_by=ANN)
A2 = Conversation("a2", tool="codex", model="gpt-5.5", asked_by=BOB)
P1 = Conversation("p1", tool="cursor", model="gpt-5", is_legacy=True, messages=(Message("user", "Retry the capture"),))

Opener = Callable[[Path], GitAiSource]


def silent(_done: int, _total: int | None) -> None:
    """Show no progress."""


def read(source: GitAiSource, revision: str, *paths: str) -> Reading:
    asked = frozenset(map(RepoPath, paths or ("pay.py",)))
    return source.read(ReadRequest({Revision(revision): asked}), Cancellation())


def claims(reading: Reading) -> list[tuple[Agent | None, tuple[LineRange, ...] | None, str]]:
    said = [each for each in reading.evidence if each.origin is not UNKNOWN_ORIGIN]
    return [(each.origin.agent, each.lines, each.locator) for each in said]


def said(reading: Reading) -> list[tuple[Origin, list[int]]]:
    """Return what is said of lines: whose they are, and which."""
    return [(each.origin, [line for found in each.lines for line in found]) for each in reading.evidence if each.lines]


def prompt_of(source: GitAiSource, reading: Reading) -> Prompt | PromptMissing:
    return source.prompt(next(each for each in reading.evidence if each.prompt_key), Cancellation())
