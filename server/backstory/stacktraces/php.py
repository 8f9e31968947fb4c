r"""PHP: uncaught exceptions and errors, Laravel's log, Symfony's console, Whoops, Xdebug.

    PHP Fatal error:  Uncaught TypeError: no cart in /srv/app/Cart.php:12
    Stack trace:
    #0 /srv/app/main.php(3): App\Cart->total(Array)
    #1 {main}
      thrown in /srv/app/Cart.php on line 12

Source: `Throwable::getTraceAsString`, PHP 5.3 to 8.4.
"""

import re
from itertools import pairwise

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line

ID = "php"
_EXTENSION = r"(?:php\d?|phtml|inc|module|install|theme|phar|twig|tpl|ctp|stub)"
SIGNS: tuple[str, ...] = (
    r"#\d{1,4} [^\n]{1,400}\(\d+\)",
    r"#\d{1,4} \{main\}",
    r"#\d{1,4} \[internal",
    r"\.(?:php\d?|phtml|inc|module|install|theme|phar|twig|tpl|ctp|stub)(?::\d+| on line \d)",
)

_FUNCTION = r"(?P<function>(?:[^\s(]|\{closure[^}\n]*\}|(?<=anonymous)[^\s(]{0,300}){1,500})"
_CALL = re.compile(
    rf"^\s*#(?P<number>\d{{1,5}}) (?:(?P<file>[^\n(][^\n]{{0,600}}?)\((?P<line>\d{{1,7}})\)"
    rf"|\[internal function\]): {_FUNCTION}"
)
_BARE = re.compile(
    r"^\s*#(?P<number>\d{1,5}) (?P<file>(?:[A-Za-z]:[\\/]|/)[^\n(]{1,600}?)\((?P<line>\d{1,7})\)(?::\s*)?$"
)
_WHOOPS = re.compile(
    rf"^\s*#(?P<number>\d{{1,5}}) (?P<function>\S[^\n]{{0,400}}?) in "
    rf"(?P<file>[^\n]{{1,600}}?\.{_EXTENSION}):(?P<line>\d{{1,7}})\s*$"
)
_SYMFONY = re.compile(
    rf"^\s*(?:at )?(?P<function>[\w\\{{}}:>@$./-]{{0,400}}?)\(\) at (?P<file>[^\n]{{1,600}}?\.{_EXTENSION}"
    rf"|n/a):(?P<line>\d{{1,7}}|n/a)\s*$"
)
_XDEBUG = re.compile(
    rf"^\s*(?:PHP\s+)?(?P<number>\d{{1,4}})\. (?P<function>[\w\\{{}}:>@$-]{{1,300}})\([^\n]{{0,600}}\) "
    rf"(?P<file>[^\n()]{{1,400}}?\.{_EXTENSION}):(?P<line>\d{{1,7}})\s*$"
)
_COLLISION = re.compile(
    rf"^\s*(?P<number>\d{{1,4}}) {{2,8}}(?P<file>\S[^\n:]{{1,400}}\.{_EXTENSION}):(?P<line>\d{{1,7}})\s*$"
)
_COLLISION_NAME = re.compile(r"^\s{4,}(?P<function>[\w\\{}:>@$-]{2,300})\([^\n]*\)?\s*$")
_TWIG = re.compile(r"^\s*at (?P<function>[\w\\{}:>@$-]{2,300})\(")
_BRACKETED = re.compile(rf"^\s*\((?P<file>[^\n()]{{1,400}}\.{_EXTENSION}):(?P<line>\d{{1,7}})\)\s*$")
_AT = re.compile(rf"^\s*at (?P<file>[\w./\\-][^\n:()]{{0,400}}\.{_EXTENSION}):(?P<line>\d{{1,7}})\s*$")
_MAIN = re.compile(r"^\s*#\d{1,5} \{main\}")
_KIND = r"[A-Z][\w]*(?:\\{1,2}\w+)*(?:\\{1,2})?|(?:\w+\\{1,2})+\w+"
_HEADLINE = re.compile(
    r"(?P<next>^\s*Next |\[previous exception\] )?(?:Uncaught (?:exception ')?|\[object\] \(|^\s*Next "
    r"|\[previous exception\] \[object\] \(|^\s*|exception ')"
    rf"(?P<type>{_KIND})(?:'|\(code: [^)\n]{{1,40}}\))?(?:: | with message ')(?P<message>.*?)'?(?: in "
    rf"| at )(?P<file>(?:[A-Za-z]:[\\/]|/|[\w.-]+[\\/])?[^\n:]{{1,500}}?):(?P<line>\d{{1,7}})\)?\s*$"
)
_WEAK = re.compile(r"^\s*\[?(?P<type>(?:\w+\\{1,2})*[A-Z]\w*(?:Exception|Error))\]?\s*(?:: (?P<message>.*))?$")
_ON_LINE = re.compile(
    r"(?P<kind>(?:PHP )?(?:Fatal error|Parse error|Warning|Notice|Deprecated|Recoverable fatal error"
    r"|Catchable fatal error|Core error|Compile error)): {1,4}(?P<message>[^\n]{1,1500}?) in (?P<file>"
    r"(?:[A-Za-z]:[\\/]|/)[^\n]{1,500}?) on line (?P<line>\d{1,7})"
)
_INSIDE = re.compile(
    r"^\s*#\d{1,5} \{main\}|^\s*thrown in |^\s*(?:PHP )?Stack trace:|^\s*\[stacktrace\]|^\s*Exception trace:|^\s*\"\}"
)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that PHP printed, or one of its frameworks."""
    drafts = collect(block, _GRAMMAR)
    found: list[Draft] = []
    for draft in drafts:
        _innermost(block, draft)
        _outermost_first(block, draft)
        found += _parted(block, draft)
    _chain(block, found)
    used = {line for draft in found for line in range(draft.first, draft.last + 1)}
    for index in range(len(block.lines)):
        text = block.text(index)
        if (
            " on line " in text
            and index not in used
            and (said := _ON_LINE.search(text))
            and not text.lstrip().startswith("thrown")
        ):
            frame = frame_of(block.lines[index], said)
            found.append(
                Draft(
                    ID,
                    index,
                    index,
                    [frame],
                    said["kind"].removeprefix("PHP "),
                    said["message"],
                    sure=True,
                    lines={index},
                )
            )
    return sorted(found, key=lambda draft: draft.first)


def _innermost(block: Block, draft: Draft) -> None:
    """Put the place that the headline names first: the frames below it are its callers."""
    line = block.lines[draft.first]
    found = _HEADLINE.search(line.text)
    if found and draft.exception_type:
        draft.frames.insert(0, frame_of(line, found))


def _outermost_first(block: Block, draft: Draft) -> None:
    """Turn Xdebug's stack round, and read what it belongs to: a message with a place of its own."""
    if not _XDEBUG.match(block.text(max(draft.lines))):
        return
    draft.frames.reverse()
    for index in range(min(draft.lines) - 1, max(-1, min(draft.lines) - 4), -1):
        if said := _ON_LINE.search(block.text(index)):
            draft.exception_type, draft.message, draft.first = said["kind"].removeprefix("PHP "), said["message"], index
            draft.frames.insert(0, frame_of(block.lines[index], said))
            return


def _chain(block: Block, drafts: list[Draft]) -> None:
    """PHP prints what was thrown first, first; `Next` is thrown from it."""
    for before, after in pairwise(drafts):
        if block.text(after.first).lstrip().startswith("Next ") and before.parent is None:
            before.relation, before.parent = Relation.CAUSE, after
        elif "[previous exception]" in block.text(after.first):
            after.relation, after.parent = Relation.CAUSE, before


def _parted(block: Block, draft: Draft) -> list[Draft]:
    """Part the list of Whoops, which begins with the exceptions themselves."""
    lines = sorted(draft.lines)
    whoops = [index for index in lines if _WHOOPS.match(block.text(index))]
    if len(whoops) != len(draft.frames):
        return [draft]
    parts: list[Draft] = []
    for frame, index in zip(draft.frames, whoops, strict=True):
        if frame.function and re.search(r"(?:Exception|Error)$", frame.function):
            part = Draft(ID, index, index, exception_type=frame.function, sure=True)
            if parts:
                part.relation, part.parent = Relation.CAUSE, parts[-1]
            parts.append(part)
            frame = Frame(frame.filename, frame.lineno, None, None, span=frame.span)  # noqa: PLW2901 - its own place
        elif not parts:
            return [draft]
        parts[-1].frames.append(frame)
        parts[-1].last = index
        parts[-1].lines.add(index)
    return parts


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    text = line.text
    if found := _CALL.match(text) or _BARE.match(text):
        return Call(_frame(line, found), number=int(found["number"]), sure=True)
    if found := _WHOOPS.match(text) or _XDEBUG.match(text):
        return Call(frame_of(line, found), number=int(found["number"]) if found.re is _XDEBUG else None)
    if found := _SYMFONY.match(text):
        known = found["file"] != "n/a"
        return Call(frame_of(line, found) if known else Frame(None, None, None, found["function"] or None), sure=known)
    return _on_two_lines(block, index)


def _on_two_lines(block: Block, index: int) -> Call | None:
    """Read the forms of Symfony's page and of Collision, which put function and place on lines of their own."""
    line, text, below = block.lines[index], block.text(index), block.text(index + 1)
    if (named := _TWIG.match(text)) and (place := _BRACKETED.match(below)):
        return Call(frame_of(block.lines[index + 1], place, named["function"]), used=2)
    if (found := _COLLISION.match(text)) and (name := _COLLISION_NAME.match(below)):
        return Call(frame_of(line, found, name["function"]), used=2, number=int(found["number"]))
    found = _AT.match(text)
    return Call(frame_of(line, found), sure=False) if found else None


def _frame(line: Line, found: re.Match[str]) -> Frame:
    function = (found.groupdict().get("function") or "").removesuffix("(").strip()
    return frame_of(line, found, function)


def _headline(line: Line) -> Headline | None:
    if _MAIN.match(line.text):
        return None
    if found := _HEADLINE.search(line.text):
        return Headline(found["type"], line.said(*found.span("message")))
    if found := _WEAK.match(line.text):
        return Headline(found["type"], found["message"])
    return None


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, ends=_MAIN, blanks=2, reach=10, fewest=2)
