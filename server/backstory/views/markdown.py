"""The one place that turns untrusted text into Markdown. Nothing here can make a link, an image or HTML."""

import re
from functools import lru_cache

from backstory.redaction.plain_text import one_line, terminal_safe

_ACTIVE = re.compile(
    r"[\\`*\[\]<$]"  # code, emphasis, links, images, HTML, mathematics, VS Code's $(icons)
    r"|(?<!\w)_++|(?<!_)_++(?![^\W_])"  # underscores, unless inside a word
    r"|(?<!\s)~|~(?=~)"  # strikethrough; the tilde of ~/path stays
    r"|&(?=[#A-Za-z])"  # entities
    r"|:(?=//|[\w+-]++:)"  # addresses, :emoji:
    r"|@(?=\w)"  # mail addresses, mentions
    r"|(?<=www)\.",  # bare addresses
    re.IGNORECASE,
)
_FIRST = frozenset("#+-=>|:")
"""What starts a block at the start of a line: headings, lists, rules, quotes, tables, fences."""

_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_BACKTICKS = re.compile(r"`+")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]{1,20}")


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """Return Markdown that shows `text` itself, on one line, wherever in a paragraph it is put."""
    text = one_line(text)
    if text.isalnum():
        return text
    escaped = _ACTIVE.sub(_with_backslashes, text)
    if escaped[:1] in _FIRST:
        return "\\" + escaped
    if text[:1].isdigit() and (numbered := _NUMBERED.match(escaped)):
        return f"{numbered[1]}\\{escaped[numbered.end(1) :]}"
    return escaped


@lru_cache(maxsize=1024)
def code(text: str) -> str:
    """Return a code span that shows `text` on one line; nothing for no text."""
    text = one_line(text)
    if not text:
        return ""
    delimiter = _longer_than_any_run(text, 1)
    padding = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{delimiter}{padding}{text}{padding}{delimiter}"


def fence(text: str, language: str = "") -> str:
    """Return a fenced block that shows `text` line by line and ends where `text` ends."""
    text = terminal_safe(text)
    delimiter = _longer_than_any_run(text, 3)
    info = language if _LANGUAGE.fullmatch(language) else ""
    newline = "" if text.endswith("\n") else "\n"
    return f"{delimiter}{info}\n{text}{newline}{delimiter}"


def _with_backslashes(match: re.Match[str]) -> str:
    return "".join("\\" + character for character in match[0])


def _longer_than_any_run(text: str, shortest: int) -> str:
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    return "`" * max(shortest, longest + 1)
