"""OpenTelemetry's exceptions: events of spans (deprecated) and log records, old and new names of attributes.

    {"resourceSpans": [{"resource": {"attributes": [{"key": "service.version", "value": {"stringValue": "1.2.3"}}]},
      "scopeSpans": [{"spans": [{"events": [{"name": "exception", "attributes": [
        {"key": "exception.stacktrace", "value": {"stringValue": "Traceback (most recent call last):…"}}]}]}]}]}]}

Also as the SDKs' console exporters print them (attributes are an object), as Jaeger exports them (`tags`, `fields`),
and flat in a line of JSON. The stack is the runtime's own text; without one, `code.*` tells a single frame.
Source: semantic conventions 1.37, exceptions and code; OTLP 1.x in JSON.
"""

from collections.abc import Iterator, Mapping

from backstory.model.stacktrace import Frame
from backstory.stacktraces.records import (
    DEEPEST,
    Build,
    Json,
    Recorded,
    children,
    commit,
    first_number,
    first_text,
    mapping,
    objects,
    text,
)

ID = "opentelemetry"
SIGNS: tuple[str, ...] = (
    *(r"exception\.stacktrace", r"exception\.type", r"code\.stacktrace"),
    *(r"code\.lineno", r"code\.line\.number"),
)

_BAGS = ("attributes", "fields", "tags")
_TYPED = ("stringValue", "intValue", "doubleValue", "string_value", "int_value", "value")
_ERROR = 17
"""The least `severityNumber` of an error."""

Attributes = dict[str, Json]


def exceptions(value: Json) -> list[Recorded]:
    """Return the exceptions of each span and log record."""
    return list(_found(value, {}, {}, DEEPEST))


def _found(value: Json, around: Attributes, processes: Mapping[str, Json], deepest: int) -> Iterator[Recorded]:
    """Yield the exceptions of a value; `around` are the attributes of what it is part of."""
    if not deepest:
        return
    if not isinstance(value, dict):
        for child in children(value):
            yield from _found(child, around, processes, deepest - 1)
        return
    processes = mapping(value.get("processes")) or processes
    resource = mapping(value.get("resource")) or mapping(processes.get(first_text(value, "processID") or ""))
    own = {name: said for name, said in value.items() if "." in name}
    for bag in _BAGS:
        own |= _attributes(value.get(bag))
    known = around | _attributes_of(resource) | own
    if recorded := _exception(own, known, is_error=_is_error(value)):
        yield recorded
    inherited = {name: said for name, said in known.items() if not name.startswith("exception.")}
    for name, child in value.items():
        if name not in {"resource", "processes", *_BAGS}:
            yield from _found(child, inherited, processes, deepest - 1)


def _attributes_of(resource: Mapping[str, Json]) -> Attributes:
    return {name: said for bag in _BAGS for name, said in _attributes(resource.get(bag)).items()}


def _attributes(bag: Json) -> Attributes:
    """Return attributes by name, however they are written."""
    if isinstance(bag, dict):
        return {name: _plain(said) for name, said in bag.items()}
    return {name: _plain(each.get("value")) for each in objects(bag) if (name := first_text(each, "key"))}


def _plain(value: Json) -> Json:
    if isinstance(value, dict):
        return next((value[name] for name in _TYPED if name in value), None)
    return value


def _exception(own: Attributes, known: Attributes, *, is_error: bool) -> Recorded | None:
    exception_type, message = first_text(own, "exception.type"), first_text(own, "exception.message")
    stack = text(own.get("exception.stacktrace")) or text(own.get("code.stacktrace"))
    if stack:
        return Recorded(exception_type, message, stack=stack, build=_build(known))
    frame = _frame(known)
    if frame and (exception_type or message or (is_error and _frame(own))):
        return Recorded(exception_type, message, (frame,), build=_build(known))
    return None


def _frame(attributes: Attributes) -> Frame | None:
    filename = first_text(attributes, "code.file.path", "code.filepath")
    if not filename:
        return None
    namespace, function = first_text(attributes, "code.namespace"), first_text(attributes, "code.function")
    return Frame(
        filename,
        first_number(attributes, "code.line.number", "code.lineno"),
        first_number(attributes, "code.column.number", "code.column"),
        first_text(attributes, "code.function.name") or function,
        module=namespace,
    )


def _is_error(record: Mapping[str, Json]) -> bool:
    """Whether a span's status or a log record's severity says that it failed."""
    status = mapping(record.get("status"))
    said = first_text(status, "code", "status_code") or ""
    severity = record.get("severityNumber", record.get("severity_number"))
    return (
        said in {"2", "STATUS_CODE_ERROR", "ERROR"}
        or (isinstance(severity, int) and severity >= _ERROR)
        or (first_text(record, "severityText", "severity_text") or "").upper() in {"ERROR", "FATAL"}
    )


def _build(known: Attributes) -> Build:
    details = {
        "service": first_text(known, "service.name"),
        "environment": first_text(known, "deployment.environment.name", "deployment.environment"),
        "repository": first_text(known, "vcs.repository.url.full", "vcs.repository.name"),
    }
    return Build(
        commit(first_text(known, "vcs.ref.head.revision", "vcs.repository.ref.revision")),
        first_text(known, "service.version"),
        tuple((name, said) for name, said in details.items() if said),
    )
