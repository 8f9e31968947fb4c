r"""Lines of JSON as loggers and clouds write them: which of their fields name the exception, and the build.

    {"level":50,"err":{"type":"TypeError","stack":"TypeError: no cart\n    at total (/app/cart.js:42:7)"}}
    {"errorType":"KeyError","errorMessage":"'total'","stackTrace":["  File \"/var/task/cart.py\", line 42, in total\n"]}

Most hold the stack as text, which a dialect reads; some hold frames as objects. Written for pino, winston, bunyan,
Logback, Log4j 2, Logstash, Quarkus, structlog, zap, Serilog, Elastic's schema, Google Cloud, AWS Lambda and X-Ray,
Application Insights, Datadog, Rollbar, Bugsnag and Airbrake.
"""

import json
import re
from collections.abc import Iterator, Mapping

from attrs import define, evolve, field

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.json_frames import STACKS, frames_of
from backstory.stacktraces.records import (
    DEEPEST,
    Build,
    Json,
    Recorded,
    commit,
    first_number,
    first_text,
    mapping,
    text,
)

ID = "json"
SIGNS: tuple[str, ...] = (
    *(r'stackTrace\\?"', r'stacktrace\\?"', r'stack_trace\\?"', r'StackTrace\\?"', r'stack\\?"'),
    *(r'parsedStack\\?"', r'stepArray\\?"', r'frames\\?"', r'backtrace\\?"', "reportLocation"),
)

_TYPES = (
    *("errorType", "errorClass", "exceptionType", "exc_type", "typeName", "exception_class"),
    *("className", "class", "type", "kind"),
)
_MESSAGES = (
    *("errorMessage", "exc_value", "message", "error", "msg"),
    *("value", "description"),
)
_TEXTS = frozenset(
    {
        *("stack", "stack_trace", "stackTrace", "stacktrace", "exception", "exc_info", "errorVerbose"),
        *("rawStack", "traceback", "backtrace", "trace", "@x"),
    }
)
"""Fields beside which the exception's type and message stand."""

_BELONGING = {
    "cause": Relation.CAUSE,
    "causedBy": Relation.CAUSE,
    "innerException": Relation.CAUSE,
    "suppressed": Relation.SUPPRESSED,
}
_CHAINS = frozenset({"exceptions", "exception", "trace_chain", "errors", "details"})
"""Lists in which each exception was raised from the next."""

_REVISIONS = ("vcs.ref.head.revision", "git.commit.sha", "git_commit", "commit", "revision", "code_version")
_RELEASES = (
    *("service.version", "serviceContext.version", "app.version", "dd.version", "release"),
    *("application_Version", "code_version"),
)
_ENVIRONMENTS = ("service.environment", "deployment.environment", "environment", "dd.env")
_TYPE = re.compile(r"[A-Za-z_$][\w.$:\\+<>-]{0,200}")


def exceptions(value: Json) -> list[Recorded]:
    """Return the exceptions of a record, or of a list of records."""
    if isinstance(value, list):
        found: list[Recorded] = []
        for each in value:
            before = len(found)
            found += [
                told if told.parent is None else evolve(told, parent=told.parent + before) for told in _of_record(each)
            ]
        return found
    return _of_record(value)


def _of_record(value: Json) -> list[Recorded]:
    flat = dict(_flat(_unfolded(value), DEEPEST))
    reading = _Reading(_build(flat))
    reading.read(_nested(mapping(value)), None, None, DEEPEST)
    return reading.found or list(_reported(flat, reading.build))


@define
class _Reading:
    """A record while it is read."""

    build: Build
    found: list[Recorded] = field(factory=list)

    def read(self, value: Json, owner: int | None, relation: Relation | None, deepest: int) -> int | None:
        """Read what a value holds; return the index of the exception with frames that it is, or that it wraps."""
        value = _unfolded(value)
        if not deepest or not isinstance(value, dict):
            return None
        own = self._add(value, owner, relation)
        if own is None:
            self._add_texts(value)
        first = own
        for name, child in value.items():
            belongs = _BELONGING.get(name)
            if own is not None and belongs is None and name not in _CHAINS:
                continue
            passed = (own, belongs) if belongs and own is not None else (owner, relation)
            inner = self._read_all(child, *passed, deepest - 1, is_chain=name in _CHAINS)
            first = inner if first is None else first
        return first

    def _read_all(
        self, value: Json, owner: int | None, relation: Relation | None, deepest: int, *, is_chain: bool
    ) -> int | None:
        value = _unfolded(value)
        if not isinstance(value, list):
            return self.read(value, owner, relation, deepest)
        first = None
        for child in value:
            inner = self.read(child, owner, relation, deepest)
            if inner is not None and is_chain:
                owner, relation = inner, Relation.CAUSE
            first = inner if first is None else first
        return first

    def _add(self, holder: dict[str, Json], owner: int | None, relation: Relation | None) -> int | None:
        """Add the exception that an object is, where it has frames."""
        frames = next((found for name in STACKS if (found := frames_of(holder.get(name), name))), ())
        if not frames:
            return None
        exception_type, message = _headline(holder)
        elided = first_number(holder, "commonElementCount", "commonFramesCount") or 0
        self.found.append(
            Recorded(
                *(exception_type, message, frames),
                relation=relation,
                parent=owner,
                elided=elided,
                build=self.build,
            )
        )
        return len(self.found) - 1

    def _add_texts(self, holder: Mapping[str, Json]) -> None:
        """Add the stacks that an object holds as text."""
        for name, value in holder.items():
            if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
                stack = "\n".join(str(line) for line in value)
            elif isinstance(value, str) and (name in _TEXTS or "\n" in value):
                stack = value
            else:
                continue
            exception_type, message = _headline(holder) if name in _TEXTS else (None, None)
            self.found.append(
                Recorded(exception_type, None if message == stack.strip() else message, stack=stack, build=self.build)
            )


def _headline(holder: Mapping[str, Json]) -> tuple[str | None, str | None]:
    """Return the type and the message that stand beside a stack; a logger's own name is no type."""
    said = {**holder, **mapping(holder.get("exception"))}
    exception_type = first_text(said, *_TYPES) or (None if "level" in said else first_text(said, "name"))
    return (
        exception_type if exception_type and _TYPE.fullmatch(exception_type) else None,
        first_text(said, *_MESSAGES),
    )


def _unfolded(value: Json) -> Json:
    """Return the record that a text holds, as clouds put one inside another."""
    if isinstance(value, str) and value[:2] in {'{"', "[{"} and value.rstrip()[-1:] in {"}", "]"}:
        try:
            inner: Json = json.loads(value)
        except (ValueError, RecursionError):
            return value
        return inner
    return value


def _nested(fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return fields named `error.type` as objects in objects."""
    found: dict[str, Json] = {}
    for name, value in fields.items():
        head, _, rest = name.partition(".")
        inner = found.get(head)
        if rest and head and isinstance(inner, dict | None):
            found[head] = {**(inner or {}), rest: value}
        elif isinstance(inner, dict) and isinstance(value, dict):
            found[name] = {**inner, **value}
        else:
            found[name] = value
    return found


def _flat(value: Json, deepest: int, before: str = "") -> Iterator[tuple[str, Json]]:
    """Yield each plain value of objects in objects with its dotted name."""
    for name, child in mapping(value).items():
        inner = _unfolded(child)
        if isinstance(inner, dict) and deepest:
            yield from _flat(inner, deepest - 1, f"{before}{name}.")
        else:
            yield f"{before}{name}", inner


def _ending(flat: Mapping[str, Json], names: tuple[str, ...]) -> str | None:
    """Return the value of the first of these names, wherever in the record it stands."""
    for name in names:
        for place, value in flat.items():
            if (place == name or place.endswith(f".{name}")) and (said := text(value)):
                return said
    return None


def _build(flat: Mapping[str, Json]) -> Build:
    environment = _ending(flat, _ENVIRONMENTS)
    return Build(
        commit(_ending(flat, _REVISIONS)),
        _ending(flat, _RELEASES),
        (("environment", environment),) if environment else (),
    )


def _reported(flat: Mapping[str, Json], build: Build) -> Iterator[Recorded]:
    """Yield the one place that Google Cloud's Error Reporting is told where there is no stack."""
    filename = _ending(flat, ("context.reportLocation.filePath",))
    lineno = _ending(flat, ("context.reportLocation.lineNumber",))
    if filename and lineno and lineno.isdecimal():
        function = _ending(flat, ("context.reportLocation.functionName",))
        frame = Frame(filename, int(lineno) or None, None, function)
        yield Recorded(None, _ending(flat, ("message",)), (frame,), build=build)
