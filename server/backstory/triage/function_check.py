"""The function that a frame names, held against the line: it confirms the line, or repairs it where nothing better can.

A line that history led to stays: functions get other names. Of a line that nobody can follow (no build is named), and
of what stands in a deleted one's place, the function tells more than the number: where exactly one function of today
has the frame's name and does not hold the line, the frame means that one. The source line that a trace quotes does the
same, with more certainty.
"""

from collections.abc import Sequence

from attrs import evolve, frozen

from backstory.attribution.edited_text import most_alike
from backstory.attribution.respaced import respaced
from backstory.history.drift import Drift
from backstory.model.line_key import is_telling, is_weighty
from backstory.model.lines import LineRange
from backstory.model.located import LineState
from backstory.model.region import SyntaxUnit, UnitKind
from backstory.model.stacktrace import Frame
from backstory.model.text import Text
from backstory.stacktraces.function_names import name_parts


@frozen
class Checked:
    """Where a frame's line stands, after its function and its quoted line were asked."""

    drift: Drift
    function: str | None
    """The function that holds the line today, qualified."""


def check(drift: Drift, frame: Frame, text: Text, units: Sequence[SyntaxUnit]) -> Checked:
    """Return the line with the function that holds it, repaired where the frame's own words show that it is another."""
    parts = name_parts(frame.function) if frame.function else ()
    named = units_named(parts, units)
    if drift.state is LineState.UNKNOWN:
        drift = _by_quote(drift, frame, text, named) or drift
    holders = [unit for unit in units if drift.line is not None and drift.line in unit.lines]
    is_held = not named or any(unit in holders for unit in named)
    if not is_held and len(named) == 1:
        drift = _by_name(drift, frame, text, named[0])
        holders = [unit for unit in units if drift.line is not None and drift.line in unit.lines]
    elif not is_held and drift.line is not None and drift.state is not LineState.DELETED:
        drift = _told(drift, f"No function that the trace may mean by {parts[-1]} holds it.")
    functions = [unit.name for unit in holders if unit.kind is UnitKind.FUNCTION]
    return Checked(drift, functions[-1] if functions else None)


def units_named(parts: Sequence[str], units: Sequence[SyntaxUnit]) -> list[SyntaxUnit]:
    """Return the functions and classes that bear a frame's name; of several those whose outer names agree most."""
    agreement = {unit: _agreement(unit.name.split("."), parts) for unit in units}
    most = max(agreement.values(), default=0)
    return [unit for unit, agrees in agreement.items() if agrees == most] if most else []


def _agreement(names: Sequence[str], parts: Sequence[str]) -> int:
    """Count the names that are equal, from the innermost outwards."""
    agrees = 0
    for one, other in zip(reversed(names), reversed(parts), strict=False):
        if one != other:
            break
        agrees += 1
    return agrees


def _by_quote(drift: Drift, frame: Frame, text: Text, named: Sequence[SyntaxUnit]) -> Drift | None:
    """Return the one line that reads as the trace quotes it; None where there is none, or nothing decides."""
    quote = respaced(frame.context_line or "")
    if not quote:
        return None
    alike = [number for number, line in enumerate(text.lines(), start=1) if respaced(line) == quote]
    within = [number for number in alike if any(number in unit.lines for unit in named)]
    if drift.line in (within or alike) and (is_telling(quote) or within):
        because = "The line reads as the trace quotes it."
        return evolve(drift, state=LineState.EXACT, because=because)
    only = within if named and within else alike
    if len(only) == 1 and is_weighty(quote):
        because = f"The trace quotes a line that stands only here; at {drift.line} another one does."
        return evolve(drift, line=only[0], state=LineState.MOVED, because=because)
    return None


def _by_name(drift: Drift, frame: Frame, text: Text, unit: SyntaxUnit) -> Drift:
    """Return what the frame means when its only function is elsewhere than its line."""
    function = f"{unit.name}, at lines {unit.lines.first} to {unit.lines.last},"
    if drift.state is LineState.UNKNOWN:
        if drift.line is None:
            return evolve(
                drift, line=unit.lines.first, because=f"{drift.because} The function {unit.name} begins here."
            )
        line = _quoted_in(unit.lines, frame, text) or unit.lines.first
        return evolve(drift, line=line, because=f"{drift.because} The function {function} does not hold {drift.line}.")
    if drift.state is LineState.DELETED:
        line = _quoted_in(unit.lines, frame, text) or unit.lines.first
        return evolve(drift, line=line, because=f"{drift.because} The function {function} is there still.")
    return _told(drift, f"The function {function} does not hold it today.")


def _quoted_in(lines: LineRange, frame: Frame, text: Text) -> int | None:
    """Return the line of a function that is most like the one that the trace quotes."""
    within = [text.line(number) for number in lines]
    found = most_alike(frame.context_line, within) if frame.context_line else None
    return lines.first + found if found is not None else None


def _told(drift: Drift, more: str) -> Drift:
    return evolve(drift, because=f"{drift.because} {more}")
