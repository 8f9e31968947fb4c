"""Stack traces as text that a person reads: one line per trace, one per frame, with what the paste has at its place."""

from backstory.model.stacktrace import Frame, StackTrace


def as_data(traces: list[StackTrace], text: str) -> list[dict]:
    """Return traces as the expected JSON holds them: what is None is left out."""
    lines = text.split("\n")
    return [without_none(trace_data(trace, lines)) for trace in traces]


def trace_data(trace: StackTrace, lines: list[str]) -> dict:
    return {
        "dialect": trace.dialect,
        "exception_type": trace.exception_type,
        "message": trace.message,
        "lines": [trace.lines.first, trace.lines.last],
        "relation": trace.relation and trace.relation.value,
        "parent": trace.parent,
        "elided": trace.elided or None,
        "revision": trace.revision,
        "release": trace.release,
        "details": dict(trace.details) or None,
        "frames": [without_none(frame_data(frame, lines)) for frame in trace.frames],
    }


def frame_data(frame: Frame, lines: list[str]) -> dict:
    span = frame.span
    return {
        "filename": frame.filename,
        "lineno": frame.lineno,
        "colno": frame.colno,
        "function": frame.function,
        "module": frame.module,
        "in_app": frame.in_app,
        "context_line": frame.context_line,
        "place": span and f"{span.line}: {lines[span.line - 1][span.first : span.end]}",
    }


def without_none(data: dict) -> dict:
    return {name: value for name, value in data.items() if value is not None}
