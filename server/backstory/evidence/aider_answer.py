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
from bisect import bisect_right
from collections import defaultdict
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
    marks = _Marks(lines)
    path: str | None = None
    index = 0
    while index < len(lines):
        fence = _FENCE.fullmatch(lines[index])
        change = None
        end = index
        if index in marks.heads_here:
            path = _path_above(lines, index) or path
            end, change = _replacement(lines, marks, index, path)
        elif fence and fence["language"].strip() == "diff":
            end = marks.closing(index, fence[1])
            yield from ((index + 1, each) for each in _difference(lines[index + 1 : end]))
        elif fence and marks.next_head(index) > marks.closing(index, fence[1]):
            end = marks.closing(index, fence[1])
            whole = _path_on(lines[index - 1]) if index else None
            change = Change(whole, tuple(blocks_of_file("\n".join(lines[index + 1 : end])))) if whole else None
        if change:
            yield index + 1, change
        index = end + 1


class _Marks:
    """Where the lines stand between which edits are: each is looked for once, however often it is asked for."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._count = len(lines)
        self._heads = [index for index, line in enumerate(lines) if _HEAD.fullmatch(line)]
        self._dividers = [index for index, line in enumerate(lines) if _DIVIDER.fullmatch(line)]
        self._tails = [index for index, line in enumerate(lines) if _TAIL.fullmatch(line)]
        self._fences: defaultdict[str, list[int]] = defaultdict(list)
        for index, line in enumerate(lines):
            if line.startswith("```"):
                self._fences[line.rstrip()].append(index)
        self.heads_here = frozenset(self._heads)

    def next_head(self, index: int) -> int:
        """Return where a block of SEARCH begins after a line; past the end when none does."""
        return self._after(self._heads, index)

    def next_divider(self, index: int) -> int:
        """Return where what is to be written begins."""
        return self._after(self._dividers, index)

    def next_tail(self, index: int) -> int:
        """Return where what is to be written ends."""
        return self._after(self._tails, index)

    def closing(self, index: int, fence: str) -> int:
        """Return where a fence is closed."""
        return self._after(self._fences.get(fence, []), index)

    def _after(self, places: list[int], index: int) -> int:
        at = bisect_right(places, index)
        return places[at] if at < len(places) else self._count


def _replacement(lines: Sequence[str], marks: _Marks, head: int, path: str | None) -> tuple[int, Change | None]:
    """Return the last line of a SEARCH/REPLACE block and what it changes; the first one when it is none."""
    divider = marks.next_divider(head)
    tail = marks.next_tail(divider)
    if tail >= min(len(lines), marks.next_head(head)):
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
