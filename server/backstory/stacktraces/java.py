"""The Java virtual machine: Java, Kotlin, Scala, Groovy, Clojure, Android, Jenkins; logback's and log4j's suffixes.

    Exception in thread "main" java.lang.IllegalStateException: no cart
        at shop.Cart.total(Cart.java:42) ~[shop.jar:1.2]
        at java.base/java.lang.Thread.run(Thread.java:840)
    Caused by: java.io.IOException: closed
        ... 12 more

Source: `java.lang.Throwable.printStackTrace` and `StackTraceElement.toString`, Java 21.
"""

import re

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import AT_CALL

ID = "java"
SIGNS: tuple[str, ...] = (r"\.(?:java|kts?|scala|groovy|clj[cs]?|aj|gradle)(?::\d+)?\)", AT_CALL)

_FILE = r"[\w$-]+(?:\.[\w$-]+)*\.(?:java|kts?|scala|sc|groovy|gvy|clj[cs]?|aj|gradle|jspx?|jsp_|xtend|rb|py|js|mjs|sc)"
_NAME = r"(?:[\w .@()+-]{1,120}//)?(?:[\w.@-]{1,80}/)?[\w$<>\-*/|]+(?:\.[\w$<>\-*/+|;&]+){0,40}"
_WORDY = r"[\w$]+(?:\.[\w$]+)*\.[\w$]+[ #'\",:=\[\]\w.$-]{1,200}?"
_CALL = re.compile(
    rf"(?:(?:^|(?<=[\s:|]))at\s+(?:at\s+)?)(?P<function>{_NAME}|{_WORDY})(?P<blank> ?)"
    rf"\((?:[\w.]{{1,60}}@[\w.+-]{{1,40}}/)?(?:(?P<file>{_FILE})(?::(?P<line>-?\d{{1,7}}))?|"
    r"(?P<hidden>Unknown [A-Z]\w+(?::\d+)?"
    r"|Native [A-Z]\w+|<generated>"
    rf"|<unknown>|Compiled Code|Redefined|NO_FILE|NO_SOURCE_FILE:\d+|:\d{{1,7}})"
    rf"|(?P<bare>[\w$-]+(?:\.[\w$-]+)*):(?P<at>\d{{1,7}}))\)"
)
_BARE_CALL = re.compile(
    r"^\s*(?P<function>[\w$<>]+(?:[./][\w$<>\-|]+){1,40}) ?\((?P<file>(?:[\w$-]+\.(?:java|kt|scala|groovy"
    r"|clj[cs]?)|NO_SOURCE_FILE|REPL)):(?P<line>\d{1,7})\)(?=\s*(?:$|[~\[]))"
)
_OPEN = re.compile(rf"(?:^|(?<=[\s:|]))at\s+(?P<function>{_NAME})\s?\((?P<file>{_FILE}|[\w$]*)?[:.\w]*$")
_NAMELESS = re.compile(r"^\s*at (?P<function>[a-z_]\w*(?:\.[\w$<>]+){2,40})(?:\s+(?:##|//).*)?$")
_KIND = r"(?:[a-zA-Z_$][\w$]*\.)+[A-Z$][\w$]*|[A-Z][\w$]*(?:Exception|Error|Throwable|Failure)"
_HEADLINE = re.compile(
    rf"^\s*(?P<how>Caused by:?|Caused:|Also:|Suppressed:|Wrapped by:?|Fatal Exception:|Exception in thread \"[^\"]*\""
    rf"|Exception in thread [^:]{{1,80}}:?|Unhandled exception:?|\[CIRCULAR REFERENCE:?)?\s*"
    rf"(?P<type>{_KIND})(?::\s?(?P<message>.*)|\s*\]?)$"
)
_ANYWHERE = re.compile(
    r"(?<![\w.$/])(?P<type>(?:[a-z_]\w*\.)+[A-Z]\w*(?:Exception|Error|Throwable))(?::\s(?P<message>.*)|\s*$)"
)
_SAID_AT = re.compile(r"^\s*at (?P<type>(?:[a-z]\w*\.)+[A-Z]\w*(?:Exception|Error))(?P<message>)\s*$")
_INSIDE = re.compile(
    r"^\s*\.\.\. (?P<elided>\d{1,6}) (?:more|common frames omitted|frames? )|^\s*at\s*$|^\s*- (?:locked"
    r"|waiting|parking|eliminated|no longer)\b"
)
_RELATIONS = {"Caused by": Relation.CAUSE, "Suppressed": Relation.SUPPRESSED, "Also": Relation.SUPPRESSED}


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that a Java virtual machine printed."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    if "at" in line.text and (found := _CALL.search(line.text)) and _is_java(found):
        return Call(_frame(line, found), sure=bool(found["line"] or found["hidden"]))
    if "(" in line.text and (found := _BARE_CALL.match(line.text)):
        return Call(frame_of(line, found))
    return _wrapped(block, index) or _cut(block, index)


def _wrapped(block: Block, index: int) -> Call | None:
    """Read a frame that a narrow terminal broke in two."""
    line = block.lines[index]
    if not (_OPEN.search(line.text) and block.text(index + 1)):
        return None
    joined = line.joined(block.lines[index + 1])
    found = _CALL.search(joined.text)
    return Call(_frame(joined, found), used=2) if found and _is_java(found) and found["line"] else None


def _cut(block: Block, index: int) -> Call | None:
    """Read the last frame of a paste that was cut behind the method's name, or one without a place among others."""
    line = block.lines[index]
    if found := _OPEN.search(line.text):
        if "." not in found["function"] or block.text(index + 1).strip():
            return None
        return Call(Frame(None, None, None, found["function"]), sure=False)
    found = _NAMELESS.match(line.text)
    if found and not _SAID_AT.match(line.text) and _CALL.search(block.text(index + 1)):
        return Call(Frame(None, None, None, found["function"]), sure=False)
    return None


def _is_java(found: re.Match[str]) -> bool:
    """Tell it from JavaScript, which prints `at fn (main.js:7)`, with a blank."""
    function, file = found["function"], found["file"] or ""
    if file.endswith(("js", ".py", ".rb")) or found["bare"]:
        return not found["blank"] and "." in function and not function.startswith(("async ", "new "))
    return True


def _frame(line: Line, found: re.Match[str]) -> Frame:
    if found["bare"]:
        return Frame(
            found["bare"],
            int(found["at"]),
            None,
            found["function"].strip(),
            span=line.span(found.start("bare"), found.end("at")),
        )
    frame = frame_of(line, found)
    if frame.lineno is not None and frame.lineno < 0:
        return Frame(frame.filename, None, None, frame.function, span=frame.span)
    return frame


def _headline(line: Line) -> Headline | None:
    if found := _HEADLINE.match(line.text):
        how = (found["how"] or "").rstrip(":")
        if found["type"] == "java.lang.Thread.State":
            return None
        sure = bool(how) or found["type"].endswith(("Exception", "Error", "Throwable"))
        said = line.said(*found.span("message")) if found["message"] is not None else ""
        return Headline(found["type"], said or None, _RELATIONS.get(how), sure=sure)
    if found := _ANYWHERE.search(line.text) or _SAID_AT.match(line.text):
        return Headline(found["type"], (found["message"] or "").strip() or None)
    return None


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, reach=10, gap=0, fewest=2)
