"""JavaScript as Firefox, Safari and React's component stacks print it, and the consoles of Chrome and Firefox.

    total@https://shop.example/cart.js:12:7
    (anonymous) @ main.js:3
    forEach@[native code]

Source: `Error.prototype.stack` on MDN; DevTools' "Copy stack trace".
"""

import re

from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft
from backstory.stacktraces.javascript import headline
from backstory.stacktraces.signs import PLACE, SCRIPT

ID = "browser"
SIGNS: tuple[str, ...] = (PLACE, SCRIPT)

_AT_SIGN = re.compile(
    r"^\s*(?P<function>[^@\n\"']{0,200}?)@(?P<file>(?:[a-z][\w-]{1,30}:|[a-z]+ .{0,80}? > )?(?://|/"
    r"|[A-Za-z]:\\|webpack|resource|chrome|moz)[^\s]{0,800}?|\[native code\]|[^\s@:/]{1,200}\.[cm]?[jt]sx?)"
    r"(?::(?P<line>\d{1,7}))?(?: > [\w ]{1,40})?(?::(?P<col>\d{1,9}))?\s*$"
)
_CHROME = re.compile(
    r"^\s*(?P<function>[\w$.<>()\[\] #]{1,200}?)\s+@\s+(?P<file>[^\s:]{1,400}|https?://[^\s]{1,800}?):"
    r"(?P<line>\d{1,7})(?::(?P<col>\d{1,9}))?\s*$"
)
_SPACED = re.compile(
    r"^\s+(?P<function>[A-Za-z_$<][\w$./<>*]{0,200}) (?P<file>(?:https?|file|webpack|resource"
    r"|moz-extension)://[^\s]{1,800}?):(?P<line>\d{1,7})(?::(?P<col>\d{1,9}))?\s*$"
)
_ASYNC = re.compile(r"^[\w ]{1,40}\*")
_INSIDE = re.compile(
    r"\(async\)\s*$|^\s*[A-Za-z][\w.]*\([A-Z]\w*\)\s*$|^\s*(?:setTimeout|Promise|await|requestAnimationFrame)\b"
)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that a browser printed."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    text = line.text
    if "@" in text:
        if found := _AT_SIGN.match(text):
            native = found["file"] == "[native code]"
            function = _ASYNC.sub("", found["function"].strip())
            return Call(frame_of(line, found, function), sure=bool(found["line"])) if native or found["line"] else None
        found = _CHROME.match(text)
        script = found is not None and re.search(
            r"\.(?:[cm]?[jt]sx?|html?|vue)(?:\?|$)|^VM\d+|^https?://", found["file"]
        )
        return Call(frame_of(line, found), sure=False) if found and script else None
    if "://" in text and (found := _SPACED.match(text)):
        return Call(frame_of(line, found), sure=False)
    return None


_GRAMMAR = Grammar(ID, _call, headline, inside=_INSIDE, gap=1, reach=8, fewest=2)
