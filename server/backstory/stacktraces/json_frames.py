"""Frames that loggers and error trackers write as objects: one list of names for each thing a frame tells."""

import re
from collections.abc import Mapping

from backstory.model.stacktrace import Frame
from backstory.stacktraces.records import Json, first_number, first_text, mapping, objects

STACKS = {
    "frames": True,  # structlog, Rollbar, Quarkus
    "extendedStackTrace": False,  # Log4j 2
    "stepArray": False,  # Logback
    "stackTrace": False,  # a Throwable as Jackson writes it; AWS Lambda
    "stacktrace": False,  # Bugsnag, Elastic APM
    "parsedStack": False,  # Application Insights
    "backtrace": False,  # Airbrake
    "stack": False,  # AWS X-Ray
}
"""Where frames stand → whether they stand oldest first."""

# A stack of Java's in AWS Lambda: com.example.Handler.handle(Handler.java:12)
_JAVA = re.compile(r"(?P<function>[\w.$<>]{3,300})\((?P<file>[\w$-]{1,120}\.\w{1,8}):(?P<line>\d{1,7})\)")


def frames_of(value: Json, name: str) -> tuple[Frame, ...]:
    """Return the frames of a list that stands under `name`, innermost first; none where it holds something else."""
    if not isinstance(value, list):
        return ()
    if value and all(isinstance(each, str) and _JAVA.fullmatch(each) for each in value):
        found = [match for each in value if isinstance(each, str) and (match := _JAVA.fullmatch(each))]
        return tuple(Frame(match["file"], int(match["line"]), None, match["function"]) for match in found)
    said = objects(value)
    frames = [_frame(each) for each in said]
    if not any(frame.lineno for frame in frames) or not all(frame.filename or frame.function for frame in frames):
        return ()
    is_java = any("class" in each for each in said)
    return tuple(reversed(frames) if STACKS[name] and not is_java else frames)


def _frame(said: Mapping[str, Json]) -> Frame:
    line = mapping(said.get("line"))
    method = first_text(said, "function", "method", "methodName", "label", "name")
    owner = first_text(said, "class", "className", "class_name", "classname")
    return Frame(
        first_text(said, "fileName", "filename", "file", "abs_path", "path"),
        first_number(said, "lineno", "lineNumber", "line") or first_number(line, "number"),
        first_number(said, "colno", "columnNumber", "column") or first_number(line, "column"),
        f"{owner}.{method}" if owner and method else method or owner,
        module=first_text(said, "module", "moduleName", "assembly"),
        in_app=_in_app(said),
        context_line=first_text(said, "context_line", "code") or first_text(line, "context"),
    )


def _in_app(said: Mapping[str, Json]) -> bool | None:
    for name, meaning in (("in_app", True), ("inProject", True), ("library_frame", False)):
        if isinstance(told := said.get(name), bool):
            return told is meaning
    return None
