"""What the frames of located traces say about functions."""

import re
from collections.abc import Collection, Iterator, Sequence

from attrs import frozen

from backstory.model.located import LocatedFrame, LocatedTrace
from backstory.model.stacktrace import Relation
from backstory.stacktraces.clues import Clue, Finding, Place
from backstory.stacktraces.failing_tests import is_test_file, is_test_support

FADING = 0.62
"""What each call further out counts less."""

AGAIN = 0.5
"""What a frame counts that only hands on an error made elsewhere."""

HANDLED = 0.5
"""What a frame counts of an error that was being handled when the other one was raised: it was expected."""

CARRIER = 0.5
"""What a frame counts of a function that called the test too: what carries every call is seldom at fault."""

SUPPORT = 0.25
"""What a frame counts in a file that is there for tests to use."""

_RAISED_AGAIN = re.compile(
    r"(?:raise|throw|reraise|raise_exc_info|six\.reraise)\b[ (]*"
    r"(?:\w+\.){0,4}\w{0,40}(?:exc|exc_info|exception|error|err|reason|failure)\b(?! *[({])"
    r"|.{1,400}\.(?:result\(\)|(?:send|throw)\([^()]*\))$"
)
_CHAINED = frozenset({Relation.CAUSE, Relation.CONTEXT})


@frozen
class FramedFunction:
    """A function that stands in a stack."""

    place: Place
    line: int | None
    """1-based, in today's text."""

    findings: tuple[Finding, ...]


def framed_functions(traces: Sequence[LocatedTrace]) -> list[FramedFunction]:
    """Return the product's functions in the stacks, each once with the most that speaks for it."""
    carriers = {place for located in traces for place in _around_tests(located)}
    best: dict[Place, FramedFunction] = {}
    seen: dict[Place, list[int]] = {}
    for number, located in enumerate(traces):
        for framed in _in_trace(located, carriers):
            seen.setdefault(framed.place, []).append(number)
            known = best.get(framed.place)
            if known is None or _weight(framed) > _weight(known):
                best[framed.place] = framed
    both = [place for place, numbers in seen.items() if _chained(traces, numbers)]
    return [_also_in_both(framed) if framed.place in both else framed for framed in best.values()]


def frames_of_tests(traces: Sequence[LocatedTrace]) -> list[LocatedFrame]:
    """Return the frames that stand in files of tests."""
    return [frame for located in traces for frame in located.frames if _is_test(frame)]


def _in_trace(located: LocatedTrace, carriers: Collection[Place]) -> Iterator[FramedFunction]:
    inner, outer = _tests_between(located)
    is_handled = located.trace.relation is Relation.CONTEXT
    seen: set[Place] = set()
    for number, frame in enumerate(located.frames):
        place = _place(frame)
        if place is None or place in seen:
            continue
        line = frame.resolved.line if frame.resolved else None
        at = f"{place.path}:{line}" if line else place.path
        if number < inner:
            found = _called(frame, len(seen), at, is_handled=is_handled, is_carrier=place in carriers)
        elif number < outer:
            found = Finding(Clue.WITHIN_TESTS, 1.0, f"{at} stands in the stack between functions of tests")
        else:
            found = Finding(Clue.AROUND_TEST, 1.0, f"{at} stands in the stack, but called the test")
        seen.add(place)
        yield FramedFunction(place, line, (found,))


def _called(frame: LocatedFrame, calls: int, at: str, *, is_handled: bool, is_carrier: bool) -> Finding:
    where = "is the innermost frame" if not calls else f"is {calls} {'call' if calls == 1 else 'calls'} further out"
    evidence, share = f"{at} {where} of the product", FADING**calls
    if _RAISED_AGAIN.match(frame.frame.context_line or ""):
        evidence, share = f"{evidence}, and hands on an error made elsewhere", share * AGAIN
    if is_handled:
        evidence, share = f"{evidence}, of an error that was being handled", share * HANDLED
    if is_carrier:
        evidence, share = f"{evidence}, and called the test as well", share * CARRIER
    if frame.resolved and is_test_support(frame.resolved.path):
        evidence, share = f"{evidence}, in a file for tests to use", share * SUPPORT
    return Finding(Clue.FRAME, share, evidence)


def _around_tests(located: LocatedTrace) -> Iterator[Place]:
    """Yield the functions that called the outermost test of a stack."""
    _, outer = _tests_between(located)
    yield from filter(None, map(_place, located.frames[outer:]))


def _tests_between(located: LocatedTrace) -> tuple[int, int]:
    """Return the indices of the innermost and the outermost frame of a test; behind the last where there is none."""
    tests = [number for number, frame in enumerate(located.frames) if _is_test(frame)]
    return (tests[0], tests[-1]) if tests else (len(located.frames), len(located.frames))


def _place(frame: LocatedFrame) -> Place | None:
    """Return the product's function that a frame means."""
    resolved = frame.resolved
    if resolved is None or frame.is_library or _is_test(frame):
        return None
    return Place(resolved.repository, resolved.path, resolved.function or "")


def _is_test(frame: LocatedFrame) -> bool:
    return frame.resolved is not None and not frame.is_library and is_test_file(frame.resolved.path)


def _weight(framed: FramedFunction) -> tuple[bool, bool, float]:
    (found,) = framed.findings
    return found.clue is Clue.FRAME, found.clue is Clue.WITHIN_TESTS, found.share


def _chained(traces: Sequence[LocatedTrace], numbers: Sequence[int]) -> bool:
    """Tell whether some traces are several, one of which came of another."""
    return len(set(numbers)) > 1 and any(traces[number].trace.relation in _CHAINED for number in numbers)


def _also_in_both(framed: FramedFunction) -> FramedFunction:
    more = Finding(Clue.IN_BOTH, 1.0, "stands in the stack of an error and of the one that it led to")
    return FramedFunction(framed.place, framed.line, (*framed.findings, more))
