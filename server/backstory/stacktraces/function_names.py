r"""The names in a function as a runtime prints it: `('Server', 'Start')` of `main.(*Server).Start.func1`.

What a compiler or a runtime added is left out: arguments, types, closures, arity, hashes, how the call came about. So
what is left can be held against names in source, whose qualification a runtime knows better or worse.
"""

import re

_AS_CALLED = re.compile(r"\s*\[as [^\]]*\]$")
_LEADING = re.compile(
    r"^(?:(?:async|new|get|set|static|bound|fn|at|"
    r"block(?: \(\d+ levels\))? in|rescue in|ensure in|"
    r"(?:specialized |partial apply for |implicit )*closure #\d+ (?:\([^)]*\) )?(?:@\w+ )?in)\s+)+"
)
_RECEIVER = re.compile(r"(?<![\w ])\(\*?([\w.]+)\)(?=\.)")
_RUST_AS = re.compile(r"^<(?:impl )?(.+?) as [^>]*(?:<[^<>]*>)*>(?=::)")
_BRACKETED = re.compile(r"<[^<>]*>|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_STATE_MACHINE = re.compile(r"<(\w+)>[a-z]__\w*(?:\.MoveNext)?")
_JAVA_MODULE = re.compile(r"^[\w.-]+(?:@[\w.+-]+)?/(?=[\w$])")
_ARITY = re.compile(r"/\d+$")
_LAMBDA = re.compile(r"\blambda\$(\w+?)\$\d+|\$anonfun\$(\w+?)\$\d+")
_CLOJURE = re.compile(r"(\$[\w$]+)\.(?:invoke|doInvoke|applyTo|invokeStatic)$")
_SEPARATORS = re.compile(r"::|->|[.#\\/$]|--")
_WORD = re.compile(r"[^\W\d][\w?!=]*")
_NOT_NAMED = re.compile(
    r"func\d*|closure\d*|anonymous|anonfun|h[0-9a-f]{16}|fn__\d+|_run_closure\d+|_closure\d+|locals"
)
_AROUND = {"Object", "Module", "Function", "self", "this"}


def name_parts(printed: str) -> tuple[str, ...]:
    """Return the names of a function, outer ones first; none for code that has no name of its own."""
    text = _AS_CALLED.sub("", printed.strip())
    text = _LEADING.sub("", text)
    text = _LAMBDA.sub(lambda found: found[1] or found[2], text)
    text = _STATE_MACHINE.sub(r"\1", text)
    text = _RUST_AS.sub(r"\1", text)
    text = _RECEIVER.sub(r"\1", text)
    text = _JAVA_MODULE.sub("", _ARITY.sub("", text))
    text = _CLOJURE.sub(r"\1", text)
    while (bare := _BRACKETED.sub("", text)) != text:
        text = bare
    parts = [part.strip() for part in _SEPARATORS.split(text)]
    named = [part for part in parts if _WORD.fullmatch(part) and not _NOT_NAMED.fullmatch(part)]
    return tuple(named[1:] if len(named) > 1 and named[0] in _AROUND else named)
