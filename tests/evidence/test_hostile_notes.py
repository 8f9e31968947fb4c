"""Records of whogitit, agentblame and Agent Trace that somebody broke: nothing is raised, the unreadable is told."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from git_ai_mutations import KINDS, WEIGHTS
from hypothesis import given, settings
from hypothesis import strategies as st
from notes_reading import CORPUS, SAMPLES

from backstory.evidence import agent_trace_note, agentblame, agentblame_note, whogitit_note
from backstory.evidence.agent_trace_claims import Position, statements_of
from backstory.evidence.agent_trace_ledger import parse_ledger, parse_link
from backstory.evidence.agent_trace_record import parse_record
from backstory.evidence.content_hash import HashedLines
from backstory.evidence.whogitit_claims import blocks_of, claims_of, origin_of
from backstory.evidence.whogitit_prompt import conversation_of, prompt_of
from backstory.model.evidence import Unreadable
from backstory.model.origin import Contributor

LINES = (
    b"import time\ndef capture():\n    for attempt in range(3):\n        time.sleep(attempt)\n\n    return None".split(
        b"\n"
    )
)
COUNT = 10_000
LARGEST = 1_000_000


def use_whogitit(text: bytes) -> bool:
    note = whogitit_note.parse_note(text, "a note")
    if isinstance(note, Unreadable):
        return False
    origin_of(note, Contributor.AI)
    for path in note.paths:
        snapshot = note.snapshot(path) or []
        claims = claims_of(snapshot, LINES)
        assert all(1 <= each.first <= each.last <= len(LINES) for _, found in claims.lines for each in found)
        assert sum(len(lines) for _, lines in blocks_of(snapshot)) <= len(snapshot)
    for request in note.requests:
        prompt_of(note, request.index)
        conversation_of(note, request.index, "a note")
    return True


def use_agentblame(text: bytes) -> bool:
    note = agentblame_note.parse_note(text, "a note")
    if isinstance(note, Unreadable):
        return False
    hashed = HashedLines(LINES)
    found = [agentblame.verified(each, hashed) for claimed in note.claimed.values() for each in claimed]
    assert all(1 <= each.first <= each.last <= len(LINES) for each in found if each)
    return True


def use_agent_trace(text: bytes) -> bool:
    parse_ledger(text)
    parse_link(text)
    record = parse_record(text, "/home/ann/shop")
    note = agent_trace_note.parse_note(text, "a note", None)
    claims = list(record.claims if record else ())
    if not isinstance(note, Unreadable):
        claims += [each.claim for each in (note.ledger.segments if note.ledger else ())]
        claims += [claim for each in note.records for claim in each.claims]
    for position in Position:
        for said in statements_of([(claim, position) for claim in claims], LINES):
            assert all(1 <= each.first <= each.last <= len(LINES) for each in said.lines or ())
    return record is not None or not isinstance(note, Unreadable)


USES: dict[str, Callable[[bytes], bool]] = {
    "whogitit": use_whogitit,
    "agentblame": use_agentblame,
    "agent-trace": use_agent_trace,
}


@pytest.mark.parametrize("tool", USES)
def test_ten_thousand_mutations(tool: str) -> None:
    chance = random.Random(20261122)
    paths = [*sorted((SAMPLES / tool).glob("*.json")), *sorted((CORPUS / tool / "notes").glob("*8*.json"))]
    seeds = [path.read_bytes() for path in paths if path.stat().st_size < 50_000]
    readable = 0
    for _ in range(COUNT // len(USES)):
        (mutate,) = chance.choices(KINDS, WEIGHTS)
        readable += USES[tool](mutate(bytearray(chance.choice(seeds)), chance)[:LARGEST])
    assert 100 < readable < COUNT // len(USES) - 100, "what is tolerated must occur, and what is reported"


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def swapped(found: Any, place: list[int], value: Any) -> Any:
    """Return JSON in which something, the way to which `place` leads, has become `value`."""
    if not place or not isinstance(found, dict | list) or not found:
        return value
    if isinstance(found, list):
        index = place[0] % len(found)
        return [swapped(each, place[1:], value) if at == index else each for at, each in enumerate(found)]
    name = sorted(found)[place[0] % len(found)]
    return {**found, name: swapped(found[name], place[1:], value)}


@pytest.mark.parametrize("tool", USES)
@settings(deadline=None)
@given(st.data())
def test_any_value_in_any_place(tool: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted((SAMPLES / tool).glob("*.json"))))
    place = data.draw(st.lists(st.integers(0, 9), min_size=1, max_size=9))
    text = json.dumps(swapped(json.loads(path.read_bytes()), place, data.draw(values)))
    USES[tool](text.encode("utf-8", "replace"))


@pytest.mark.parametrize("tool", USES)
@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(tool: str, text: bytes) -> None:
    USES[tool](text)


@pytest.mark.parametrize("tool", USES)
@pytest.mark.parametrize("text", [b"[" * 100_000, b'{"files":' * 100_000, b'{"attributions":[' * 50_000])
def test_json_nested_without_end(tool: str, text: bytes) -> None:
    assert not USES[tool](text)


def test_endless_ranges_take_no_time() -> None:
    claim = {"path": "pay.py", "start_line": 1, "end_line": 10**9, "content_hash": "sha256:" + "0" * 64}
    assert use_agentblame(json.dumps({"attributions": [claim] * 10_000}).encode())
    ranges = [{"start_line": 1, "end_line": 10**18}] * 10_000
    record = {"files": [{"path": "pay.py", "conversations": [{"ranges": ranges}]}]}
    assert use_agent_trace(json.dumps(record).encode())
