"""Located traces as JSON: what `backstory stacktrace --json` prints, with the URIs of what can be opened."""

from attrs import asdict

from backstory.lsp.located import Located, Meant
from backstory.model.located import LocatedFrame, LocatedTrace


def located_json(located: Located) -> dict[str, object]:
    """Return the answer as it stands on the wire."""
    return {"traces": [_trace(located, trace) for trace in located.traces]}


def _trace(located: Located, trace: LocatedTrace) -> dict[str, object]:
    return {
        "dialect": trace.trace.dialect,
        "exception_type": trace.trace.exception_type,
        "message": trace.trace.message,
        "frames": [_frame(located, frame) for frame in trace.frames],
        "suspects": [_meant(located, suspect) for suspect in trace.suspects],
        "remarks": list(trace.remarks),
    }


def _frame(located: Located, frame: LocatedFrame) -> dict[str, object]:
    printed = frame.frame
    return {
        "filename": printed.filename,
        "lineno": printed.lineno,
        "colno": printed.colno,
        "function": printed.function,
        "in_app": False if frame.is_library else True if frame.resolved else printed.in_app,
        "resolved": _meant(located, frame.resolved) if frame.resolved else None,
        "candidates": [_meant(located, each) for each in frame.candidates],
        "because": frame.because,
    }


def _meant(located: Located, meant: Meant) -> dict[str, object]:
    """Return a place in a file, with its URI; None for what may not be opened."""
    target = located.target(meant, None)
    return asdict(meant) | {"uri": target.uri if target else None}
