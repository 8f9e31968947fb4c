"""What Claude Code's editing tools were asked to do, and what the record says they did.

A result holds the change as a patch with the lines' real places; where there is none (subagents), the tool's input is
all there is.
"""

import json
from collections.abc import Iterator
from enum import Enum, auto
from itertools import chain
from typing import Any

import msgspec
from attrs import frozen

from backstory.evidence.transcripts.blocks import blocks_of_file, blocks_of_hunk, blocks_of_replacement, split
from backstory.evidence.transcripts.calls import Change
from backstory.evidence.transcripts.claude_message import ContentBlock
from backstory.evidence.transcripts.entry import shaped, text, value
from backstory.evidence.transcripts.shell import changes_by_shell
from backstory.model.edit import Block


class _Input(msgspec.Struct):
    """What an editing tool is given."""

    file_path: Any = None
    notebook_path: Any = None
    old_string: Any = None
    new_string: Any = None
    content: Any = None
    new_source: Any = None
    command: Any = None
    edits: msgspec.Raw = msgspec.Raw()


class _Replacement(msgspec.Struct):
    old_string: Any = None
    new_string: Any = None


class _Outcome(msgspec.Struct, rename="camel"):
    """What an editing tool did."""

    type: Any = None
    file_path: Any = None
    content: Any = None
    user_modified: Any = None
    structured_patch: msgspec.Raw = msgspec.Raw()


class _Hunk(msgspec.Struct, rename="camel"):
    new_start: int
    lines: list[str]


_INPUT = msgspec.json.Decoder(_Input)
_REPLACEMENTS = msgspec.json.Decoder(list[_Replacement])
_OUTCOME = msgspec.json.Decoder(_Outcome)
_HUNKS = msgspec.json.Decoder(list[_Hunk])


@frozen
class Made:
    """What a result says was done."""

    changes: tuple[Change, ...]
    is_retouched: bool
    """Whether the person changed the agent's text when asked to allow it."""


class Ending(Enum):
    """What came of a call."""

    DONE = auto()
    FAILED = auto()
    """A command ended with an error, maybe after it had written something."""
    REFUSED = auto()
    """Nothing was done: an error of the tool, or a person's refusal."""


def changes_asked(tool: str, raw: msgspec.Raw) -> tuple[Change, ...]:
    """Return what a call is to change; nothing when the tool edits no files."""
    if tool not in {"Edit", "Write", "MultiEdit", "NotebookEdit", "Bash"}:
        return ()
    given = shaped(_INPUT, raw)
    if given is None:
        return ()
    if tool == "Bash":
        return tuple(changes_by_shell(text(given.command) or ""))
    path = text(given.notebook_path if tool == "NotebookEdit" else given.file_path)
    return (Change(path, tuple(_blocks_asked(tool, given))),) if path else ()


def changes_made(raw: msgspec.Raw) -> Made | None:
    """Return what a result says was done; None when it does not say which lines."""
    outcome = shaped(_OUTCOME, raw)
    path = text(outcome.file_path) if outcome else None
    hunks = shaped(_HUNKS, outcome.structured_patch) if outcome else None
    if outcome is None or path is None or hunks is None:
        return None
    blocks = tuple(chain.from_iterable(blocks_of_hunk(hunk.new_start, hunk.lines) for hunk in hunks))
    if not hunks and outcome.type == "create":
        blocks = tuple(blocks_of_file(text(outcome.content) or ""))
    elif not hunks and outcome.type != "update":
        return None
    return Made((Change(path, blocks),), bool(outcome.user_modified))


def ending_of(block: ContentBlock, outcome: msgspec.Raw) -> Ending:
    """Tell what came of a call: where it came to nothing, Claude Code records a mere sentence, not what was done."""
    sentence = text(value(outcome)) if bytes(outcome)[:1] == b'"' else None
    if sentence is None and block.is_error is not True:
        return Ending.DONE
    return Ending.FAILED if (sentence or "").startswith("Error: Exit code") else Ending.REFUSED


def _blocks_asked(tool: str, given: _Input) -> Iterator[Block]:
    if tool == "Edit":
        yield from blocks_of_replacement(text(given.old_string) or "", text(given.new_string) or "")
    elif tool == "Write":
        yield from blocks_of_file(text(given.content) or "")
    elif tool == "MultiEdit":
        for each in shaped(_REPLACEMENTS, given.edits) or []:
            yield from blocks_of_replacement(text(each.old_string) or "", text(each.new_string) or "")
    else:
        lines = _notebook_lines(text(given.new_source) or "")
        if lines:
            yield Block(lines)


def _notebook_lines(source: str) -> tuple[str, ...]:
    r"""Return a cell's lines as its file holds them: `"import os\n",`, the last one without line end and comma.

    Source: Jupyter's nbformat 4, `multiline_string`.
    """
    *lines, last = split(source) or [""]
    quoted = [json.dumps(f"{line}\n", ensure_ascii=False) + "," for line in lines]
    return (*quoted, json.dumps(last, ensure_ascii=False)) if last or lines else ()
