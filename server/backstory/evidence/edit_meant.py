"""Which edit of a session wrote the lines that somebody asks about."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from backstory.model.edit import Edit
from backstory.model.origin import Session
from backstory.model.prompt import Question

_LEAST_CHARACTERS = 4
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def is_session(asked: Session, tool: str | None, conversation: str) -> bool:
    """Tell whether a record names this conversation of a tool, by the agent's own id or by git-ai's hash of it.

    Source: git-ai `specs/git_ai_standard_v3.0.0.md`: `s_` and 14 digits, earlier 16 or 7 digits of SHA-256.
    """
    if asked.conversation is not None:
        return asked.conversation == conversation
    digest = hashlib.sha256(f"{tool}:{conversation}".encode("utf-8", "replace")).hexdigest()
    return asked.key in {f"s_{digest[:14]}", digest[:16], digest[:7]}


def edit_meant(edits: Iterable[Edit], question: Question) -> Edit | None:
    """Return the last edit before the commit that wrote most of the lines; None when none wrote any of them."""
    wanted = {text.strip() for text in question.texts}
    telling = {text for text in wanted if len("".join(text.split())) >= _LEAST_CHARACTERS}
    best: tuple[tuple[int, bool, datetime], Edit] | None = None
    for edit in edits:
        if question.until and edit.at and edit.at > question.until:
            continue
        is_same_file = question.path is not None and edit.path == question.path
        written = {line.strip() for block in edit.blocks for line in block.lines}
        found = len(written & (telling or wanted if is_same_file else telling))
        rank = found, is_same_file, edit.at or _EARLIEST
        if found and (best is None or rank >= best[0]):
            best = rank, edit
    return best[1] if best else None
