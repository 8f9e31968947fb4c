"""What a note says of a commit that an agent and a person made together."""

from contextlib import closing

import pytest
from workplace import SESSION, Workplace

from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.names import Revision
from backstory.recording.record import Outcome, Recorder, Recording
from bench.oracle import git_ai as oracle

OTHER = "99999999-2222-4333-8444-555555555555"
FUNCTION = "def capture(order):\n    total = order.total()\n\n    return total\n"


def record(place: Workplace, revision: str = "", *, with_prompts: bool = False) -> Recording:
    revision = revision or place.git("rev-parse", "HEAD").strip()
    with closing(Recorder(discover(place.root), Cancellation())) as recorder:
        return recorder.record(Revision(revision), with_prompts=with_prompts)


def check(place: Workplace, path: str, expected: str, revision: str = "HEAD") -> None:
    """The note on a commit, read by a parser that shares nothing with ours, claims the lines that are marked."""
    note = oracle.parse(place.note(revision))
    claimed = {
        line: key
        for key, ranges in note.entries.get(path, ())
        for first, last in ranges
        for line in range(first, last + 1)
    }
    assert place.annotated(revision, path, claimed) == expected.strip("\n")
    for key in claimed.values():
        table, name = oracle.table_of(key)
        assert oracle.record_of(table, note.metadata[table][name]).session in {SESSION, OTHER}


def test_an_agents_file_is_its_own(place):
    place.asks("write it")
    place.writes("pay.py", FUNCTION)
    place.commit()
    assert record(place).outcome is Outcome.RECORDED
    check(place, "pay.py", "a|def capture(order):\na|    total = order.total()\na|\na|    return total")


def test_what_a_person_typed_is_nobodys(place):
    place.types("pay.py", "import os\n\n")
    place.commit()
    place.writes("pay.py", "import os\n\n" + FUNCTION)
    place.types("pay.py", "import os\nimport sys\n\n" + FUNCTION + "\ndef refund(order):\n    return None\n")
    place.commit()
    record(place)
    check(
        place,
        "pay.py",
        " |import os\n |import sys\n |\na|def capture(order):\na|    total = order.total()\na|\na|    return total\n"
        " |\n |def refund(order):\n |    return None",
    )


def test_a_line_changed_since_is_left_out(place):
    place.writes("pay.py", FUNCTION)
    place.types("pay.py", FUNCTION.replace("order.total()", "order.total(with_tax=True)"))
    place.commit()
    record(place)
    check(
        place,
        "pay.py",
        "a|def capture(order):\n |    total = order.total(with_tax=True)\na|\na|    return total",
    )


def lines_of(place: Workplace, path: str, revision: str = "HEAD") -> set[str]:
    text = place.note(revision)
    if not text:
        return set()
    entries = oracle.parse(text).entries.get(path, ())
    return {str(n) for _, ranges in entries for first, last in ranges for n in range(first, last + 1)}


def test_a_copy_that_a_person_made_leaves_both_unknown(place):
    place.writes("pay.py", FUNCTION)
    place.types("pay.py", FUNCTION + "\n" + FUNCTION)
    place.commit()
    assert record(place).outcome is Outcome.NOTHING_KNOWN
    assert place.note() == ""


def test_a_line_is_recorded_with_one_commit_only(place):
    place.writes("pay.py", FUNCTION)
    place.commit()
    place.types("pay.py", "pass\n")
    place.commit()
    place.types("pay.py", FUNCTION)
    place.commit("typed again, by a person")
    assert record(place).outcome is Outcome.NOTHING_KNOWN


def test_what_the_agent_took_away_again_is_no_longer_its_own(place):
    place.writes("pay.py", FUNCTION)
    place.writes("pay.py", "def nothing():\n    raise ValueError\n")
    place.types("pay.py", FUNCTION)
    place.commit()
    assert record(place).outcome is Outcome.NOTHING_KNOWN


def test_only_what_was_staged(place):
    place.types("pay.py", "import os\n")
    place.commit()
    place.writes("pay.py", "import os\n" + FUNCTION)
    place.writes("tax.py", "def tax(order):\n    rate = order.rate()\n    return rate * order.total()\n")
    half = "import os\ndef capture(order):\n    total = order.total()\n"
    blob = place.git("hash-object", "-w", "--stdin", stdin=half).strip()
    place.git("update-index", "--cacheinfo", f"100644,{blob},pay.py")
    first = place.commit_staged("half of it")
    second = place.commit("the rest")
    record(place, first)
    record(place, second)
    check(place, "pay.py", " |import os\na|def capture(order):\na|    total = order.total()", first)
    assert lines_of(place, "pay.py", second) == set()
    check(place, "tax.py", "a|def tax(order):\na|    rate = order.rate()\na|    return rate * order.total()", second)


def test_an_edit_after_the_commit_says_nothing_of_it(place):
    place.types("pay.py", FUNCTION)
    revision = place.commit()
    place.git("rm", "-q", "--cached", "pay.py")
    (place.root / "pay.py").unlink()
    place.writes("pay.py", FUNCTION)
    assert record(place, revision).outcome is Outcome.NOTHING_KNOWN


def test_another_file_is_not_asked(place):
    place.writes("pay.py", FUNCTION)
    place.git("add", "-A")
    place.git("mv", "pay.py", "capture.py")
    place.commit("renamed before it was committed")
    assert record(place).outcome is Outcome.NOTHING_KNOWN


def test_a_formatter_takes_lines_out_of_the_record(place):
    place.writes("pay.py", FUNCTION)
    place.types("pay.py", FUNCTION.replace("    ", "  "))
    place.commit()
    record(place)
    assert lines_of(place, "pay.py") <= {"1"}


def test_a_merge_has_what_was_written_to_solve_it(place):
    place.types("pay.py", "rate = 1\n")
    place.commit()
    place.git("checkout", "-q", "-b", "side")
    place.types("pay.py", "rate = 2\n")
    place.commit()
    place.git("checkout", "-q", "main")
    place.types("pay.py", "rate = 3\n")
    place.commit()
    place.git("merge", "-q", "side", check=False)
    place.writes("pay.py", "def rate(order):\n    known = order.rates()\n    return known.latest()\n")
    place.commit("merged")
    record(place)
    check(place, "pay.py", "a|def rate(order):\na|    known = order.rates()\na|    return known.latest()")


def test_two_sessions_in_time_order(place):
    place.writes("pay.py", FUNCTION)
    place.writes("pay.py", FUNCTION + "\ndef refund(order):\n    back = order.total()\n    return -back\n", OTHER)
    place.commit()
    record(place)
    note = oracle.parse(place.note())
    by_session = {
        oracle.record_of("sessions", note.metadata["sessions"][key.partition("::")[0]]).session: ranges
        for key, ranges in note.entries["pay.py"]
    }
    assert by_session == {SESSION: [(1, 4)], OTHER: [(5, 8)]}


def test_an_amended_commit_keeps_and_gains(place):
    place.writes("pay.py", FUNCTION)
    place.commit()
    record(place)
    for transcript in (place.home / ".claude").rglob("*.jsonl"):
        transcript.unlink()
    place.writes("tax.py", "def tax(order):\n    rate = order.rate()\n    return rate * order.total()\n", OTHER)
    place.types("pay.py", "# Payments\n" + FUNCTION)
    place.commit("with tax", "--amend")
    record(place)
    assert lines_of(place, "pay.py") == {"2", "3", "4", "5"}
    assert lines_of(place, "tax.py") == {"1", "2", "3"}


def test_a_picked_commit_is_as_old_as_its_author_says(place):
    place.types("a.txt", "one\n")
    place.commit()
    place.git("checkout", "-q", "-b", "side")
    place.types("pay.py", FUNCTION)
    picked = place.commit("a person's")
    place.git("checkout", "-q", "main")
    place.writes("pay.py", FUNCTION)
    (place.root / "pay.py").unlink()
    place.git("cherry-pick", picked)
    assert record(place).outcome is Outcome.NOTHING_KNOWN


def test_anothers_note_stays(place):
    place.writes("pay.py", FUNCTION)
    place.commit()
    foreign = 'pay.py\n  s_00000000000000::t_00000000000000 1\n---\n{"schema_version": "authorship/3.0.0"}'
    place.git("notes", "--ref=refs/notes/ai", "add", "-m", foreign)
    before = place.git("rev-parse", "refs/notes/ai")
    assert record(place).outcome is Outcome.FOREIGN
    assert place.git("rev-parse", "refs/notes/ai") == before


def test_recording_twice_writes_once(place):
    place.writes("pay.py", FUNCTION)
    place.commit()
    record(place)
    before = place.git("rev-parse", "refs/notes/ai")
    assert record(place).outcome is Outcome.AS_BEFORE
    assert place.git("rev-parse", "refs/notes/ai") == before


def test_prompts_are_there_only_when_asked_for_and_masked(place):
    place.asks("add capture, the key is AKIAIOSFODNN7EXAMPLQ")
    place.writes("pay.py", FUNCTION)
    place.asks("and tax")
    place.writes("tax.py", "def tax(order):\n    rate = order.rate()\n    return rate * order.total()\n")
    place.commit()
    record(place)
    assert "capture, the" not in place.note()
    record(place, with_prompts=True)
    note = oracle.parse(place.note())
    asked = {
        path: note.metadata["prompts"][entries[0][0]]["messages"][-1]["text"] for path, entries in note.entries.items()
    }
    assert asked == {"pay.py": "add capture, the key is [masked: AWS key]", "tax.py": "and tax"}


def test_a_file_written_as_a_whole_may_hold_a_persons_lines(place):
    place.types("pay.py", "import os\n")
    place.commit()
    place.types("pay.py", "import os\nimport sys  # typed by a person\n")
    place.writes("pay.py", "import os\nimport sys  # typed by a person\n" + FUNCTION, is_confirmed=False)
    place.commit()
    assert record(place).outcome is Outcome.NOTHING_KNOWN


@pytest.mark.parametrize("name", ["with space.py", "naïve.py", "tab\there.py", '"quoted".py', "---"])
def test_names_that_are_hard_to_write(place, name):
    place.writes(name, FUNCTION)
    place.commit()
    outcome = record(place).outcome
    if outcome is Outcome.RECORDED:
        check(place, name, "a|def capture(order):\na|    total = order.total()\na|\na|    return total")
    else:
        assert name in {"tab\there.py", '"quoted".py', "---"}


def test_another_repositorys_transcript_is_not_read(place, tmp_path):
    place.writes("pay.py", FUNCTION)
    twin = Workplace(tmp_path / "elsewhere" / "shop", place.home)
    twin.types("pay.py", FUNCTION)
    revision = twin.commit()
    assert record(twin, revision).outcome is Outcome.NOTHING_KNOWN


def test_a_linked_work_tree(place, tmp_path):
    place.types("a.txt", "one\n")
    place.commit()
    linked = tmp_path / "linked"
    place.git("worktree", "add", "-q", str(linked))
    place.writes("pay.py", FUNCTION, folder=linked)
    place.git("add", "-A", folder=linked)
    revision = place.commit_staged("in the other one", folder=linked)
    with closing(Recorder(discover(linked), Cancellation())) as recorder:
        assert recorder.record(Revision(revision), with_prompts=False).lines == 4
