"""Parts of a file: functions and classes, and neighbouring lines of one origin."""

from enum import StrEnum

from attrs import frozen

from backstory.model.attribution import Attribution
from backstory.model.lines import LineRange


class UnitKind(StrEnum):
    """What a syntax unit is."""

    FUNCTION = "function"
    CLASS = "class"


@frozen
class SyntaxUnit:
    """A function, method or class in the text."""

    kind: UnitKind
    name: str
    """Qualified with the names around it, joined by dots: `Payments.capture`."""

    lines: LineRange
    """From its first line (decorators and attributes included) to its last."""

    depth: int
    """0 at the top of the file; a method of a top-level class has 1."""


@frozen
class Region:
    """Neighbouring lines of one origin, never across a function's boundary."""

    lines: LineRange
    attribution: Attribution
    unit: SyntaxUnit | None
    """The innermost function or class that holds all of the lines; None at the top of the file."""
