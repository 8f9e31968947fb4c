"""Who or what a key stands for."""

import json
from collections.abc import Mapping

import pytest
from evidence_samples import note_of

from backstory.evidence.git_ai_records import Records, person, record_key, recorded_model
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin, Person, Session

ANN = Person("Ann Lee", "ann@example.com")
ELSEWHERE = Origin(Contributor.AI, Agent("elsewhere", None))


def origin_of(key: str, elsewhere: Mapping[str, Origin] | None = None, **tables: object) -> Origin | None:
    metadata = note_of(f"---\n{json.dumps(tables)}").metadata
    resolved = Records(metadata, (elsewhere or {}).get).resolve(key)
    assert resolved is None or resolved.key == record_key(key)
    return resolved and resolved.origin


def agent(**agent_id: object) -> dict[str, object]:
    return {"agent_id": agent_id, "human_author": "Ann Lee <ann@example.com>"}


def test_a_session_with_and_without_the_trace_part() -> None:
    sessions = {"s_1": agent(tool="claude", id="0a", model="claude-opus-4-6")}
    expected = Origin(Contributor.AI, Agent("claude", "claude-opus-4-6"), ANN, Session("s_1", "0a"))
    assert origin_of("s_1::t_2", sessions=sessions) == origin_of("s_1", sessions=sessions) == expected


@pytest.mark.parametrize("key", ["0123456789abcdef", "0123abc", "55555555-5555-4555-8555-555555555555"])
def test_old_keys_have_their_record_in_prompts(key: str) -> None:
    prompts = {key: agent(tool="cursor", id="0b", model="gpt-5")}
    assert origin_of(key, prompts=prompts) == Origin(Contributor.AI, Agent("cursor", "gpt-5"), ANN, Session(key, "0b"))


def test_a_known_human_and_their_name() -> None:
    assert origin_of("h_1", humans={"h_1": {"author": "Ann Lee <ann@example.com>"}}) == Origin(
        Contributor.HUMAN, person=ANN
    )
    assert origin_of("h_1", humans={"h_1": {"author": None}}) == Origin(Contributor.HUMAN)


def test_the_key_of_a_known_human_says_so_without_a_record() -> None:
    """Its prefix is declared stable; only the name is missing."""
    for humans in ({}, {"h_2": {"author": "Ann Lee"}}, {"h_1": None}, {"h_1": 5}):
        assert origin_of("h_1", humans=humans) == Origin(Contributor.HUMAN)
    assert origin_of("h_1", {"h_1": UNKNOWN_ORIGIN}) == Origin(Contributor.HUMAN)


def test_words_that_need_no_record() -> None:
    assert origin_of("human") == Origin(Contributor.HUMAN)
    assert origin_of("ai_agent") == Origin(Contributor.AI, Agent(None, None))


def test_a_record_beats_the_word() -> None:
    assert origin_of("human", prompts={"human": agent(tool="x")}) == Origin(
        Contributor.AI, Agent("x", None), ANN, Session("human", None)
    )


@pytest.mark.parametrize("key", ["s_1::t_1", "0123456789abcdef", "Human", "h1", ""])
def test_no_record_no_origin(key: str) -> None:
    assert origin_of(key, sessions={"s_2": agent()}, humans={"h_2": {}}, prompts={}) is None


def test_other_notes_are_asked_by_the_key_of_the_record() -> None:
    everything = dict.fromkeys(("h_1", "s_1", "0123456789abcdef", "human", "ai_agent"), ELSEWHERE)
    for key in ("h_1", "s_1::t_1", "0123456789abcdef"):
        assert origin_of(key, everything) is ELSEWHERE
    assert origin_of("human", everything) == Origin(Contributor.HUMAN)
    assert origin_of("ai_agent", everything) == Origin(Contributor.AI, Agent(None, None))


def test_the_notes_own_record_counts_first() -> None:
    everything = dict.fromkeys(("h_1", "s_1"), ELSEWHERE)
    assert origin_of("h_1", everything, humans={"h_1": {}}) == Origin(Contributor.HUMAN)
    assert origin_of("s_1::t_1", everything, sessions={"s_1": {}}) != ELSEWHERE


@pytest.mark.parametrize("record", [5, "text", None, [], {"agent_id": "claude"}, {"agent_id": {"tool": 7}}])
def test_a_bad_record_spoils_no_other(record: object) -> None:
    sessions = {"s_1": record, "s_2": agent(tool="claude")}
    assert origin_of("s_1", sessions=sessions) is None
    good = origin_of("s_2", sessions=sessions)
    assert good is not None
    assert good.agent == Agent("claude", None)


def test_a_record_that_says_little() -> None:
    nothing = Origin(Contributor.AI, Agent(None, None), None, Session("s_1", None))
    assert origin_of("s_1", sessions={"s_1": {}}) == nothing
    assert origin_of("s_1", sessions={"s_1": {"agent_id": None, "human_author": None, "unheard_of": [1]}}) == nothing


@pytest.mark.parametrize(
    ("recorded", "model"),
    [
        ("claude-opus-4-6", "claude-opus-4-6"),
        ('"gpt-5"', "gpt-5"),
        ("openai/gpt-5.4", "openai/gpt-5.4"),
        ("unknown", None),
        ("default", None),
        ("Default", None),
        ("<synthetic>", None),
        ('""', None),
        ("", None),
        (None, None),
        ("tab", "tab"),
    ],
)
def test_models(recorded: str | None, model: str | None) -> None:
    assert recorded_model(recorded) == model


@pytest.mark.parametrize(
    ("recorded", "somebody"),
    [
        ("Ann Lee <ann@example.com>", ANN),
        ("  Ann Lee  <ann@example.com> ", ANN),
        ("Ann Lee", Person("Ann Lee")),
        ("<ann@example.com>", Person(None, "ann@example.com")),
        ("Ann Lee <>", Person("Ann Lee")),
        ("<>", None),
        ("", None),
        (None, None),
        ("Ann <Lee", Person("Ann <Lee")),
    ],
)
def test_people(recorded: str | None, somebody: Person | None) -> None:
    assert person(recorded) == somebody
