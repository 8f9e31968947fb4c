"""Located stack traces as JSON: the shape that docs/cli.md promises."""

from collections.abc import Iterable

from backstory.model.located import Candidate, LocatedFrame, LocatedTrace, Resolved, Suspect
from backstory.redaction.secrets import mask_secrets


def traces_record(traces: Iterable[LocatedTrace]) -> dict[str, object]:
    """Return all traces of a text; secrets in messages are masked."""
    return {"traces": [_trace(trace) for trace in traces]}


def _trace(located: LocatedTrace) -> dict[str, object]:
    trace = located.trace
    return {
        "dialect": trace.dialect,
        "exception_type": trace.exception_type,
        "message": mask_secrets(trace.message) if trace.message else None,
        "relation": trace.relation.value if trace.relation else None,
        "parent": trace.parent,
        "build": located.build,
        "frames": [_frame(frame) for frame in located.frames],
        "elided": trace.elided,
        "suspects": [_suspect(suspect) for suspect in located.suspects],
        "remarks": list(located.remarks),
    }


def _frame(located: LocatedFrame) -> dict[str, object]:
    frame = located.frame
    return {
        "filename": frame.filename,
        "lineno": frame.lineno,
        "colno": frame.colno,
        "function": frame.function,
        "in_app": is_in_app(located),
        "resolved": _resolved(located.resolved) if located.resolved else None,
        "candidates": [_candidate(each) for each in located.candidates],
        "because": located.because,
    }


def is_in_app(located: LocatedFrame) -> bool | None:
    """Tell whether a frame is of the product: by where it was found, else by what its record says; None if unknown."""
    if located.is_library:
        return False
    return True if located.resolved else located.frame.in_app


def _resolved(resolved: Resolved) -> dict[str, object]:
    return {
        "repository": resolved.repository,
        "path": resolved.path,
        "line": resolved.line,
        "function": resolved.function,
        "state": resolved.state.value,
        "revision": resolved.revision,
        "deleted_by": resolved.deleted_by,
        "because": resolved.because,
    }


def _candidate(candidate: Candidate) -> dict[str, object]:
    return {"repository": candidate.repository, "path": candidate.path, "because": candidate.because}


def _suspect(suspect: Suspect) -> dict[str, object]:
    return {
        "repository": suspect.repository,
        "path": suspect.path,
        "function": suspect.function,
        "line": suspect.line,
        "score": suspect.score,
        "reasons": list(suspect.reasons),
    }
