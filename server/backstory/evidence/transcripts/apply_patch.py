"""Codex's patches: the language of its `apply_patch` tool, and the unified differences it records afterwards.

    *** Begin Patch
    *** Update File: shop/pay.py
    *** Move to: shop/payment.py
    @@ def capture(payment):
    -    charge(payment)
    +    retry(charge, payment)
    *** Add File: shop/retry.py
    +ATTEMPTS = 3
    *** End Patch

Source: openai/codex `codex-rs/apply-patch/apply_patch_tool_instructions.md`.
"""

import re
from collections.abc import Iterator

from backstory.evidence.transcripts.blocks import blocks_of_hunk, split
from backstory.evidence.transcripts.calls import Change
from backstory.model.edit import Block

_FILE = re.compile(r"\*\*\* (?P<what>Add|Update|Delete) File: (?P<path>.+)")
_MOVE = "*** Move to: "
_HUNK_HEADER = re.compile(r"@@ -\d+(?:,\d+)? \+(?P<first>\d+)(?:,\d+)? @@")


def changes_of_patch(patch: str) -> Iterator[Change]:
    """Yield what a patch changes, file by file; text around it is passed over."""
    path: str | None = None
    lines: list[str] = []
    is_new = False
    for line in (*split(patch), "*** End Patch"):
        header = _FILE.fullmatch(line.rstrip())
        if line.startswith(_MOVE) and path:
            path = line.removeprefix(_MOVE).strip()
        elif header or line.startswith("*** End Patch"):
            if path:
                yield Change(path, tuple(_blocks(lines, is_new=is_new)))
            path = header["path"].strip() if header else None
            lines, is_new = [], bool(header and header["what"] == "Add")
        elif path and not line.startswith("*** "):
            lines.append(line)


def blocks_of_difference(difference: str) -> Iterator[Block]:
    """Yield what a unified difference of one file adds.

    Source: git-diff(1), *unified format*.
    """
    first: int | None = None
    lines: list[str] = []
    for line in split(difference):
        header = _HUNK_HEADER.match(line)
        if header:
            yield from blocks_of_hunk(first, lines)
            first, lines = int(header["first"]), []
        elif first is not None:
            lines.append(line)
    yield from blocks_of_hunk(first, lines)


def _blocks(lines: list[str], *, is_new: bool) -> Iterator[Block]:
    hunk: list[str] = []
    for line in lines:
        if line.startswith("@@"):
            yield from blocks_of_hunk(None, hunk)
            hunk = []
        else:
            hunk.append(line)
    yield from blocks_of_hunk(1 if is_new else None, hunk)
