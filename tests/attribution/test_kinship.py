"""Which commits are an earlier shape of another: by what ties them, never by equal text alone."""

from carrying import words

from backstory.attribution.kinship import Kin, Overlap, kin_of


def no_branch(_revision):
    return ()


def overlap(other, common, of_other=10, of_commit=10):
    return Overlap(other, frozenset(range(common)), of_other, of_commit)


def check_kin(commit, *overlaps, same=(), parts=(), branch=no_branch):
    assert kin_of(commit, overlaps, branch) == Kin(frozenset(same), frozenset(parts))


def test_a_rebased_commit_keeps_author_time_and_subject():
    check_kin(words("new", hours=1, committed=9), overlap(words("old", hours=1), 1), same=["old"])


def test_an_amended_one_keeps_author_time_and_most_lines():
    check_kin(words("new", "Mend", 1, 9), overlap(words("old", "Make", 1), 5), same=["old"])
    check_kin(words("new", "Mend", 1, 9), overlap(words("old", "Make", 1), 4))


def test_a_squash_may_name_what_it_swallowed():
    by_id = words("new", "Squashed commit of the following:\n\ncommit abcdef0123\n", 9)
    check_kin(by_id, overlap(words("abcdef0123456789"), 1), parts=["abcdef0123456789"])
    by_subject = words("new", "Payments (#12)\n\n* Capture the order\n* Refund it all\n", 9)
    check_kin(by_subject, overlap(words("old", "Capture the order"), 3), parts=["old"])
    check_kin(by_subject, overlap(words("old", "Capture the order"), 2))


def test_a_fixup_is_named_by_its_own_subject():
    check_kin(
        words("new", "Capture the order", 1, 9), overlap(words("old", "fixup! Capture the order", 5), 4), parts=["old"]
    )


def test_everybodys_subject_ties_nothing():
    check_kin(words("new", "wip", 9), overlap(words("old", "wip"), 5))


def test_nearly_all_lines_of_another_tie_it_if_they_explain_a_good_part():
    check_kin(words("new", hours=9), overlap(words("old", "Else"), 8), parts=["old"])
    check_kin(words("new", hours=9), overlap(words("old", "Else"), 7))
    check_kin(words("new", hours=9), overlap(words("old", "Else"), 8, of_commit=30))
    check_kin(words("new", hours=9), overlap(words("old", "Else"), 4, of_other=4))


def test_a_later_commit_with_the_same_lines_is_no_earlier_shape():
    check_kin(words("new", hours=1, committed=9), overlap(words("old", "Else", 5), 10))


def test_a_branch_is_swallowed_with_its_last_commit():
    first, last = overlap(words("first", "One"), 2), overlap(words("last", "Two"), 9)
    branches = {"last": {"first", "unknown"}}
    check_kin(
        words("new", hours=9),
        first,
        last,
        parts=["first", "last"],
        branch=lambda revision: branches.get(revision, ()),
    )
