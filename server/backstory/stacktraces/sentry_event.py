"""Sentry's events, as its interface exports them (camelCase) and as its SDKs send them (snake_case).

    {"exception": {"values": [{"type": "KeyError", "value": "'total'", "stacktrace": {"frames": [
        {"filename": "shop/cart.py", "abs_path": "/app/shop/cart.py", "function": "total", "lineno": 42, "in_app": true}
    ]}}]}, "release": "shop@1.2.3"}

Frames and chained exceptions stand oldest first. Bugsink and GlitchTip speak the same.
Source: https://develop.sentry.dev/sdk/data-model/event-payloads/ and the schema of Sentry's interface.
"""

from collections.abc import Iterator, Mapping

from attrs import evolve

from backstory.model.stacktrace import Frame, Relation
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

ID = "sentry"
SIGNS: tuple[str, ...] = ('frames"',)

_EXCEPTION = ("exception", "sentry.interfaces.Exception")
_STACK = ("stacktrace", "sentry.interfaces.Stacktrace")


def exceptions(value: Json) -> list[Recorded]:
    """Return the exceptions of each event."""
    found: list[Recorded] = []
    for event in _events(value, DEEPEST):
        before = len(found)
        found += [
            each if each.parent is None else evolve(each, parent=each.parent + before) for each in _of_event(event)
        ]
    return found


def _events(value: Json, deepest: int) -> Iterator[dict[str, Json]]:
    """Yield the objects that hold Sentry's frames, wherever a webhook or an export has put them."""
    if isinstance(value, dict) and _of_event(value):
        yield value
    elif deepest:
        for child in children(value):
            yield from _events(child, deepest - 1)


def _of_event(event: Mapping[str, Json]) -> list[Recorded]:
    entries = {text(entry.get("type")): entry.get("data") for entry in objects(event.get("entries"))}
    build = _build(event)
    values = _values(*(event.get(name) for name in _EXCEPTION), entries.get("exception"))
    threads = _values(event.get("threads"), entries.get("threads"))
    found = _chain(values, build)
    bare = not any(each.frames for each in found)
    crashed = next((thread for thread in threads if thread.get("crashed") or thread.get("current")), None)
    stacks = [event.get(name) for name in _STACK] + [entries.get("stacktrace"), _stack(crashed or {})]
    if bare and (frames := next(filter(None, map(_frames, stacks)), ())):
        last = found[0] if found else Recorded(None, _headline(event, entries))
        found = [Recorded(last.exception_type, last.message, frames, build=build), *found[1:]]
    if any(each.frames for each in found):
        found += _others([thread for thread in threads if thread is not crashed], build)
    return found if any(each.frames for each in found) else []


def _values(*places: Json) -> list[dict[str, Json]]:
    """Return the exceptions, or threads, of the first place that has any."""
    for place in places:
        found = objects(mapping(place).get("values")) or objects(place)
        if not found and isinstance(place, dict) and "stacktrace" in place:
            found = [place]
        if found:
            return found
    return []


def _chain(values: list[dict[str, Json]], build: Build) -> list[Recorded]:
    """Return chained exceptions, the one that ended the program first."""
    newest_first = values[::-1]
    ids = [_mechanism(each).get("exception_id") for each in newest_first]
    places = {each: at for at, each in enumerate(ids) if isinstance(each, int)}
    found = []
    for at, each in enumerate(newest_first):
        parent, relation = _parent(at, newest_first, places)
        stack = _stack(each)
        left_out = mapping(stack).get("framesOmitted") or mapping(stack).get("frames_omitted")
        recorded = Recorded(
            first_text(each, "type"),
            text(each.get("value")) or first_text(mapping(each.get("value")), "message"),
            _frames(stack),
            relation=relation,
            parent=parent,
            elided=_length(left_out),
            build=build,
        )
        found.append(recorded)
    return found


def _mechanism(value: Mapping[str, Json]) -> Mapping[str, Json]:
    return mapping(value.get("mechanism"))


def _parent(at: int, values: list[dict[str, Json]], places: Mapping[int, int]) -> tuple[int | None, Relation | None]:
    """Return which exception this one belongs to, and how: as its mechanism says, else the one listed after it."""
    mechanism = _mechanism(values[at])
    told = mechanism.get("parent_id")
    parent = places.get(told) if isinstance(told, int) else None
    if parent is None or parent == at:
        return (at - 1, Relation.CAUSE) if at else (None, None)
    source = first_text(mechanism, "source") or ""
    if "context" in source:
        return parent, Relation.CONTEXT
    if "suppressed" in source:
        return parent, Relation.SUPPRESSED
    is_member = _mechanism(values[parent]).get("is_exception_group") is True and "cause" not in source
    return parent, Relation.MEMBER if is_member else Relation.CAUSE


def _others(threads: list[dict[str, Json]], build: Build) -> list[Recorded]:
    return [
        Recorded(None, None, frames, relation=Relation.THREAD, parent=0, build=build)
        for thread in threads
        if (frames := _frames(_stack(thread)))
    ]


def _stack(value: Mapping[str, Json]) -> Json:
    return value.get("stacktrace") or value.get("rawStacktrace") or value.get("raw_stacktrace")


def _frames(stack: Json) -> tuple[Frame, ...]:
    frames = [_frame(frame) for frame in objects(mapping(stack).get("frames"))]
    return tuple(frame for frame in reversed(frames) if frame.filename or frame.function)


def _frame(frame: Mapping[str, Json]) -> Frame:
    filename, absolute = first_text(frame, "filename"), first_text(frame, "abs_path", "absPath")
    is_bare = filename is None or "/" not in filename
    if absolute and is_bare and absolute.replace("\\", "/").endswith(f"/{filename or ''}"):
        filename = absolute
    lineno = first_number(frame, "lineno", "lineNo")
    in_app = frame.get("in_app", frame.get("inApp"))
    return Frame(
        filename,
        lineno,
        first_number(frame, "colno", "colNo"),
        first_text(frame, "function", "rawFunction"),
        module=first_text(frame, "module", "package"),
        in_app=in_app if isinstance(in_app, bool) else None,
        context_line=first_text(frame, "context_line") or _context(frame.get("context"), lineno),
    )


def _context(lines: Json, lineno: int | None) -> str | None:
    """Return the frame's own line of `[[41, "…"], [42, "…"]]`."""
    pairs = [each for each in lines if isinstance(each, list) and len(each) == 2] if isinstance(lines, list) else []
    return next((text(said) for at, said in pairs if lineno and at == lineno), None)


def _length(omitted: Json) -> int:
    """Return how many frames `[first, end]` leaves out."""
    match omitted:
        case [int(first), int(end)] if end > first:
            return end - first
    return 0


def _headline(event: Mapping[str, Json], entries: Mapping[str | None, Json]) -> str | None:
    for said in (event.get("logentry"), event.get("message"), entries.get("message"), event.get("title")):
        if found := text(said) or first_text(mapping(said), "formatted", "message"):
            return found
    return None


def _build(event: Mapping[str, Json]) -> Build:
    release = event.get("release")
    told = mapping(release)
    last = first_text(mapping(told.get("lastCommit")), "id")
    environment = first_text(event, "environment") or _tag(event.get("tags"), "environment")
    revision = commit(last) or commit(_tag(event.get("tags"), "vcs.ref.head.revision"))
    details = (("environment", environment),) if environment else ()
    return Build(revision, text(release) or first_text(told, "version"), details)


def _tag(tags: Json, name: str) -> str | None:
    """Return a tag of `{name: value}`, `[[name, value]]` or `[{"key": name, "value": value}]`."""
    if isinstance(tags, dict):
        return text(tags.get(name))
    for each in tags if isinstance(tags, list) else ():
        if isinstance(each, list) and len(each) == 2 and each[0] == name:
            return text(each[1])
        if isinstance(each, dict) and each.get("key") == name:
            return text(each.get("value"))
    return None
