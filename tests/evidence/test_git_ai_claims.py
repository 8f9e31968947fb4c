"""Which entry has which line: the last one with a record."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.evidence.git_ai_claims import claims_of
from backstory.evidence.git_ai_note import LAST_LINE, Entry
from backstory.evidence.git_ai_records import Resolved
from backstory.model.lines import LineRange
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin

KEYS = ("a", "b", "c", "lost", "gone", "not searched", "nor this")
RESOLVED = {key: Resolved(key, Origin(Contributor.AI, Agent(key, None))) for key in ("a", "b", "c")}
RESOLVED |= {key: Resolved(key, UNKNOWN_ORIGIN, is_provisional=True) for key in ("not searched", "nor this")}


def resolve(key: str) -> Resolved | None:
    return RESOLVED.get(key.partition("::")[0])


def settled(*entries: tuple[str, list[tuple[int, int]]]) -> dict[str, list[tuple[int, int]]]:
    claims = claims_of([Entry(key, tuple(ranges)) for key, ranges in entries], resolve)
    told = {owner.key: [(lines.first, lines.last) for lines in ranges] for owner, ranges in claims.decided}
    undecided = [(lines.first, lines.last) for lines in claims.undecided]
    return told | ({"?": undecided} if undecided else {})


def test_the_last_entry_wins() -> None:
    assert settled(("a", [(1, 9)]), ("b", [(4, 5)])) == {"a": [(1, 3), (6, 9)], "b": [(4, 5)]}
    assert settled(("b", [(4, 5)]), ("a", [(1, 9)])) == {"a": [(1, 9)]}


def test_an_entry_without_a_record_leaves_its_lines_to_earlier_ones() -> None:
    assert settled(("a", [(1, 4)]), ("lost", [(3, 6)])) == {"a": [(1, 4)], "?": [(5, 6)]}
    assert settled(("lost", [(3, 6)]), ("a", [(1, 4)])) == {"a": [(1, 4)], "?": [(5, 6)]}


def test_an_entry_that_may_have_a_record_elsewhere_keeps_its_lines() -> None:
    assert settled(("a", [(1, 4)]), ("not searched", [(3, 6)])) == {"a": [(1, 2)], "not searched": [(3, 6)]}
    assert settled(("not searched", [(3, 6)]), ("a", [(1, 4)])) == {"a": [(1, 4)], "not searched": [(5, 6)]}
    assert settled(("not searched", [(3, 6)]), ("lost", [(5, 7)])) == {"not searched": [(3, 6)], "?": [(7, 7)]}


def test_entries_of_one_record_are_one_claim() -> None:
    assert settled(("a::1", [(1, 2)]), ("b", [(9, 9)]), ("a::2", [(3, 4)])) == {"a": [(1, 4)], "b": [(9, 9)]}


def test_unsorted_overlapping_and_repeated_ranges() -> None:
    assert settled(("a", [(820, 853), (820, 843), (819, 819), (819, 819), (1, 1)])) == {"a": [(1, 1), (819, 853)]}


def test_reversed_ranges_and_line_zero_claim_nothing() -> None:
    assert settled(("a", [(9, 3), (0, 0)])) == {}
    assert settled(("a", [(0, 2)])) == {"a": [(1, 2)]}


def test_ranges_of_millions_of_lines_cost_nothing() -> None:
    assert settled(("a", [(1, LAST_LINE)]), ("b", [(5, 1_000_000)])) == {
        "a": [(1, 4), (1_000_001, LAST_LINE)],
        "b": [(5, 1_000_000)],
    }


def test_many_nested_ranges_are_settled_in_time() -> None:
    entries = [Entry("abc"[depth % 3], ((depth, 200_000 - depth),)) for depth in range(1, 40_000)]
    claims = claims_of(entries, resolve)
    assert sum(len(lines) for _, ranges in claims.decided for lines in ranges) == 199_999


ranges = st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30)), max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KEYS), ranges), max_size=6))
def test_agrees_with_looking_at_each_line(written: list[tuple[str, list[tuple[int, int]]]]) -> None:
    """git-ai's own way: scan the entries from the last to the first, for one line."""
    claims = claims_of([Entry(key, tuple(spans)) for key, spans in written], resolve)
    said = {line: owner.key for owner, found in claims.decided for lines in found for line in lines}
    assert sum(len(lines) for _, found in claims.decided for lines in found) == len(said)
    undecided = {line for lines in claims.undecided for line in lines}
    for line in range(1, 35):
        covering = [key for key, spans in reversed(written) if any(first <= line <= last for first, last in spans)]
        owner = next((found for key in covering if (found := resolve(key))), None)
        assert said.get(line) == (owner.key if owner else None)
        assert (line in undecided) == (bool(covering) and line not in said)
    for _, found in claims.decided:
        assert list(found) == sorted(found)
        assert all(one.last + 1 < other.first for one, other in pairwise(found))
    assert not claims.undecided or min(claims.undecided) >= LineRange(1, 1)
