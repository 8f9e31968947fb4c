"""What a JSON record says of exceptions, and what a reader of such records is."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from attrs import frozen

from backstory.model.names import Revision
from backstory.model.stacktrace import Frame, Relation

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

DEEPEST = 12
"""Levels of a record that are looked at."""

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@frozen
class Build:
    """What failed: the parts of a record that hold for all of its exceptions."""

    revision: Revision | None = None
    release: str | None = None
    details: tuple[tuple[str, str], ...] = ()


@frozen
class Recorded:
    """One exception of a record: with frames of its own, or with its stack as the runtime printed it."""

    exception_type: str | None
    message: str | None
    frames: tuple[Frame, ...] = ()
    """Innermost first; empty where the stack is text."""

    stack: str | None = None
    """Its text: a dialect reads the frames from the lines of the paste, where each knows its place."""

    relation: Relation | None = None
    parent: int | None = None
    """Index among the exceptions of the same record."""

    elided: int = 0
    build: Build = Build()


class RecordDialect(Protocol):
    """How one kind of service writes an exception down as JSON: a module of this room."""

    ID: str
    SIGNS: tuple[str, ...]
    """Patterns as those of a dialect; each text with a record has one of them."""

    def exceptions(self, value: Json) -> list[Recorded]:
        """Return the exceptions of a record, what ended the program before what it was raised from."""
        ...


def mapping(value: Json) -> Mapping[str, Json]:
    """Return an object, empty where there is none."""
    return value if isinstance(value, dict) else {}


def objects(value: Json) -> list[dict[str, Json]]:
    """Return the objects of a list, none where there is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: Json) -> str | None:
    """Return a text that says something, or a number as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def number(value: Json) -> int | None:
    """Return a number above 0, also one that was written as text."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else None


def first_text(fields: Mapping[str, Json], *names: str) -> str | None:
    """Return the first of these fields that says something."""
    return next((said for name in names if (said := text(fields.get(name)))), None)


def first_number(fields: Mapping[str, Json], *names: str) -> int | None:
    """Return the first of these fields that is a number above 0."""
    return next((said for name in names if (said := number(fields.get(name)))), None)


def commit(said: str | None) -> Revision | None:
    """Return a whole commit id."""
    return Revision(said) if said and _COMMIT.fullmatch(said) else None


def children(value: Json) -> Iterator[Json]:
    """Yield what an object or a list holds."""
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
