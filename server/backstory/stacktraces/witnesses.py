"""Whether a file's text bears a frame out: the quoted line stands in it, or a function of that name does."""

import re

from backstory.model.stacktrace import Frame

_NAMELESS = frozenset({"main", "new", "run", "call", "init", "constructor", "anonymous", "module", "default", "object"})

LINE_IN_PLACE = 6
"""The quoted line stands at the frame's own number."""

LINE_ELSEWHERE = 4
FUNCTION_AROUND = 3
"""A function of that name begins at or above the frame's line."""

FUNCTION_NAMED = 1
NOTHING = 0


_LONGEST = 1_000
"""Characters of a line; a longer one is no source that a person wrote."""

_DEFINED = (
    r"\b(?:def|defp|defmacro|func|fun|fn|function\*?|sub|class|module|object|struct)[ \t]+(?:\([^)\n]*\)[ \t]*)?"
    r"(?:\w+[.:])*NAME\b"
    r"|^[ \t]*(?!(?:return|await|throw|raise|new|else|yield|assert|case|go|defer)\b)"
    r"(?:[\w<>\[\],.?@*&:]+[ \t]+)+[*&]?(?:\w+(?:::|\.))*NAME[ \t]*\("
    r"|^[ \t]*\*?NAME[ \t]*\([^;\n]*\)[^;\n()]*\{[ \t]*$"
    r"|\bNAME[ \t]*[:=][ \t]*(?:async[ \t]+)?(?:function\b|\([^)\n]*\)[^=\n]*=>|\w+[ \t]*=>|->|lambda\b)"
)
"""How languages begin a function; a mere call begins none."""


def borne_out(frame: Frame, text: str) -> int:
    """Return how much a file's text speaks for a frame: one of the numbers above, higher is more."""
    lines = text.split("\n")
    number = frame.lineno or 0
    if frame.context_line and len(frame.context_line) > 5:
        if 0 < number <= len(lines) and lines[number - 1].strip() == frame.context_line:
            return LINE_IN_PLACE
        return LINE_ELSEWHERE if any(line.strip() == frame.context_line for line in lines) else NOTHING
    name = _simple_name(frame.function)
    if not name or name not in text or number > len(lines):
        return NOTHING
    above = "\n".join(line for line in lines[:number] if len(line) < _LONGEST)
    if re.search(_DEFINED.replace("NAME", re.escape(name)), above, re.MULTILINE):
        return FUNCTION_AROUND
    return FUNCTION_NAMED if re.search(rf"\b{re.escape(name)}\b", text) else NOTHING


def _simple_name(function: str | None) -> str | None:
    """Return a function's own name: `total` of `shop::Cart<T>::total::{{closure}}`; None where it has none to go by."""
    names = re.findall(r"[A-Za-z_]\w+", re.sub(r"<[^<>]*>|\{\{[^}]*\}\}|::h[0-9a-f]{16}$|\(.*", "", function or ""))
    return names[-1] if names and names[-1] not in _NAMELESS else None
