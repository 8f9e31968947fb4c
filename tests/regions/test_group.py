"""Regions cover each attributed line once, never cross a function's boundary, and are found from any of their lines."""

from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from backstory.model.attribution import NOTHING_KNOWN, Attribution
from backstory.model.evidence import Basis, Evidence
from backstory.model.lines import LineRange
from backstory.model.names import Revision
from backstory.model.origin import Agent, Contributor, Origin, Person, Session
from backstory.model.region import Region, SyntaxUnit, UnitKind
from backstory.regions.enclosing import innermost_unit
from backstory.regions.group import group, origin_key, region_at
from backstory.regions.share import portions, unit_share


def attribution(
    tool: str = "claude",
    session: str | None = None,
    revision: str = "a",
    *,
    contributor: Contributor = Contributor.AI,
    basis: Basis = Basis.RECORDED,
    person: str | None = None,
) -> Attribution:
    agent = Agent(tool, None) if contributor in {Contributor.AI, Contributor.MIXED} else None
    origin = Origin(contributor, agent, Person(person) if person else None, session and Session(session, None))
    said = Evidence("git-ai", basis, origin, Revision(revision * 40), None, None, f"refs/notes/ai@{revision}")
    return Attribution(origin, basis, (said,))


A, B = attribution(session="s_1"), attribution(session="s_2")
U = NOTHING_KNOWN


def unit(first: int, last: int, depth: int = 0, name: str = "f") -> SyntaxUnit:
    return SyntaxUnit(UnitKind.FUNCTION, name, LineRange(first, last), depth)


def covered(regions: tuple[Region, ...]) -> list[tuple[int, int, str | None]]:
    return [(region.lines.first, region.lines.last, region.unit and region.unit.name) for region in regions]


ATTRIBUTIONS = st.lists(
    st.sampled_from(
        [
            U,
            A,
            B,
            evolve(A),
            attribution(session="s_1", revision="b"),
            attribution(),
            attribution(revision="b"),
            attribution(contributor=Contributor.HUMAN, person="Ada"),
        ]
    ),
    max_size=30,
)


@st.composite
def units_within(draw, last: int):
    """Nested units in document order; one may end on the line on which the next begins."""
    found: list[SyntaxUnit] = []

    def fill(first: int, end: int, depth: int) -> None:
        line = first
        while line <= end and draw(st.booleans()):
            start = draw(st.integers(line, end))
            stop = draw(st.integers(start, end))
            found.append(unit(start, stop, depth, f"u{len(found)}"))
            if depth < 3:
                fill(start, stop, depth + 1)
            line = stop + draw(st.integers(0, 2))

    fill(1, last, 0)
    return found


@given(data=st.data(), attributions=ATTRIBUTIONS)
def test_regions_cover_each_attributed_line_once(data, attributions):
    units = data.draw(units_within(len(attributions)))
    regions = group(attributions, units)
    lines = [line for region in regions for line in region.lines]
    assert lines == [line for line, each in enumerate(attributions, start=1) if each is not U]
    for region in regions:
        assert region.attribution is attributions[region.lines.first - 1]
        assert len({origin_key(attributions[line - 1]) for line in region.lines}) == 1
        assert {innermost_unit(units, line) for line in region.lines} == {region.unit}
    for one, other in pairwise(regions):
        touching = one.lines.last + 1 == other.lines.first
        assert not (
            touching and one.unit is other.unit and origin_key(one.attribution) == origin_key(other.attribution)
        )


@given(data=st.data(), attributions=ATTRIBUTIONS)
def test_a_region_is_found_from_any_of_its_lines(data, attributions):
    units = data.draw(units_within(len(attributions)))
    regions = {line: region for region in group(attributions, units) for line in region.lines}
    for line in range(1, len(attributions) + 1):
        assert region_at(attributions, units, line) == regions.get(line)


@given(data=st.data(), last=st.integers(1, 30))
def test_the_innermost_unit_is_the_last_that_holds_the_line(data, last):
    units = data.draw(units_within(last))
    for line in range(1, last + 1):
        holding = [each for each in units if line in each.lines]
        assert innermost_unit(units, line) is (holding[-1] if holding else None)


def test_a_region_ends_where_the_session_changes():
    assert covered(group([A, A, B, B, A], [])) == [(1, 2, None), (3, 4, None), (5, 5, None)]


def test_a_region_is_cut_at_a_functions_boundary():
    units = [unit(2, 6, 0, "C"), unit(3, 4, 1, "C.m")]
    assert covered(group([A] * 7, units)) == [(1, 1, None), (2, 2, "C"), (3, 4, "C.m"), (5, 6, "C"), (7, 7, None)]


def test_an_unknown_line_parts_a_region_and_is_in_none():
    assert covered(group([A, U, A], [])) == [(1, 1, None), (3, 3, None)]
    assert region_at([A, U, A], [], 2) is None


@pytest.mark.parametrize(
    ("one", "other", "is_one_region"),
    [
        (A, attribution(session="s_1", revision="b"), True),
        (attribution(), attribution(), True),
        (attribution(), attribution(revision="b"), False),
        (A, attribution("cursor", "s_1"), False),
        (A, attribution(session="s_1", basis=Basis.CARRIED), False),
        (A, attribution(session="s_1", person="Ada"), True),
        (A, attribution(session="s_1", contributor=Contributor.MIXED), False),
        (
            attribution(contributor=Contributor.HUMAN, person="Ada"),
            attribution(contributor=Contributor.HUMAN, person="Bea"),
            False,
        ),
    ],
)
def test_what_one_origin_is(one, other, is_one_region):
    assert (len(group([one, other], [])) == 1) is is_one_region


def test_a_share_counts_agents_lines_and_requests():
    mixed = attribution(session="s_3", contributor=Contributor.MIXED)
    human = attribution(contributor=Contributor.HUMAN)
    commits = [attribution(revision="b"), attribution(revision="c")]
    attributions = [A, A, evolve(A), B, mixed, human, U, *commits, A]
    share = unit_share(unit(2, 9), attributions)
    assert (share.agent_lines, share.total_lines, share.requests) == (6, 8, 5)


def test_a_unit_longer_than_the_text_counts_what_is_there():
    share = unit_share(unit(2, 9), [A, A, U])
    assert (share.agent_lines, share.total_lines, share.requests) == (1, 2, 1)


def test_portions_come_greatest_first_then_as_they_stand():
    attributions = [U, A, B, A, B, B, U]
    assert portions(attributions, LineRange(2, 7)) == (
        (B, (LineRange(3, 3), LineRange(5, 6))),
        (A, (LineRange(2, 2), LineRange(4, 4))),
        (U, (LineRange(7, 7),)),
    )
    assert portions([B, A, A, B], LineRange(1, 4))[0][0] is B


def test_portions_of_lines_past_the_end_are_of_those_that_exist():
    assert portions([A, B], LineRange(2, 9)) == ((B, (LineRange(2, 2),)),)
    assert portions([A, B], LineRange(5, 9)) == ()
