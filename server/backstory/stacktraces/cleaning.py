"""A line of the paste → the lines that the program printed, each character knowing where it stands in the paste."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape

from backstory.stacktraces.line import Line
from backstory.stacktraces.prefixes import prefix_length

LONGEST = 4_000
"""Characters of a printed line that are looked at; no frame is longer, and patterns cost what lines are long."""

LONGEST_RAW = 200_000
"""Characters of a pasted line that are looked at: a trace in one line of JSON."""

_STRAIGHT = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\xa0": " ",
        "，": ",",
        "\u200b": " ",
    }
)
_UNUSUAL = re.compile(r"[\x1b\x9b\\<&\x08]|\^\[\[|\\u001b|[^\x00-\x7f]|\]\(http|\[\d{1,2}m")
_COLOURS = re.compile(
    r"\[(?:0|[1-9]\d?)(?:;\d{1,3}){0,4}m|(?:\x1b\[|\x9b|\\u001b\[|\\x1b\[|\\e\[|\\033\[|\^\[\["
    r"|←\[)[0-9;?]{0,20}[A-Za-z]"
    r"|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|\x1b[=>()][AB0]?"
)
_MARKUP = re.compile(
    r"<(?:a|span|div|code|pre|td|li|p|font|b|strong|em)\s[^<>]{0,500}>"
    r"|</(?:a|span|div|code|pre|td|li|tr|p|font|b|strong|em|ul|ol|table)>|<(?:br|hr)\s?/?>|<(?:code|pre"
    r"|span|li|tr|td|div)>"
    r"|&(?:\#\d{1,6}|\#x[0-9a-fA-F]{1,6}|lt|gt|amp|quot|apos|nbsp|\#39);"
)
_LINK = re.compile(r"\[([^\]\[\n]{1,400})\]\(https?://[^)\s]{1,400}\)")
_JSON = re.compile(r'[{,\[]\s*\\?"[\w.@ /-]{1,60}\\?"\s*:|^\s*"[\w.@ /-]{1,60}"\s*:\s*"|\\"')
# An escape inside a string, or what stands between two strings.
_JSON_ESCAPE = re.compile(r'\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])|"\s{0,4}(?:[:,]\s{0,4}\[?\s{0,4}"|[}\]]|,?\s{0,4}$)')
_ESCAPED_BREAK = re.compile(
    r"(?:\\r)?\\n(?=\\t|\s{2}|\s*(?:at |#\d|File \\?\"|from |\.\.\. |\d{1,3}: |[A-Z\[({]|\*\*|\\n|/|$))"
)
_ESCAPED_TAB = re.compile(r"(?<![\w:])\\t(?=at |\S)|(?<=^)\\t")
# A line as Docker's json-file driver keeps it, and the runtimes that write the same.
_DOCKER = re.compile(r'\{"log": ?"((?:[^"\\]|\\.)*?)(?:\\r)?(?:\\n)?", ?"stream": ?"std(?:out|err)".{0,400}\}\s*')
_READABLE = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " "}
# Several frames that a log or a browser has put on one line.
_FLAT = (
    re.compile(r"(?<=\S)\s+(?=at (?:async |new )?[\w$.<>/+`|\[\], -]{1,300} ?\()|(?<=\S)\s+(?=Caused by: )"),
    re.compile(
        r"(?<=\S)\s+(?=#\d{1,4} (?:\S{1,300}\(\d+\): |\{main\}|\[internal function\]))|(?<=\S)\s+"
        r"(?=Stack trace:)"
    ),
    re.compile(r"(?<=[^\s|>\]])\s+(?=File \"[^\"\n]{1,400}\", line \d)"),
    re.compile(r"(?<=\S)\s{2,}(?=\d{1,4}:\s+0x[0-9a-f]+ - )"),
)
_FLAT_SIGN = re.compile(r"\S\s+at \S.{0,300}?\S\s+at \S|\S\s+#\d+ .*\s#\d+ |\S\s+File \"|\S\s{2,}\d{1,4}:\s+0x")


def clean(raw: str, number: int) -> Iterator[Line]:
    """Yield the printed lines that stand on line `number` of the paste; most often one."""
    raw = raw.rstrip("\r\n")[:LONGEST_RAW]
    text: str = raw
    columns: Sequence[int] = range(len(raw))
    if _UNUSUAL.search(raw):
        text, columns = _plain(raw)
    cut = prefix_length(text)
    if text.startswith('{"log":', cut) and (found := _DOCKER.fullmatch(text, cut)):
        text, columns = _replaced(found[1], columns[found.start(1) :], _JSON_ESCAPE, _unescaped)
        cut = prefix_length(text)
    for printed, places in _broken_up(text[cut:], columns[cut:]):
        yield Line(number, printed[:LONGEST].translate(_STRAIGHT), printed[:LONGEST], places[:LONGEST], raw, number)


def _plain(raw: str) -> tuple[str, Sequence[int]]:
    """Return the text without colours, markup and links."""
    text: str = raw
    columns: Sequence[int] = range(len(raw))
    if "[" in raw:
        text, columns = _replaced(text, columns, _COLOURS, lambda _: "")
    if "<" in text or "&" in text:
        text, columns = _replaced(text, columns, _MARKUP, _unmarked)
    if "](http" in text:
        text, columns = _unlinked(text, columns)
    return text, columns


def _unmarked(found: re.Match[str]) -> str:
    return unescape(found[0])[:1] if found[0].startswith("&") else ""


def _unlinked(text: str, columns: Sequence[int]) -> tuple[str, Sequence[int]]:
    kept = ""
    places: list[int] = []
    done = 0
    for link in _LINK.finditer(text):
        kept += text[done : link.start()] + link[1]
        places += [*columns[done : link.start()], *columns[link.start(1) : link.end(1)]]
        done = link.end()
    return kept + text[done:], [*places, *columns[done:]]


def _replaced(
    text: str, columns: Sequence[int], pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]
) -> tuple[str, Sequence[int]]:
    """Replace what `pattern` finds; what is put there stands where the found began."""
    kept: list[str] = []
    places: list[int] = []
    done = 0
    for found in pattern.finditer(text):
        new = by(found)
        kept += [text[done : found.start()], new]
        places += [*columns[done : found.start()], *[columns[found.start()]] * len(new)]
        done = found.end()
    if not done:
        return text, columns
    return "".join([*kept, text[done:]]), [*places, *columns[done:]]


def _broken_up(text: str, columns: Sequence[int], deepest: int = 3) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the lines of a text whose breaks were escaped, or lost; one record of JSON may hold another as text."""
    if "\\n" in text or text[:1] in {"{", "["}:
        if _JSON.search(text):
            text, columns = _replaced(text, columns, _JSON_ESCAPE, _unescaped)
        else:
            text, columns = _replaced(text, columns, _ESCAPED_BREAK, lambda _: "\n")
            text, columns = _replaced(text, columns, _ESCAPED_TAB, lambda _: "\t")
    start = 0
    for piece in text.split("\n"):
        places = columns[start : start + len(piece)]
        if deepest and "\\n" in piece and len(piece) < len(text) and _JSON.search(piece):
            yield from _broken_up(piece, places, deepest - 1)
        else:
            yield from _unflattened(piece.rstrip("\r"), places)
        start += len(piece) + 1


def _unescaped(found: re.Match[str]) -> str:
    if found[0][0] == '"':
        return "\n"
    letter = found[0][1]
    if letter == "u":
        return chr(int(f"0x{found[0][2:]}", 16)).replace("\x1b", "")
    return _READABLE.get(letter, letter)


def _unflattened(text: str, columns: Sequence[int]) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield each frame of a line that holds several."""
    if not _FLAT_SIGN.search(text):
        yield text, columns
        return
    starts = sorted({found.end() for pattern in _FLAT for found in pattern.finditer(text)} - {0})
    for first, end in zip([0, *starts], [*starts, len(text)], strict=True):
        piece = text[first:end].rstrip()
        yield piece, columns[first : first + len(piece)]
