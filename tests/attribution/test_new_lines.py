"""Lines that HEAD does not have yet: who wrote them, when a transcript of the same file says so."""

from carrying import edit

from backstory.attribution.carry import EQUAL_CLAIMS
from backstory.attribution.new_lines import attributions_of, new_strips
from backstory.model.evidence import Basis
from backstory.model.origin import Contributor

BODY = ("def capture(order):", "    if order.paid:", "        return None", "", "    return charge(order)")
TEXTS = ("import shop", *BODY, "x = 1")
HEAD_LINES = (1, 0, 0, 0, 0, 0, 2)


def told(*edits, texts=TEXTS, head_lines=HEAD_LINES, path="pay.py"):
    found = attributions_of(new_strips(path, texts, head_lines), edits)
    return {line: each.origin.session.key if each.origin.session else each.reason for line, each in found.items()}


def test_only_lines_that_head_lacks_are_asked_for():
    strips = new_strips("pay.py", TEXTS, HEAD_LINES)
    assert [(strip.first, strip.texts) for strip in strips] == [(2, BODY)]
    assert new_strips("pay.py", TEXTS, range(1, 8)) == ()
    assert [strip.first for strip in new_strips("pay.py", TEXTS, (1, -1, 0, 2, 3, -2, 4))] == [2, 6]


def test_what_a_transcript_wrote_into_this_file_is_matched():
    found = attributions_of(new_strips("pay.py", TEXTS, HEAD_LINES), [edit("a1", BODY)])
    assert {each.basis for each in found.values()} == {Basis.MATCHED}
    assert {each.origin.contributor for each in found.values()} == {Contributor.AI}
    assert sorted(found) == [2, 3, 4, 5, 6]
    assert len({id(each) for each in found.values()}) == 1


def test_the_newest_of_two_sessions_counts():
    assert set(told(edit("a1", BODY), edit("a2", BODY, hours=1)).values()) == {"a2"}
    assert set(told(edit("a1", BODY), edit("a2", BODY)).values()) == {EQUAL_CLAIMS}


def test_two_common_lines_another_file_and_a_commits_record_prove_nothing():
    assert told(edit("a1", BODY[:2]), edit("a2", BODY[:2])) == {}
    assert told(edit("a1", BODY, path="else.py")) == {}
    assert told(edit("a1", BODY, revision="old")) == {}
    assert told() == {}


def test_a_line_that_one_session_wrote_alone_is_found():
    line = "total = apply_discount(order, 7)"
    assert told(edit("a1", [line]), texts=("x = 1", line), head_lines=(1, 0)) == {2: "a1"}
