"""The strongest basis leads, agreement follows, dissent is kept, silence claims nothing, order does not matter."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from backstory.attribution.settle import settle, settle_at_cut
from backstory.model.attribution import NOTHING_KNOWN
from backstory.model.evidence import Basis, Evidence
from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin, Person, Session

REVISION = Revision("2860dda" + "0" * 33)
LINES = (LineRange(1, 9),)
ADA = Person("Ada", "ada@example.org")


def ai(tool: str | None, session: str | None = None, model: str | None = None, person: Person | None = None) -> Origin:
    return Origin(Contributor.AI, Agent(tool, model), person, session and Session(session, None))


def note(origin: Origin, locator: str = "refs/notes/ai@2860dda", **changes) -> Evidence:
    said = Evidence("git-ai", Basis.RECORDED, origin, REVISION, RepoPath("cart.py"), LINES, locator, "note")
    return evolve(said, **changes)


def trailer(origin: Origin, locator: str = "2860dda Co-authored-by") -> Evidence:
    return Evidence("commit", Basis.DECLARED, origin, REVISION, None, None, locator, "Co-authored-by trailer")


def author(origin: Origin) -> Evidence:
    return Evidence("commit", Basis.AUTHORED, origin, REVISION, None, None, "2860dda author", "author")


SILENCE = note(UNKNOWN_ORIGIN, path=None, lines=None)
HUMAN = Origin(Contributor.HUMAN, person=ADA)
ROBOT = Origin(Contributor.BOT, person=Person("dependabot[bot]"))
MIXED = Origin(Contributor.MIXED, Agent("claude", None), ADA, Session("s_1", None))

STATEMENTS = [
    SILENCE,
    note(UNKNOWN_ORIGIN),
    note(UNKNOWN_ORIGIN, is_provisional=True),
    note(ai("claude", "s_1")),
    note(ai("claude", "s_1", "opus")),
    note(ai("claude", "s_2")),
    note(ai("claude", "s_1"), "refs/remotes/origin/notes/ai@2860dda"),
    note(ai(None)),
    note(HUMAN),
    note(MIXED),
    trailer(ai("claude")),
    trailer(ai("cursor")),
    trailer(ai("claude", None, "opus"), "2860dda Assisted-by"),
    trailer(ROBOT),
    author(ai("devin")),
    author(ROBOT),
]


@given(statements=st.lists(st.sampled_from(STATEMENTS), max_size=6), chance=st.randoms())
def test_the_order_of_the_evidence_does_not_matter(statements, chance):
    shuffled = [evolve(statement) for statement in statements]
    chance.shuffle(shuffled)
    assert settle(shuffled) == settle(statements)


@given(statements=st.lists(st.sampled_from(STATEMENTS), max_size=6))
def test_every_claim_is_heard_once_and_the_strongest_leads(statements):
    attribution = settle(statements)
    claims = {statement for statement in statements if statement.origin.contributor is not Contributor.UNKNOWN}
    if not claims:
        assert attribution.origin == UNKNOWN_ORIGIN
        assert attribution.basis is Basis.NONE
        assert attribution.reason
        return
    heard = [*attribution.evidence, *attribution.disputed_by]
    assert set(heard) == claims
    assert len(heard) == len(claims)
    assert attribution.basis == max(claim.basis for claim in claims)
    assert attribution.evidence[0].origin == attribution.origin
    assert all(claim.basis <= attribution.basis for claim in attribution.disputed_by)


def test_nothing_said_is_nothing_known():
    assert settle([]) == NOTHING_KNOWN


def test_a_note_leads_and_the_trailer_that_names_its_tool_supports_it():
    recorded, declared = note(ai("claude", "s_1")), trailer(ai("claude-code", None, "Opus 4.6"))
    attribution = settle([declared, recorded])
    assert (attribution.origin, attribution.basis) == (recorded.origin, Basis.RECORDED)
    assert attribution.evidence == (recorded, declared)
    assert attribution.disputed_by == ()
    assert attribution.reason is None


def test_a_trailer_that_names_another_tool_disputes_the_note():
    recorded, declared = note(ai("claude", "s_1")), trailer(ai("github-copilot"))
    attribution = settle([declared, recorded])
    assert attribution.evidence == (recorded,)
    assert attribution.disputed_by == (declared,)


@pytest.mark.parametrize(
    ("leader", "other"),
    [
        (ai("claude", "s_1"), ai("claude", "s_2")),
        (ai("claude"), ai("cursor")),
        (HUMAN, ai("claude")),
        (ai("claude"), HUMAN),
        (ai("claude"), ROBOT),
        (ai("claude", "s_1"), MIXED),
        (HUMAN, MIXED),
        (MIXED, HUMAN),
        (HUMAN, Origin(Contributor.HUMAN, person=Person("Bea", "bea@example.org"))),
    ],
)
def test_another_origin_is_dissent(leader, other):
    first, second = note(leader), note(other, "refs/remotes/origin/notes/ai@2860dda")
    attribution = settle([second, first])
    assert attribution.evidence == (first,)
    assert attribution.disputed_by == (second,)


@pytest.mark.parametrize(
    ("leader", "other"),
    [
        (ai("claude", "s_1"), ai("claude")),
        (ai("claude"), ai(None)),
        (ai("Claude Code"), ai("claude")),
        (ai("github-copilot-cli"), ai("copilot")),
        (ai("claude", "s_1", "claude-opus-4-6"), ai("claude", "s_1", "Opus 4.6")),
        (MIXED, ai("claude", "s_1")),
        (HUMAN, Origin(Contributor.HUMAN)),
        (HUMAN, Origin(Contributor.HUMAN, person=Person("A. L.", "ADA@example.org"))),
        (HUMAN, Origin(Contributor.HUMAN, person=Person("ada"))),
    ],
)
def test_the_same_origin_in_other_words_is_support(leader, other):
    first, second = note(leader), trailer(other)
    attribution = settle([second, first])
    assert attribution.evidence == (first, second)
    assert attribution.disputed_by == ()


def test_sessions_of_two_sources_are_not_compared():
    recorded = note(ai("claude", "s_1"))
    elsewhere = trailer(ai("claude", "session_01"))
    assert settle([recorded, elsewhere]).evidence == (recorded, elsewhere)


def test_one_conversation_under_two_keys_is_one_session():
    one = note(Origin(Contributor.AI, Agent("claude", None), None, Session("s_1", "uuid")))
    other = note(Origin(Contributor.AI, Agent("claude", None), None, Session("0123abcd", "uuid")), "refs/notes/x")
    assert settle([one, other]).disputed_by == ()


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("refs/notes/ai@2860dda", "refs/remotes/origin/notes/ai@2860dda"),
        ("refs/notes/ai@2860dda", "refs/notes/ai-remote/origin@2860dda"),
        ("refs/notes/ai@2860dda", "refs/ai/authorship/2860dda"),
        ("refs/notes/ai-remote/origin@2860dda", "refs/ai/authorship/2860dda"),
        ("refs/remotes/origin/notes/ai@2860dda", "refs/remotes/upstream/notes/ai@2860dda"),
    ],
)
def test_the_repositorys_own_notes_stand_before_copies_and_older_records(nearer, farther):
    local, copy = note(ai("cursor", "s_2"), nearer), note(ai("claude", "s_1", "opus"), farther)
    attribution = settle([copy, local])
    assert attribution.origin == local.origin
    assert attribution.disputed_by == (copy,)


def test_of_those_who_agree_the_one_that_tells_most_speaks():
    brief, long = trailer(ai("claude"), "2860dda Assisted-by"), trailer(ai("claude", None, "opus"))
    attribution = settle([brief, long])
    assert attribution.evidence == (long, brief)


def test_detail_does_not_win_over_another_origin():
    first = trailer(ai("claude"), "2860dda Assisted-by")
    second = trailer(ai("cursor", None, "composer"))
    assert settle([second, first]).origin == first.origin


def test_an_agent_stands_before_a_robot():
    robot, agent = trailer(ROBOT, "2860dda A"), trailer(ai("claude"), "2860dda B")
    assert settle([robot, agent]).evidence == (agent,)


def test_an_agent_stands_before_a_suggestion_taken_up_and_that_before_a_robot():
    suggested = trailer(Origin(Contributor.MIXED, Agent("github-copilot", None)), "2860dda A")
    agent, robot = trailer(ai("claude"), "2860dda B"), trailer(ROBOT, "2860dda 0")
    assert settle([suggested, agent]).evidence == (agent,)
    assert settle([suggested, agent]).disputed_by == (suggested,)
    assert settle([suggested, robot]).evidence == (suggested,)


def test_mixed_hands_in_the_commit_do_not_dispute_the_agents_own_lines():
    lines, hands = note(ai("claude", "s_1")), trailer(Origin(Contributor.MIXED, Agent("claude", None)))
    assert settle([hands, lines]).evidence == (lines, hands)
    other = trailer(Origin(Contributor.MIXED, Agent("github-copilot", None)))
    assert settle([other, lines]).disputed_by == (other,)


def test_lines_stand_before_the_whole_commit():
    whole = note(ai("cursor"), "refs/notes/a", path=None, lines=None)
    lines = note(ai("claude"), "refs/notes/b")
    assert settle([whole, lines]).origin == lines.origin


def test_an_agents_own_commit_stands_before_a_trailer():
    attribution = settle([trailer(ai("claude")), author(ai("devin"))])
    assert (attribution.origin, attribution.basis) == (ai("devin"), Basis.AUTHORED)
    assert attribution.disputed_by == (trailer(ai("claude")),)


def test_silence_alone_is_unknown_and_says_who_was_silent():
    attribution = settle([SILENCE])
    assert attribution.origin == UNKNOWN_ORIGIN
    assert attribution.basis is Basis.NONE
    assert attribution.evidence == (SILENCE,)
    assert attribution.reason == "git-ai recorded this commit but does not claim this line."


def test_silence_about_the_line_itself_is_told_apart():
    reason = settle([note(UNKNOWN_ORIGIN), SILENCE]).reason
    assert reason == "git-ai recorded this line but not who or what wrote it."


def test_silence_is_the_reason_beside_something_weaker():
    attribution = settle([SILENCE, trailer(ai("claude"))])
    assert (attribution.origin, attribution.basis) == (ai("claude"), Basis.DECLARED)
    assert attribution.evidence == (trailer(ai("claude")),)
    assert attribution.reason == "git-ai recorded this commit but does not claim this line."


def test_silence_says_nothing_beside_a_claim_as_strong():
    attribution = settle([SILENCE, note(HUMAN)])
    assert attribution.origin == HUMAN
    assert attribution.reason is None
    assert attribution.disputed_by == ()


@pytest.mark.parametrize("leader", [trailer(ai("cursor")), author(ROBOT), note(HUMAN), SILENCE])
def test_what_waits_for_more_makes_the_answer_provisional_whoever_leads(leader):
    waiting = note(UNKNOWN_ORIGIN, is_provisional=True)
    assert settle([leader, waiting]).is_provisional
    assert settle([waiting]).is_provisional
    assert not settle([leader, evolve(waiting, is_provisional=False)]).is_provisional
    assert settle_at_cut([leader, waiting], REVISION).is_provisional


def test_what_is_said_twice_is_heard_once():
    assert settle([note(HUMAN), note(HUMAN)]).evidence == (note(HUMAN),)
    assert settle([SILENCE, SILENCE]).evidence == (SILENCE,)
