"""git-ai's working log: whose the lines are that nobody has committed yet."""

import hashlib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notes_reading import sample, silent

from backstory.evidence import git_ai_working_log
from backstory.evidence.git_ai_working_log import NO_PROMPT, WorkingLogSource
from backstory.evidence.git_ai_working_log_files import log_of
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.edit import Edit
from backstory.model.evidence import Basis, Evidence
from backstory.model.names import Revision
from backstory.model.origin import Agent, Contributor, Person
from notation.repository import RepositoryWriter, git

NEW = "def capture():\r\n    retry(charge)\n# by hand\n# by whom?\nmore()\n"
OLD = "def capture():\n    retry(charge)\n"
CARRIED = "ATTEMPTS = 3"
CONVERSATION = "11111111-2222-4333-8444-555555555555"


def write_log(folder: Path, checkpoints: bytes, initial: bytes) -> Path:
    (folder / "blobs").mkdir(parents=True)
    for name, text in (("@NEW@", NEW), ("@OLD@", OLD), ("@CARRIED@", CARRIED)):
        digest = hashlib.sha256(text.encode()).hexdigest()
        (folder / "blobs" / digest).write_bytes(text.encode())
        checkpoints = checkpoints.replace(name.encode(), digest.encode())
        initial = initial.replace(name.encode(), digest.encode())
    (folder / "checkpoints.jsonl").write_bytes(checkpoints)
    (folder / "INITIAL").write_bytes(initial)
    return folder


def sample_log(folder: Path) -> Path:
    return write_log(folder, sample("git-ai-working-log/checkpoints.jsonl"), sample("git-ai-working-log/INITIAL"))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    with RepositoryWriter(tmp_path / "shop") as history:
        revision = history.commit("shop", {"shop/pay.py": "import charge\n"})
    sample_log(tmp_path / "shop/.git/ai/working_logs" / revision)
    return tmp_path / "shop"


def opened(path: Path) -> WorkingLogSource:
    return git_ai_working_log.open_source(discover(path))


def edits(source: WorkingLogSource) -> list[Edit]:
    never = Cancellation()
    return [edit for record in source.records(never) for edit in source.edits(record, never).edits]


def test_the_last_checkpoint_of_a_file_says_whose_its_lines_are(shop: Path) -> None:
    carried, agents, by_hand = edits(opened(shop))
    assert (agents.path, agents.basis, agents.statement) == ("shop/pay.py", Basis.CARRIED, "working log")
    assert [(block.first, block.lines) for block in agents.blocks] == [
        (1, ("def capture():", "    retry(charge)")),
        (5, ("more()",)),
    ]
    assert agents.origin.agent == Agent("claude", "claude-sonnet-4-6")
    assert agents.origin.person == Person("Ann Lee", "ann@example.com")
    assert agents.origin.session
    assert agents.origin.session.conversation == CONVERSATION
    assert (by_hand.origin.contributor, by_hand.origin.person) == (
        Contributor.HUMAN,
        Person("Ann Lee", "ann@example.com"),
    )
    assert [block.lines for block in by_hand.blocks] == [("# by hand",)]
    assert (carried.path, carried.origin.agent, carried.at) == ("shop/retry.py", Agent("cursor", None), None)


def test_a_line_of_somebody_unknown_is_nobodys(shop: Path) -> None:
    written = [line for edit in edits(opened(shop)) for block in edit.blocks for line in block.lines]
    assert "# by whom?" not in written


def test_logs_of_other_commits_are_about_other_texts(shop: Path) -> None:
    source = opened(shop)
    (record,) = source.records(Cancellation())
    git(shop, "-c", "user.name=Ann", "-c", "user.email=a@example.com", "commit", "-q", "--allow-empty", "-m", "next")
    assert source.records(Cancellation()) == []
    assert source.edits(record, Cancellation()).edits == ()
    assert source.report(Cancellation(), silent).absence


def test_a_linked_work_tree_has_a_log_of_its_own(shop: Path) -> None:
    git(shop, "worktree", "add", "-q", "../linked")
    assert edits(opened(shop.parent / "linked")) == []
    assert len(edits(opened(shop))) == 3


def test_before_the_first_commit_there_is_a_log_too(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "shop")
    sample_log(tmp_path / "shop/.git/ai/working_logs/initial")
    assert len(edits(opened(tmp_path / "shop"))) == 3


def test_the_stamp_changes_with_the_log(shop: Path) -> None:
    source = opened(shop)
    (before,) = source.records(Cancellation())
    log = next((shop / ".git/ai/working_logs").iterdir()) / "checkpoints.jsonl"
    log.write_bytes(log.read_bytes() + b'{"torn')
    (after,) = source.records(Cancellation())
    assert before.key == after.key
    assert before.stamp != after.stamp
    assert len(edits(source)) == 3


def test_it_names_sessions_and_holds_no_prompts(shop: Path) -> None:
    source = opened(shop)
    edit = edits(source)[1]
    found = Evidence(edit.source, edit.basis, edit.origin, Revision(""), None, None, "", "", edit.prompt_key)
    assert edit.prompt_key is not None
    assert source.prompt(found, Cancellation()) == NO_PROMPT


def test_doctor_counts_and_tells_what_is_broken(shop: Path) -> None:
    log = next((shop / ".git/ai/working_logs").iterdir()) / "checkpoints.jsonl"
    log.write_bytes(b'{"entries":3}\n{"entries":[],"api_version":"checkpoint/2.0.0"}\n' + log.read_bytes())
    report = opened(shop).report(Cancellation(), silent)
    assert report.details == (("files with recorded lines", "2"), ("recorded lines", "5"))
    assert [each.reason for each in report.unreadable] == [
        "2 of its checkpoints cannot be read.",
        "Its text is not in the log.",
    ]


def test_a_text_that_is_not_the_one_meant_is_not_used(shop: Path) -> None:
    blobs = next((shop / ".git/ai/working_logs").iterdir()) / "blobs"
    (blobs / hashlib.sha256(NEW.encode()).hexdigest()).write_bytes(b"something else\n")
    assert [edit.path for edit in edits(opened(shop))] == ["shop/retry.py"]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["checkpoints.jsonl", "INITIAL"]),
    st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=4)), max_size=8),
    st.randoms(use_true_random=False),
)
def test_no_damage_raises(
    tmp_path_factory: pytest.TempPathFactory, name: str, damage: list[tuple[int, bytes]], chance: Random
) -> None:
    text = bytearray(sample(f"git-ai-working-log/{name}"))
    for place, replacement in damage:
        start = place % len(text)
        text[start : start + 2] = replacement
    for digit in (b'"start_line":', b'"timestamp":'):
        text = text.replace(digit, digit + str(chance.choice(["", "-", "9" * 400, "1e"])).encode(), 1)
    other = {"checkpoints.jsonl": "INITIAL", "INITIAL": "checkpoints.jsonl"}[name]
    parts = {name: bytes(text), other: sample(f"git-ai-working-log/{other}")}
    folder = write_log(tmp_path_factory.mktemp("log") / "a", parts["checkpoints.jsonl"], parts["INITIAL"])
    assert all(text.claims.keys() == text.owners.keys() for text in log_of(folder).texts)
