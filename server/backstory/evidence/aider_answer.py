"""The edits in a model's answer, in the notations that aider asks models for.

    shop/pay.py                 ```python                 shop/pay.py         ```diff
    ```python                   shop/pay.py               ```                 --- shop/pay.py
    <<<<<<< SEARCH              <<<<<<< SEARCH            (all of the         +++ shop/pay.py
    charge(payment)             …                          file)              @@ ... @@
    =======                     >>>>>>> REPLACE           ```                 -charge(payment)
    retry(charge, payment)      ```                                           +retry(charge, payment)
    >>>>>>> REPLACE                                                           ```
    ```

In order: `diff`, `diff-fenced`, `whole`, `udiff`. Source: Aider-AI/aider 0.86 `aider/coders/*_coder.py`.
"""

import re
from collections.abc import Iterator, Sequence

from backstory.evidence.transcripts.blocks import blocks_of_file, blocks_of_hunk, blocks_of_replacement
from backstory.evidence.transcripts.calls import Change
from backstory.model.edit import Block

_HEAD = re.compile(r"<{5,9} SEARCH>?\s*")
_DIVIDER = re.compile(r"={5,9}\s*")
_TAIL = re.compile(r">{5,9} REPLACE\s*")
_FENCE = re.compile(r"(`{3,})(?P<language>[^`]*)")
_LONGEST_PATH = 400


def changes_of_answer(lines: Sequence[str]) -> Iterator[tuple[int, Change]]:
    """Yield the edits with the line (1-based) where each begins; not all were applied."""
    path: str | None = None
    index = 0
    while index < len(lines):
        line = lines[index]
        fence = _FENCE.fullmatch(line)
        if _HEAD.fullmatch(line):
            path = _path_above(lines, index) or path
            end, change = _replacement(lines, index, path)
        elif fence and fence["language"].strip() == "diff":
            end = _closing(lines, index, fence[1])
            yield from ((index + 1, each) for each in _difference(lines[index + 1 : end]))
            change = None
        elif fence and not _holds_replacement(lines, index, fence[1]):
            end = _closing(lines, index, fence[1])
            whole = _path_on(lines[index - 1]) if index else None
            change = Change(whole, tuple(blocks_of_file("\n".join(lines[index + 1 : end])))) if whole else None
        else:
            end, change = index, None
        if change:
            yield index + 1, change
        index = end + 1


def _replacement(lines: Sequence[str], head: int, path: str | None) -> tuple[int, Change | None]:
    """Return the last line of a SEARCH/REPLACE block and what it changes; the first one when it is none."""
    divider = next((index for index in range(head + 1, len(lines)) if _DIVIDER.fullmatch(lines[index])), None)
    tail = divider and next((index for index in range(divider, len(lines)) if _TAIL.fullmatch(lines[index])), None)
    if divider is None or not tail:
        return head, None
    blocks = blocks_of_replacement("\n".join(lines[head + 1 : divider]), "\n".join(lines[divider + 1 : tail]))
    return tail, Change(path, tuple(blocks)) if path else None


def _difference(lines: Sequence[str]) -> Iterator[Change]:
    """Yield what unified differences change; their places are no numbers."""
    path: str | None = None
    blocks: list[Block] = []
    hunk: list[str] = []
    for line in (*lines, "@@", "+++ "):
        if line.startswith(("@@", "--- ", "+++ ")):
            blocks += blocks_of_hunk(None, hunk)
            hunk = []
        else:
            hunk.append(line)
        if line.startswith("+++ "):
            if path and blocks:
                yield Change(path, tuple(blocks))
            path, blocks = line[4:].strip().removeprefix("b/"), []


def _holds_replacement(lines: Sequence[str], start: int, fence: str) -> bool:
    return any(_HEAD.fullmatch(line) for line in lines[start + 1 : _closing(lines, start, fence)])


def _closing(lines: Sequence[str], start: int, fence: str) -> int:
    """Return the index of the fence that closes one, past the end when none does."""
    ends = (index for index in range(start + 1, len(lines)) if lines[index].rstrip() == fence)
    return next(ends, len(lines))


def _path_above(lines: Sequence[str], index: int) -> str | None:
    """Return the file that is named up to three lines above, around the fence."""
    for line in reversed(lines[max(index - 4, 0) : index]):
        if _FENCE.fullmatch(line) or not line.strip():
            continue
        return _path_on(line)
    return None


def _path_on(line: str) -> str | None:
    """Return the path that a line is, without what models put around it; None when it is none."""
    bare = line.strip().removesuffix(":").strip("*`# ").removesuffix(":")
    is_path = bare and len(bare) <= _LONGEST_PATH and (" " not in bare or "/" in bare)
    return bare if is_path and ("." in bare or "/" in bare) and not bare.endswith((".", "/")) else None
