"""Names of native functions: what of a symbol is the name, and what its arguments."""

import re

_NAMELESS = {
    "??",
    "???",
    "<null>",
    "<unknown>",
    "<unknown symbol>",
    "(null)",
    "<no symbol>",
    "unknown",
    "<redacted>",
    "n/a",
    "0",
}
_OFFSET = re.compile(r" ?\+ ?(?:0x[0-9a-fA-F]+|\d+)$")
_QUALIFIERS = re.compile(
    r"(?:\s(?:const|volatile|noexcept|&{1,2}|\[clone [^\]]{1,60}\]|\(\.[\w.]{1,60}\)|\[[\w.:]{1,40}\]))+$"
)


def function_name(symbol: str) -> str | None:
    """Return the symbol without its arguments and offset, or None where it stands for none."""
    name = _OFFSET.sub("", symbol.strip())
    if not name or name in _NAMELESS or name.startswith("0x"):
        return None
    return without_arguments(name) or None


def without_arguments(symbol: str) -> str:
    """Return a C++ symbol without its arguments: `(anonymous namespace)::f` of `(anonymous namespace)::f(int)`."""
    bare = _QUALIFIERS.sub("", symbol.rstrip())
    if bare.startswith(("-[", "+[")):
        return symbol.strip()
    if bare.endswith(")"):
        depth = 0
        for index in range(len(bare) - 1, -1, -1):
            depth += (bare[index] == ")") - (bare[index] == "(")
            if not depth:
                return _before(bare, index)
        return bare
    depth = 0
    opened = -1
    for index, character in enumerate(bare):
        if character == "(":
            opened = index if not depth else opened
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
    return _before(bare, opened) if depth and opened > 0 else symbol.strip()


def _before(symbol: str, bracket: int) -> str:
    """Return what stands before the arguments; an operator's own brackets and a nameless scope are part of the name."""
    name = symbol[:bracket].rstrip()
    if not name or name.endswith(("operator", "::")):
        return symbol
    return name
