"""What SpecStory writes of a tool that changed files: a path, a fenced text or difference, and what came of it.

    <summary>Tool use: **Write**</summary>

    ```py
    ATTEMPTS = 3
    ```

    ```text
    File created successfully at: /home/ann/shop/retry.py
    ```

    **Update: `shop/pay.py`**            Path: `shop/pay.py`

    ```diff                              ```diff
    @@                                   -charge(payment)
    -charge(payment)                     +retry(charge, payment)
    +retry(charge, payment)              ```
    ```

Of Claude Code's `Edit` only the result is written: which file, no text.

Source: specstoryai/getspecstory `specstory-cli/pkg/providers/*/markdown_tools.go`.
"""

import html
import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from backstory.evidence.transcripts.apply_patch import blocks_of_difference
from backstory.evidence.transcripts.blocks import blocks_of_file, blocks_of_hunk
from backstory.evidence.transcripts.calls import Change
from backstory.model.edit import Block

_PATHS = (
    re.compile(r"(?:Path|File): `?(?P<path>[^`\n]+?)`?"),
    re.compile(r" ?`(?P<path>[^`\n]+)`"),
    re.compile(r"(?:<details>)?<summary>.* • (?:Edit|Create|Write) file: (?P<path>[^<\n]+)</summary>"),
    re.compile(r"\+\+\+ (?:b/)?(?P<path>[^\t\n]+)"),
)
_SECTION = re.compile(r"\*\*(?:Add|Update|Modify|Create|Rename): `(?P<path>[^`\n]+)`\*\*")
_RESULT = re.compile(
    r"File created successfully at: (?P<created>[^\n]+?)(?: \(file state [^\n]*)?$"
    r"|The file (?P<updated>[^\n]+?) has been (?:updated|overwritten)\b",
    re.MULTILINE,
)
_SUCCESS = re.compile(r"(?:Output|Result): (?:File created|Created file|Successfully)\b")
_REFUSED = re.compile(
    r"<tool_use_error>|Error: |(?:Output|Result): (?:Error|Failed)\b|The user doesn't want|\*\*Error:\*\*"
    r"|File has (?:been unexpectedly modified|not been read yet)|String to replace not found|\[Request interrupted"
)
_FENCE = re.compile(r"(`{3,})([^`]*)")
_OUTCOME = re.compile(r"(?:Output|Result):")
_NEARBY = 6
"""Lines within which what came of a call follows what was asked."""


@frozen
class ToolChanges:
    """What a tool did, as far as it is written."""

    changes: tuple[Change, ...]
    is_confirmed: bool
    is_refused: bool


@frozen
class _Fenced:
    language: str
    lines: tuple[str, ...]
    path: str | None
    """The file that the lines above name."""

    is_outcome: bool
    """Whether it says what came of the call."""


def changes_of_tool(name: str, lines: Sequence[str]) -> ToolChanges:
    """Return what the block of a tool that writes says it changed."""
    fenced, named, outcome = _read(lines)
    result = _RESULT.search(outcome)
    is_refused = result is None and bool(_REFUSED.search(outcome))
    path = (result and (result["created"] or result["updated"])) or named
    found: dict[str, list[Block]] = {}
    asked = [each for each in fenced if not each.is_outcome]
    for each in asked or [each for each in fenced if each.language == "diff"]:
        place = each.path or path
        if place:
            found.setdefault(place, []).extend(_blocks(each))
    if path and not found:
        found[path] = []
    changes = tuple(Change(place, tuple(blocks)) for place, blocks in found.items())
    is_confirmed = result is not None or bool(_SUCCESS.search(outcome)) or name == "apply_patch"
    return ToolChanges(changes, is_confirmed, is_refused)


def _read(lines: Sequence[str]) -> tuple[list[_Fenced], str | None, str]:
    """Return the fenced texts, the path named outside them, and what came of the call as text."""
    fenced: list[_Fenced] = []
    named: str | None = None
    section: str | None = None
    outcome: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        mark = _FENCE.fullmatch(line)
        if mark:
            end = _closing(lines, index, mark[1])
            body = tuple(lines[index + 1 : end])
            is_outcome = bool(outcome) or _is_outcome(body)
            if is_outcome:
                outcome += body
            fenced.append(_Fenced(mark[2].strip(), body, section, is_outcome))
            index = end + 1
            continue
        if _OUTCOME.match(line) or outcome or _RESULT.match(line) or _REFUSED.match(line):
            outcome.append(line)
        header = _SECTION.fullmatch(line.strip())
        section = header["path"] if header else section
        named = named or (None if header else _path_in(line))
        index += 1
    named = named or next((found for each in fenced for line in each.lines[:2] if (found := _path_in(line, "+"))), None)
    return fenced, named, "\n".join(outcome)


def _is_outcome(body: Sequence[str]) -> bool:
    first = next((line for line in body if line.strip()), "")
    return bool(_RESULT.match(first) or _REFUSED.match(first))


def _closing(lines: Sequence[str], start: int, fence: str) -> int:
    """Return the index of the fence that closes one.

    One of three backticks may hold others: it closes before the text that says what came of the call.
    """
    is_whole_file = len(fence) == 3 and not lines[start].endswith("diff")
    if not is_whole_file or _is_outcome(lines[start + 1 : start + 3]):
        after = range(start + 1, len(lines))
        return next((index for index in after if _closes(lines[index], fence)), len(lines))
    closings = [index for index in range(len(lines) - 1, start, -1) if _closes(lines[index], fence)]
    before_result = (index for index in closings if _result_begins(lines, index))
    return next(before_result, closings[0] if closings else len(lines))


def _closes(line: str, fence: str) -> bool:
    return line.startswith(fence) and not line.strip("`").strip()


def _result_begins(lines: Sequence[str], closing: int) -> bool:
    """Tell whether after a closing fence stands what came of the call."""
    after = (line for line in lines[closing + 1 : closing + _NEARBY] if line.strip())
    first, second = next(after, ""), next(after, "")
    return bool(_OUTCOME.match(first)) or (first.startswith("```") and _is_outcome((second,)))


def _path_in(line: str, mark: str = "") -> str | None:
    if mark and not line.startswith(mark):
        return None
    for pattern in _PATHS:
        found = pattern.fullmatch(line.rstrip())
        if found:
            return html.unescape(found["path"]).strip()
    return None


def _blocks(fenced: _Fenced) -> Iterator[Block]:
    lines = [html.unescape(line) if "&#96;" in line else line for line in fenced.lines]
    if fenced.language != "diff":
        yield from blocks_of_file("\n".join(lines))
        return
    lines = [line for line in lines if not line.startswith(("--- ", "+++ "))]
    if any(line and line[0] not in "+- @\\" for line in lines):
        return  # Gemini's new text, cut and without what stood there before
    if any(re.match(r"@@ -\d", line) for line in lines):
        yield from blocks_of_difference("\n".join(lines))
        return
    hunk: list[str] = []
    for line in (*lines, "@@"):
        if line.startswith("@@"):
            yield from blocks_of_hunk(None, hunk)
            hunk = []
        else:
            hunk.append(line)
