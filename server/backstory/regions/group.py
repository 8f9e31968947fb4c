"""Lines of one origin, side by side → regions.

Two lines are of one origin when their contributor, agent, session and basis are the same; for a person's or a robot's
line the person too, and where no session is recorded the commit. Lines of one session may therefore come from several
commits, and a region shows the attribution of its first line. Unknown lines are in no region, and a blank line is a
line like any other. No region crosses the boundary of a function or class.
"""

from collections.abc import Hashable, Sequence

from backstory.model.attribution import Attribution
from backstory.model.lines import LineRange
from backstory.model.origin import Contributor
from backstory.model.region import Region, SyntaxUnit
from backstory.regions.enclosing import stretch_at, stretches


def group(attributions: Sequence[Attribution], units: Sequence[SyntaxUnit]) -> tuple[Region, ...]:
    """Return the regions of a file, in order; index 0 of `attributions` is line 1, `units` are in document order."""
    regions: list[Region] = []
    for stretch in stretches(units, len(attributions)):
        line = stretch.lines.first
        while line <= stretch.lines.last:
            last = _last_of_origin(attributions, line, stretch.lines.last)
            attribution = attributions[line - 1]
            if attribution.origin.contributor is not Contributor.UNKNOWN:
                regions.append(Region(LineRange(line, last), attribution, stretch.unit))
            line = last + 1
    return tuple(regions)


def region_at(attributions: Sequence[Attribution], units: Sequence[SyntaxUnit], line: int) -> Region | None:
    """Return the region of `group` that holds `line`, None for an unknown line; looks no further than its ends."""
    if attributions[line - 1].origin.contributor is Contributor.UNKNOWN:
        return None
    stretch = stretch_at(units, line, len(attributions))
    first = _first_of_origin(attributions, line, stretch.lines.first)
    last = _last_of_origin(attributions, line, stretch.lines.last)
    return Region(LineRange(first, last), attributions[first - 1], stretch.unit)


def origin_key(attribution: Attribution) -> Hashable:
    """Return what is equal for two lines of one origin and for no others."""
    origin = attribution.origin
    person = None if origin.contributor is Contributor.AI else origin.person
    return origin.contributor, attribution.basis, origin.agent, person, request_key(attribution)


def request_key(attribution: Attribution) -> Hashable:
    """Return what stands for the request behind a line: its session, or its commit where no session is recorded."""
    if attribution.origin.session is not None:
        return "session", attribution.origin.session.key
    return "commit", attribution.evidence[0].revision if attribution.evidence else None


def _last_of_origin(attributions: Sequence[Attribution], line: int, end: int) -> int:
    """Return the last line, `end` at most, up to which every line from `line` on has its origin."""
    known = attributions[line - 1]
    key = origin_key(known)
    for index in range(line, end):
        attribution = attributions[index]
        if attribution is not known:
            if origin_key(attribution) != key:
                return index
            known = attribution
    return end


def _first_of_origin(attributions: Sequence[Attribution], line: int, start: int) -> int:
    """Return the first line, `start` at least, from which on every line up to `line` has its origin."""
    known = attributions[line - 1]
    key = origin_key(known)
    for index in range(line - 2, start - 2, -1):
        attribution = attributions[index]
        if attribution is not known:
            if origin_key(attribution) != key:
                return index + 2
            known = attribution
    return start
