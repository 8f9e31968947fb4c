"""How much of a function, or of a selection, each origin has."""

from collections.abc import Sequence

from backstory.model.answer import UnitShare
from backstory.model.attribution import Attribution
from backstory.model.evidence import Basis
from backstory.model.lines import LineRange, ranges_of
from backstory.model.origin import Contributor
from backstory.model.region import SyntaxUnit
from backstory.regions.group import request_key


def unit_share(unit: SyntaxUnit, attributions: Sequence[Attribution]) -> UnitShare:
    """Return how much of `unit` agents wrote, nested functions included; index 0 of `attributions` is line 1.

    What is only declared of a whole commit does not count: the line may be the committer's own.
    """
    inside = attributions[unit.lines.first - 1 : unit.lines.last]
    by_agents = [one for one in inside if _is_an_agents(one)]
    requests = {request_key(attribution) for attribution in {id(one): one for one in by_agents}.values()}
    return UnitShare(unit, len(by_agents), len(inside), len(requests))


def portions(
    attributions: Sequence[Attribution], lines: LineRange
) -> tuple[tuple[Attribution, tuple[LineRange, ...]], ...]:
    """Return the attributions of a selection with the lines of each, the greatest portion first.

    Lines whose attributions are one object, as settling leaves them, make one portion. Of equal portions the one that
    begins first stands first.
    """
    found: dict[int, list[int]] = {}
    for line in range(max(lines.first, 1), min(lines.last, len(attributions)) + 1):
        found.setdefault(id(attributions[line - 1]), []).append(line)
    by_size = sorted(found.values(), key=len, reverse=True)
    return tuple((attributions[held[0] - 1], ranges_of(held)) for held in by_size)


def _is_an_agents(attribution: Attribution) -> bool:
    return attribution.basis > Basis.DECLARED and attribution.origin.contributor in {Contributor.AI, Contributor.MIXED}
