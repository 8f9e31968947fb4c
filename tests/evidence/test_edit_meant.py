"""Which edit of a session wrote the lines that are asked about."""

from datetime import UTC, datetime

from backstory.evidence.edit_meant import edit_meant
from backstory.model.edit import Block, Edit
from backstory.model.evidence import Basis
from backstory.model.names import RepoPath
from backstory.model.origin import UNKNOWN_ORIGIN, Session
from backstory.model.prompt import Question


def edit(key: str, hour: int, *lines: str, path: str = "pay.py") -> Edit:
    at = datetime(2026, 3, 2, hour, tzinfo=UTC)
    blocks = (Block(lines),)
    return Edit("entire", Basis.MATCHED, UNKNOWN_ORIGIN, RepoPath(path), at, blocks, "here", "transcript", key)


def question(*texts: str, path: str = "pay.py", until: int | None = None) -> Question:
    time = datetime(2026, 3, 2, until, tzinfo=UTC) if until else None
    return Question(Session("s", "s"), "claude", path, texts, time)


def meant(found: Edit | None) -> str | None:
    return found and found.prompt_key


EDITS = [
    edit("first", 9, "def capture():", "    charge()", "}"),
    edit("again", 10, "    charge()"),
    edit("elsewhere", 11, "    charge()", path="ship.py"),
    edit("bracket", 12, "}", path="ship.py"),
]


def test_the_last_of_the_file_wins():
    assert meant(edit_meant(EDITS, question("  charge()"))) == "again"
    assert meant(edit_meant(EDITS, question("charge()", path="other.py"))) == "elsewhere"


def test_most_lines_win_over_the_last():
    assert meant(edit_meant(EDITS, question("def capture():", "    charge()"))) == "first"


def test_what_came_after_the_commit_cannot_have_written_it():
    assert meant(edit_meant(EDITS, question("charge()", until=9))) == "first"
    assert edit_meant(EDITS, question("charge()", until=8)) is None


def test_a_bracket_tells_only_in_its_own_file():
    assert meant(edit_meant(EDITS, question("}"))) == "first"
    assert edit_meant(EDITS, question("}", path="other.py")) is None
    assert edit_meant(EDITS, question("import os")) is None
    assert edit_meant(EDITS, question()) is None


def test_neighbours_tell_which_of_two_edits_wrote_a_line():
    edits = [
        edit("capture", 9, "def capture():", "    return None", "done"),
        edit("refund", 10, "def refund():", "    return None"),
    ]
    texts = ("def capture():", "    return None", "done", "def refund():", "    return None")
    assert meant(edit_meant(edits, asked_of(1, *texts))) == "capture"
    assert meant(edit_meant(edits, asked_of(4, *texts))) == "refund"


def test_a_line_that_was_changed_since_is_of_the_edit_that_wrote_the_nearest_one():
    edits = [edit("near", 9, "def refund():", "  charge( )"), edit("far", 10, "import time")]
    assert meant(edit_meant(edits, asked_of(3, "import time", "", "def refund():", "    charge()"))) == "near"


def test_an_empty_line_is_of_the_edit_around_it():
    edits = [edit("around", 9, "import time", "", "capture()"), edit("other", 10, "", "refund()")]
    assert meant(edit_meant(edits, asked_of(1, "import time", "", "capture()"))) == "around"


def asked_of(line: int, *texts: str) -> Question:
    return Question(Session("s", "s"), "claude", "pay.py", texts, None, line)
