r"""Native stacks that name modules and symbols: glibc, glog, boost, g3log, folly, WinDbg's `k` and STACK_TEXT.

    /lib/x86_64-linux-gnu/libc.so.6(abort+0x1d3)[0x7f3479d2653c]
        @     0x7f22 shop::total()
     0# shop::total() at /src/shop/cart.cc:12
    00000000`0019f6f8 00007ff6`1c2 : … : shop!total+0x1b [C:\src\cart.cc @ 12]

Source: `backtrace_symbols(3)`; glog's `DumpStackTrace`; Boost.Stacktrace 1.65 to 1.86; WinDbg's `k`.
"""

import re

from attrs import evolve

from backstory.model.stacktrace import Frame
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import ADDRESS
from backstory.stacktraces.symbols import function_name

ID = "native"
SIGNS: tuple[str, ...] = (
    r"#\d{2,4} +pc [0-9a-f]",
    ADDRESS,
    r"# [\w:~<(][^\n]{0,800}(?: at [^\n]{1,300}:\d+| in \S+)$",
    r"`[0-9a-f]{8} ",
    r"![\w:~<>?@$]{1,300}\+0x[0-9a-f]",
)

_GLIBC = re.compile(
    r"^\s*(?:\d{1,3} )?\[?(?:bt\])?(?: \(\d+\) )?(?P<module>[^\s()\[\]]{1,400})\((?P<symbol>[^\s()]{0,1500}"
    r"|[^\n]{0,800}\)(?:\+0x[0-9a-f]+)?)\)\s?\[0x[0-9a-fA-F]+\]\s*$"
)
_GLIBC_BARE = re.compile(r"^\s*(?P<module>(?:/|\./)[^\s()\[\]]{1,400})(?P<symbol>)\s?\[0x[0-9a-fA-F]{4,16}\]\s*$")
_GLOG = re.compile(r"^\s*@\s+(?:0x)?[0-9a-fA-F]{6,16}\s+(?P<symbol>\S[^\n]{0,1500}?)\s*$")
_TOMBSTONE = re.compile(
    r"^\s*#(?P<number>\d{2,4})\s+pc (?:0x)?[0-9a-f]{4,16}\s+(?P<module>[^\s()]{1,400})(?: \(offset 0x[0-9a-f]+\))?"
    r"(?: \((?P<symbol>(?!BuildId)[^\n]{1,800}?)(?:\+\d+)?\))?(?: \(BuildId: [0-9a-f]+\))?\s*$"
)
_DUMP = re.compile(
    r"^\s*stack dump \[(?P<number>\d{1,4})\]\s+(?P<module>[^\s()+]{1,400}?(?:\.so(?:\.\d+)*)?)"
    r"(?P<symbol>[A-Za-z_]\w*)?(?:\s?:? ?"
    r"(?P<name>[\w:~<>(), *&]{2,400}?))?\+0x[0-9a-f]+ \[0x[0-9a-f]+\]\s*$"
)
_BOOST = re.compile(
    r"^\s*(?P<number>\d{1,4})# (?P<symbol>\S[^\n]{0,1500}?)(?: at (?P<file>[^\n]{1,500}?):(?P<line>\d{1,7})"
    r"| in (?P<module>\S{1,400}))\s*$"
)
_WINDBG = re.compile(
    r"^\s*(?:[0-9a-f]{1,3} )?(?:\(Inline Function\) -{8}`?-{8} |(?:[0-9a-f]{8}(?:`[0-9a-f]{8})? ){1,2}"
    r"(?:: )?(?:[0-9a-f]{8}"
    r"(?:`[0-9a-f]{8})? ){0,5}(?:: )?)(?P<symbol>[\w.]{1,80}![^\s\[]{1,600})(?: \["
    r"(?P<file>[^\n\]]{1,400}?) @ (?P<line>\d{1,7})\])?"
)
_SAID = re.compile(
    r"\*\*\* Error in `(?P<program>[^']{1,300})': (?P<error>.*?) \*\*\*|^\*\*\* (?P<type>SIG\w+) \("
    r"(?P<signal>.*)|Received fatal signal: (?P<fatal>\S+)|^\*\*\* (?P<aborted>Aborted at .*"
    r"|Check failure.*)"
)
_INSIDE = re.compile(r"^=+ Backtrace: =+|^\s*PID: |^\s*\(Inline\)|^WARNING: ")
_ENDS = re.compile(r"^=+ Memory map: =+")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that a native runtime or debugger printed."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    text = line.text
    if found := _GLIBC.match(text) or _GLIBC_BARE.match(text):
        symbol = found["symbol"]
        return Call(_named(symbol.rpartition("+")[0] or symbol, found["module"]), sure="+0x" in symbol)
    if found := _GLOG.match(text):
        return Call(_named(found["symbol"].removeprefix("(unknown)"), None), sure=False)
    if found := _TOMBSTONE.match(text) or _DUMP.match(text):
        symbol = found["symbol"] or found.groupdict().get("name") or ""
        return Call(_named(symbol, found["module"]), number=int(found["number"]))
    if found := _BOOST.match(text):
        return _boost(line, found)
    found = _WINDBG.match(text) if "!" in text else None
    return _windbg(line, found) if found else None


def _windbg(line: Line, found: re.Match[str]) -> Call:
    name = re.sub(r"\+0x[0-9a-fA-F]+$", "", found["symbol"])
    return Call(evolve(frame_of(line, found, name), module=name.partition("!")[0]))


def _boost(line: Line, found: re.Match[str]) -> Call:
    function = function_name(found["symbol"])
    return Call(frame_of(line, found, function or ""), number=int(found["number"]), sure=bool(found["file"]))


def _named(symbol: str, module: str | None) -> Frame:
    return Frame(None, None, None, function_name(symbol), module=module)


def _headline(line: Line) -> Headline | None:
    found = _SAID.search(line.text)
    if not found:
        return None
    if found["error"]:
        return Headline(None, found["error"])
    if found["fatal"]:
        return Headline(found["fatal"], found[0])
    return Headline(found["type"], found["aborted"] or found["signal"])


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, ends=_ENDS, reach=6, fewest=2)
