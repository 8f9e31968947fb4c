"""Located traces and the functions around them → who is suspected, and why; the same every time."""

import math
from collections.abc import Mapping, Sequence

from attrs import frozen

from backstory.model.located import LocatedTrace, Suspect
from backstory.stacktraces.clues import POINTS, Clue, Finding, Place
from backstory.stacktraces.failing_tests import is_test_file
from backstory.stacktraces.frame_clues import framed_functions
from backstory.stacktraces.function_facts import FunctionFacts
from backstory.stacktraces.history_clues import history_findings
from backstory.stacktraces.word_clues import WordClues, asked_by

MOST = 10
"""Suspects that are told."""


@frozen
class Suspicion:
    """Everything that was found about one function."""

    place: Place
    line: int | None
    """1-based, in today's text."""

    findings: tuple[Finding, ...]


def suspects(
    traces: Sequence[LocatedTrace], report: str, functions: Sequence[FunctionFacts], most: int = MOST
) -> tuple[Suspect, ...]:
    """Return who is suspected of the error that some traces of one report tell, the most suspicious first.

    `report` is the text in which the traces' lines count; `functions` are those of the repositories at hand, those of
    tests among them. Without functions only the frames speak.
    """
    judged = [(score_of(one.findings), one) for one in suspicions(traces, report, functions)]
    ranked = sorted((-score, -_unrounded(one.findings), one.place, one) for score, one in judged if score > 0)
    return tuple(_suspect(one, -score) for score, _, _, one in ranked[:most])


def suspicions(traces: Sequence[LocatedTrace], report: str, functions: Sequence[FunctionFacts]) -> list[Suspicion]:
    """Return what speaks for each function, in no order of weight."""
    framed = {one.place: one for one in framed_functions(traces)}
    product = [function for function in functions if function.name and not _is_test(function)]
    tests = [function for function in functions if _is_test(function)]
    clues = WordClues(product, asked_by(traces, report, tests))
    found: dict[Place, Suspicion] = {}
    for number, function in enumerate(product):
        place = _place(function)
        own = framed.get(place)
        findings = (*(own.findings if own else ()), *clues.findings(number), *history_findings(function))
        earlier = found.get(place)
        if earlier is None or score_of(findings) > score_of(earlier.findings):
            found[place] = Suspicion(place, own.line if own and own.line else function.lines.first, findings)
    for place, own in framed.items():
        found.setdefault(place, Suspicion(place, own.line, own.findings))
    return list(found.values())


def points_of(finding: Finding, points: Mapping[Clue, int] = POINTS) -> int:
    """Return what a finding counts."""
    return round(points[finding.clue] * finding.share)


def score_of(findings: Sequence[Finding], points: Mapping[Clue, int] = POINTS) -> int:
    """Return what findings count together."""
    return sum(points_of(finding, points) for finding in findings)


def _unrounded(findings: Sequence[Finding]) -> float:
    """Return what decides between equal scores; added up exactly, so that no order of adding matters."""
    return math.fsum(POINTS[finding.clue] * finding.share for finding in findings)


def _suspect(suspicion: Suspicion, score: int) -> Suspect:
    weighed = sorted(((points_of(one), one.evidence) for one in suspicion.findings), key=lambda one: -abs(one[0]))
    reasons = tuple(f"{evidence} ({points:+})" for points, evidence in weighed if points)
    place = suspicion.place
    return Suspect(place.repository, place.path, place.function or None, suspicion.line, score, reasons)


def _is_test(function: FunctionFacts) -> bool:
    return is_test_file(function.path) or "tests" in (function.name or "").split(".")[:-1]


def _place(function: FunctionFacts) -> Place:
    return Place(function.repository, function.path, function.name or "")
