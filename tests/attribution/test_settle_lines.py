"""A whole file settles as each of its lines would by itself, and equal answers are one object."""

from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.attribution.settle import settle
from backstory.attribution.settle_lines import Settling, settle_lines
from backstory.model.attribution import NOTHING_KNOWN
from backstory.model.evidence import Basis, Evidence
from backstory.model.history import Hunk
from backstory.model.lines import LineRange, ranges_of
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin, Session

REVISIONS = [Revision(digit * 40) for digit in "abc"]
PATHS = [RepoPath("cart.py"), RepoPath("old/cart.py")]
ORIGINS = [
    UNKNOWN_ORIGIN,
    Origin(Contributor.HUMAN),
    Origin(Contributor.AI, Agent("claude", None), None, Session("s_1", None)),
    Origin(Contributor.AI, Agent("claude", None), None, Session("s_2", None)),
    Origin(Contributor.AI, Agent("cursor", None)),
]


@st.composite
def statements(draw):
    lines = draw(st.none() | st.lists(st.integers(1, 30), max_size=12).map(ranges_of))
    basis = draw(st.sampled_from([Basis.DECLARED, Basis.RECORDED]))
    path = draw(st.sampled_from([*PATHS, None]))
    locator = draw(st.sampled_from(["refs/notes/ai", "refs/remotes/origin/notes/ai"]))
    origin, revision = draw(st.sampled_from(ORIGINS)), draw(st.sampled_from(REVISIONS))
    return Evidence("git-ai", basis, origin, revision, path, lines, locator)


@st.composite
def blamed(draw):
    hunks, first = [], 1
    for _ in range(draw(st.integers(0, 5))):
        length = draw(st.integers(1, 8))
        revision, path = draw(st.sampled_from(REVISIONS)), draw(st.sampled_from(PATHS))
        hunks.append(Hunk(revision, path, draw(st.integers(1, 25)), first, length))
        first += length
    return hunks


def line_by_line(hunks, evidence):
    """Settle each line by itself, with no index and no shortcut."""
    for hunk in hunks:
        for line in range(hunk.first_at_revision, hunk.first_at_revision + hunk.length):
            yield settle(
                statement
                for statement in evidence
                if statement.revision == hunk.revision
                and statement.path in {None, hunk.path}
                and (statement.lines is None or any(line in lines for lines in statement.lines))
            )


@settings(deadline=None)
@given(hunks=blamed(), evidence=st.lists(statements(), max_size=8))
def test_a_file_settles_like_its_lines(hunks, evidence):
    assert settle_lines(hunks, evidence) == list(line_by_line(hunks, evidence))


@settings(deadline=None)
@given(hunks=blamed(), evidence=st.lists(statements(), max_size=8), chance=st.randoms())
def test_hunks_and_evidence_may_come_in_any_order(hunks, evidence, chance):
    expected = settle_lines(hunks, evidence)
    chance.shuffle(evidence)
    shuffled = list(hunks)
    chance.shuffle(shuffled)
    settling = Settling()
    answers = [NOTHING_KNOWN] * len(expected)
    for hunk in shuffled:
        settling.add(statement for statement in evidence if statement.revision == hunk.revision)
        line = hunk.first - 1
        for length, attribution in settling.runs(hunk):
            answers[line : line + length] = [attribution] * length
            line += length
        assert line == hunk.first - 1 + hunk.length
    assert answers == expected


def test_equal_answers_are_one_object():
    claim = Evidence("commit", Basis.DECLARED, ORIGINS[2], REVISIONS[0], None, None, "aaaaaaa Co-authored-by")
    hunks = [
        Hunk(REVISIONS[0], PATHS[0], 1, 1, 2),
        Hunk(REVISIONS[1], PATHS[0], 1, 3, 1),
        Hunk(REVISIONS[0], PATHS[1], 5, 4, 2),
        Hunk(REVISIONS[2], PATHS[0], 1, 6, 1),
    ]
    answers = settle_lines(hunks, [claim])
    assert [id(answer) for answer in answers] == [id(answers[position]) for position in (0, 0, 2, 0, 0, 2)]
    assert answers[2] is NOTHING_KNOWN


def test_evidence_that_comes_later_counts_for_later_hunks():
    claim = Evidence("commit", Basis.DECLARED, ORIGINS[2], REVISIONS[0], None, None, "aaaaaaa Co-authored-by")
    hunk = Hunk(REVISIONS[0], PATHS[0], 1, 1, 2)
    settling = Settling()
    assert settling.runs(hunk) == [(2, NOTHING_KNOWN)]
    settling.add([claim])
    assert [(length, answer.evidence) for length, answer in settling.runs(hunk)] == [(2, (claim,))]


def test_where_a_shallow_clone_ends_nobody_is_named():
    claim = Evidence(
        "git-ai", Basis.RECORDED, ORIGINS[2], REVISIONS[0], PATHS[0], (LineRange(2, 2),), "refs/notes/ai@aaaaaaa"
    )
    silence = Evidence("git-ai", Basis.RECORDED, UNKNOWN_ORIGIN, REVISIONS[0], None, None, "refs/notes/ai@aaaaaaa")
    hunks = [Hunk(REVISIONS[0], PATHS[0], 1, 1, 2), Hunk(REVISIONS[1], PATHS[0], 1, 3, 1)]
    first, second, third = settle_lines(hunks, [claim, silence], cut=frozenset({REVISIONS[0]}))
    reason = "The history of this clone ends at aaaaaaa; older commits may have written this line."
    assert (first.origin, first.basis, first.evidence, first.disputed_by) == (UNKNOWN_ORIGIN, Basis.NONE, (), ())
    assert (second.origin, second.basis, second.evidence) == (UNKNOWN_ORIGIN, Basis.NONE, ())
    assert second.disputed_by == (claim,)
    assert first.reason == second.reason == reason
    assert third is NOTHING_KNOWN


def test_no_hunks_no_lines():
    assert settle_lines([], []) == []
