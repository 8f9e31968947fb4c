"""Recorded edits are found by their lines' text; only what changed is read again, and no text is kept."""

from datetime import UTC, datetime

import pytest
from keeping import SHOP

from backstory.model.edit import Block, Edit, RecordRef
from backstory.model.evidence import Basis
from backstory.model.line_key import line_key
from backstory.model.origin import Agent, Contributor, Origin, Person, Session
from backstory.store.text_index import ReadRecord, TextIndex

BODY = ("def capture(order):", "", "    return charge(order)")


def edit(*blocks, session="s_1", revision="1" * 40):
    origin = Origin(
        Contributor.AI, Agent("claude", "opus"), Person("Ann Lee", "ann@example.com"), Session(session, "abc")
    )
    return Edit(
        "git-ai",
        Basis.CARRIED,
        origin,
        "caf\u00e9.py",
        datetime(2026, 3, 2, 9, tzinfo=UTC),
        tuple(Block(block, first) for first, block in enumerate(blocks, 1)),
        "refs/notes/ai@1111111",
        "note",
        "s_1 pay.py",
        revision,
        frozenset({"2" * 40}),
        "REDACTED",
    )


def record(key, stamp, *edits):
    return ReadRecord("git-ai", RecordRef(key, stamp), edits)


@pytest.fixture
def index(opened):
    return TextIndex(opened.cache(SHOP))


def found(index, text):
    return index.find([line_key(text)])


def test_an_edit_is_found_by_any_of_its_long_lines_and_is_what_it_was(index):
    index.put([record("a", "1", edit(BODY, ("x = 1",)))])
    (one,) = found(index, "return  charge(order);")
    assert [block.keys for block in one.blocks] == [tuple(map(line_key, BODY)), (line_key("x = 1"),)]
    assert [block.first for block in one.blocks] == [1, 2]
    assert found(index, "x = 1") == []
    assert found(index, "def capture(other):") == []


def test_facts_survive(index):
    index.put(
        [
            record("a", "1", edit(BODY)),
            record(
                "b",
                "1",
                Edit(
                    "x", Basis.MATCHED, Origin(Contributor.HUMAN), None, None, (Block(("a line of a person",)),), "", ""
                ),
            ),
        ]
    )
    (one,) = found(index, BODY[0])
    assert one.edit == edit()
    (other,) = found(index, "a line of a person")
    assert other.edit == Edit("x", Basis.MATCHED, Origin(Contributor.HUMAN), None, None, (), "", "")


def test_a_record_read_again_replaces_what_it_held(index):
    index.put([record("a", "1", edit(BODY)), record("b", "1", edit(BODY, session="s_2"))])
    index.put([record("a", "2", edit(("raise PaymentError(order)",)))])
    assert index.stamps("git-ai") == {"a": "2", "b": "1"}
    assert [each.edit.origin.session.key for each in found(index, BODY[0])] == ["s_2"]
    assert len(found(index, "raise PaymentError(order)")) == 1


def test_a_record_that_is_gone_leaves_nothing(index, opened):
    index.put([record("a", "1", edit(BODY))])
    index.remove("git-ai", ["a", "unknown"])
    assert index.stamps("git-ai") == {}
    assert found(index, BODY[0]) == []
    with opened.cache(SHOP).read() as connection:
        assert connection.execute("SELECT count(*) FROM text_line").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM text_edit").fetchone() == (0,)


def test_commits_weigh_their_different_long_lines(index):
    index.put([record("a", "1", edit(BODY, BODY), edit(("raise PaymentError(order)",), session="s_2"))])
    assert index.weights(["1" * 40, "3" * 40]) == {"1" * 40: 3, "3" * 40: 0}
    assert index.revisions() == ["1" * 40]


def test_no_text_is_kept(index, opened):
    index.put([record("a", "1", edit(("password = 'very secret indeed'",)))])
    path = opened.cache(SHOP).path
    assert b"very secret indeed" not in b"".join(each.read_bytes() for each in path.parent.iterdir())
