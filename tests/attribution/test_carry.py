"""Which recorded edit a commit's line came from; whatever is not certain stays unknown, with a reason."""

from carrying import edit, words
from hypothesis import given
from hypothesis import strategies as st

from backstory.attribution.carry import EQUAL_CLAIMS, NOT_TIED, Commit, carry, session_of
from backstory.attribution.kinship import Kin
from backstory.model.keyed_edit import KeyedBlock, KeyedEdit, Strip
from backstory.model.line_key import MASKED

BODY = ("def capture(order):", "    if order.paid:", "        return None", "", "    return charge(order)")


def carried(edits, *texts, same=(), parts=(), path="pay.py", revision="new", committed=9):
    strip = Strip(path, 1, texts or BODY)
    commit = Commit(words(revision, hours=committed), (strip,), Kin(frozenset(same), frozenset(parts)))
    return carry(commit, edits)


def sessions(result, count=5):
    found = [result.origins.get(("pay.py", line)) for line in range(1, count + 1)]
    return [each and each.origin.session.key for each in found]


def test_lines_of_an_earlier_shape_come_from_there_blank_ones_with_them():
    assert sessions(carried([edit("a1", BODY, revision="old")], same=["old"])) == ["a1"] * 5


def test_the_same_text_in_an_unrelated_commit_proves_nothing():
    result = carried([edit("a1", BODY, revision="old")])
    assert sessions(result) == [None] * 5
    assert result.reasons["pay.py", 1] == NOT_TIED


def test_a_blank_or_bracket_line_never_stands_alone():
    assert sessions(carried([edit("a1", ["}", ""], revision="old")], "}", "", same=["old"]), 2) == [None, None]


def test_an_edit_after_the_commit_explains_nothing():
    result = carried([edit("a1", BODY, revision="old", hours=10)], same=["old"])
    assert not result.origins


def test_the_longest_run_comes_first_then_the_last_edit():
    part, whole, again = (
        edit("a1", BODY[:2], revision="one", hours=3),
        edit("a2", BODY, revision="two", hours=1),
        edit("a3", BODY, revision="three", hours=2),
    )
    assert sessions(carried([part, whole], parts=["one", "two"])) == ["a2"] * 5
    assert sessions(carried([part, whole, again], parts=["one", "two", "three"])) == ["a3"] * 5


def test_two_sessions_that_are_equal_leave_the_line_unknown():
    edits = [edit("a1", BODY, revision="one"), edit("a2", BODY, revision="two")]
    result = carried(edits, parts=["one", "two"])
    assert not result.origins
    assert set(result.reasons.values()) == {EQUAL_CLAIMS}


def test_two_copies_of_one_session_are_no_rivals():
    edits = [edit("a1", BODY, revision="one"), edit("a1", BODY, revision="two")]
    assert sessions(carried(edits, parts=["one", "two"])) == ["a1"] * 5


def test_the_files_own_edit_comes_before_another_files():
    edits = [edit("a1", BODY, revision="one", hours=1), edit("a2", BODY, revision="two", hours=2, path="else.py")]
    assert sessions(carried(edits, parts=["one", "two"])) == ["a1"] * 5


def test_a_transcript_needs_three_lines_or_a_rare_one():
    assert sessions(carried([edit("a1", BODY)])) == ["a1"] * 5
    idiom = [edit("a1", ["    return None"]), edit("a2", ["    return None"])]
    assert sessions(carried(idiom, "    return None"), 1) == [None]
    rare = edit("a1", ["total = apply_discount(order, 7)"])
    assert sessions(carried([rare], "total = apply_discount(order, 7)"), 1) == ["a1"]


def test_a_transcript_that_the_commit_names_comes_first():
    named = edit("a1", BODY, commits=["new"])
    later = edit("a2", BODY, hours=5)
    assert sessions(carried([named, later])) == ["a1"] * 5


def test_what_others_wrote_too_comes_from_the_sessions_that_the_commit_names():
    named, idiom = edit("a1", ["total = 7"], commits=["new"]), [edit("a2", BODY), edit("a3", BODY, hours=1)]
    assert sessions(carried([named, *idiom])) == [None] * 5
    assert sessions(carried(idiom)) == ["a3"] * 5
    alone = edit("a2", (*BODY[:4], "    return charge(order, twice=True)"))
    assert sessions(carried([named, alone, idiom[1]], *BODY[:4], "    return charge(order, twice=True)")) == ["a2"] * 5


def test_another_files_transcript_must_hold_lines_that_are_mostly_nobody_elses():
    elsewhere = edit("a1", BODY, path="else.py")
    assert sessions(carried([elsewhere])) == ["a1"] * 5
    assert sessions(carried([elsewhere, edit("a2", BODY[:4], path="third.py")])) == [None] * 5


def test_what_a_forked_conversation_repeats_was_written_once():
    line = "total = apply_discount(order, 7)"
    original, fork, other = (
        edit("a1", [line], call="toolu_1"),
        edit("a2", [line], call="toolu_1"),
        edit("a3", [line], call="toolu_2"),
    )
    assert sessions(carried([original, fork], line), 1) == ["a1"]
    assert sessions(carried([fork, original], line), 1) == ["a1"]
    assert sessions(carried([original, other], line), 1) == [None]
    named = edit("a2", [line], call="toolu_1", commits=["new"])
    assert sessions(carried([original, named], line), 1) == ["a2"]


def test_a_commit_holds_what_was_written_until_its_later_time():
    amended = edit("a1", BODY, hours=5, commits=["new"])
    assert sessions(carried([amended], committed=6)) == ["a1"] * 5
    assert sessions(carried([amended], committed=4)) == [None] * 5
    strips = (Strip("pay.py", 1, BODY),)
    replayed = Commit(words("new", hours=6, committed=1), strips, Kin())
    assert sessions(carry(replayed, [amended])) == ["a1"] * 5


def test_what_the_recorder_masked_stands_for_any_line_between_others():
    masked = edit("a1", BODY, commits=["new"])
    keys = masked.blocks[0].keys
    blocks = (KeyedBlock((MASKED, keys[0], MASKED, keys[2], MASKED)),)
    result = carried([KeyedEdit(masked.edit, blocks)], "one = 1", *BODY[:3], "two = 2")
    assert sessions(result) == [None, "a1", "a1", "a1", None]


TEXTS = st.lists(
    st.sampled_from(["", "}", "return None", "total = charge(order)", "raise PaymentError(7)", "x = 1"]), min_size=1
)
EDITS = st.lists(
    st.builds(
        lambda session, lines, revision, hours: edit(session, lines, revision=revision, hours=hours),
        st.sampled_from(["a1", "a2"]),
        TEXTS,
        st.sampled_from([None, "one", "two"]),
        st.integers(0, 12),
    ),
    max_size=4,
)


@given(EDITS, TEXTS)
def test_what_is_said_does_not_depend_on_the_order_of_edits_and_holds_the_text(edits, texts):
    one = carried(edits, *texts, same=["one"], parts=["two"])
    other = carried(edits[::-1], *texts, same=["one"], parts=["two"])
    keys = Strip("pay.py", 1, tuple(texts)).keys
    assert {line: session_of(each) for line, each in one.origins.items()} == {
        line: session_of(each) for line, each in other.origins.items()
    }
    assert one.reasons == other.reasons
    assert not one.origins.keys() & one.reasons.keys()
    for (_, line), found in one.origins.items():
        written = {key for each in edits if each.edit == found for block in each.blocks for key in block.keys}
        assert keys[line - 1] in written
