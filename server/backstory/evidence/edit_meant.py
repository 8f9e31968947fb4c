"""Which edit of a session wrote the line that somebody asks about."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from backstory.model.edit import Edit
from backstory.model.origin import Session
from backstory.model.prompt import Question

_LEAST_CHARACTERS = 4
_EARLIEST = datetime.min.replace(tzinfo=UTC)

_Rank = tuple[int, bool, datetime, int]
_Occurrence = tuple[int, tuple[str, ...], int]
"""Which edit, the stripped lines of one of its blocks, and which of them it is."""


def is_session(asked: Session, tool: str | None, conversation: str) -> bool:
    """Tell whether a record names this conversation of a tool, by the agent's own id or by git-ai's hash of it.

    Source: git-ai `specs/git_ai_standard_v3.0.0.md`: `s_` and 14 digits, earlier 16 or 7 digits of SHA-256.
    """
    if asked.conversation is not None:
        return asked.conversation == conversation
    return asked.key in session_keys(tool, conversation)


def session_keys(tool: str | None, conversation: str) -> frozenset[str]:
    """Return the keys that git-ai gives, or gave, a conversation of a tool."""
    digest = hashlib.sha256(f"{tool}:{conversation}".encode("utf-8", "replace")).hexdigest()
    return frozenset((f"s_{digest[:14]}", digest[:16], digest[:7]))


def edit_meant(edits: Iterable[Edit], question: Question) -> Edit | None:
    """Return the edit that wrote the line in question, as `SessionEdits.meant` does."""
    return SessionEdits(edits).meant(question)


class SessionEdits:
    """What an agent wrote in one session, ready to be asked about many lines."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = tuple(edits)
        self._occurrences: defaultdict[str, list[_Occurrence]] = defaultdict(list)
        for number, edit in enumerate(self._edits):
            for block in edit.blocks:
                lines = tuple(line.strip() for line in block.lines)
                for index, line in enumerate(lines):
                    self._occurrences[line].append((number, lines, index))

    def meant(self, question: Question) -> Edit | None:
        """Return the edit that wrote the line with most of its neighbours, the last of those before the commit.

        Of a line that no edit has as it stands, the one that wrote the nearest line; None when none wrote any of them.
        A bracket tells only with its neighbours, or alone in its own file.
        """
        texts = [text.strip() for text in question.texts]
        for index in _outward(question.line, len(texts)):
            found = self._last(texts, index, question, least=1)
            if found:
                return found
        return self._last(texts, question.line, question, least=0) if texts else None

    def _last(self, texts: list[str], index: int, question: Question, least: int) -> Edit | None:
        best: tuple[_Rank, Edit] | None = None
        for number, lines, at in self._occurrences.get(texts[index], ()):
            edit = self._edits[number]
            if question.until and edit.at and edit.at > question.until:
                continue
            is_same_file = question.path is not None and edit.path == question.path
            telling = sum(map(_is_telling, _shared(texts, index, lines, at)))
            if telling < least or not (telling or is_same_file):
                continue
            rank = telling, is_same_file, edit.at or _EARLIEST, number
            if best is None or rank > best[0]:
                best = rank, edit
        return best[1] if best else None


def _outward(start: int, count: int) -> Iterator[int]:
    """Yield the indices of `count` lines, the nearest to `start` first."""
    yield from sorted(range(count), key=lambda index: abs(index - start))


def _shared(texts: list[str], index: int, lines: tuple[str, ...], at: int) -> Iterator[str]:
    """Yield the line and its neighbours on both sides, for as long as both texts have the same."""
    yield texts[index]
    for step in (-1, 1):
        here, there = index + step, at + step
        while 0 <= here < len(texts) and 0 <= there < len(lines) and texts[here] == lines[there]:
            yield texts[here]
            here, there = here + step, there + step


def _is_telling(text: str) -> bool:
    return len("".join(text.split())) >= _LEAST_CHARACTERS
