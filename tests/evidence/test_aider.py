"""aider's chat history: which commits are its own, which of their lines, and what was asked before each."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notes_reading import sample, silent

from backstory.evidence import aider
from backstory.evidence.aider_answer import changes_of_answer
from backstory.evidence.aider_history import parse_history
from backstory.evidence.session_files import GONE, NOBODY_ASKED
from backstory.evidence.source import ReadRequest
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.evidence import Basis, Evidence
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Agent
from backstory.model.prompt import Conversation, Prompt, Speaker
from notation.repository import RepositoryWriter

TEXT = sample("aider/history.md").decode()
AGENT = Agent("aider", "anthropic/claude-sonnet-4-5")
REQUEST = "Retry the capture,\nthree times"
RETRY = "ATTEMPTS = 3\n\n\ndef retry(action, *arguments):\n    for _ in range(ATTEMPTS):\n        action(*arguments)\n"

Opened = Callable[[Path], aider.AiderSource]


@pytest.fixture
def opened() -> Iterator[Opened]:
    sources = []

    def open_at(path: Path) -> aider.AiderSource:
        sources.append(aider.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


def shop(path: Path, text: str = TEXT, object_format: str = "sha1") -> dict[str, str]:
    """Write the repository that the sample tells of, and the sample; return its commits."""
    before = "def capture(payment):\n    charge(payment)\n"
    after = "def capture(payment):\n    retry(charge, payment)\n"
    logged = "def capture(payment):\n    log(payment)\n    retry(charge, payment)\n"
    made = {}
    with RepositoryWriter(path, object_format=object_format) as history:
        made["@FIRST@"] = history.commit("shop", {"shop/pay.py": "import charge\n"})
        made["@DIRTY@"] = history.commit("whatever lay there", {"shop/pay.py": "import charge\n\n" + before})
        made["@RETRY@"] = history.commit(
            "feat: retry the capture", {"shop/pay.py": "import charge\n\n" + after, "shop/retry.py": RETRY}
        )
        made["@LOG@"] = history.commit("feat: log it", {"shop/pay.py": "import charge\n\n" + logged})
    for name, revision in made.items():
        text = text.replace(name, revision[:7])
    (path / aider.HISTORY).write_text(text, encoding="utf-8", newline="")
    return made


def read(source: aider.AiderSource, *revisions: str) -> list[Evidence]:
    paths = frozenset(map(RepoPath, ("shop/pay.py", "shop/retry.py")))
    request = ReadRequest({Revision(revision): paths for revision in revisions})
    return list(source.read(request, Cancellation()).evidence)


def said(evidence: Evidence) -> tuple[str | None, list[tuple[int, int]] | None]:
    return evidence.path, evidence.lines and [(lines.first, lines.last) for lines in evidence.lines]


def request_before(source: aider.AiderSource, evidence: Evidence) -> tuple[str, str | None]:
    prompt = source.prompt(evidence, Cancellation())
    assert isinstance(prompt, Prompt)
    return prompt.request, prompt.task


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_commit_that_the_history_names_has_its_lines_and_its_request(
    tmp_path: Path, opened: Opened, object_format: str
) -> None:
    made = shop(tmp_path, object_format=object_format)
    source = opened(tmp_path)
    pay, retry, whole = read(source, made["@RETRY@"])
    assert (said(pay), said(retry), said(whole)) == (
        ("shop/pay.py", [(4, 4)]),
        ("shop/retry.py", [(1, 6)]),
        (None, None),
    )
    assert [each.basis for each in (pay, retry, whole)] == [Basis.MATCHED, Basis.MATCHED, Basis.DECLARED]
    assert {each.origin.agent for each in (pay, retry, whole)} == {AGENT}
    assert {request_before(source, each) for each in (pay, retry, whole)} == {(REQUEST, None)}


def test_what_the_person_had_left_is_not_the_agents(tmp_path: Path, opened: Opened) -> None:
    made = shop(tmp_path)
    assert read(opened(tmp_path), made["@DIRTY@"], made["@FIRST@"]) == []


def test_a_long_message_and_a_nudge(tmp_path: Path, opened: Opened) -> None:
    made = shop(tmp_path)
    source = opened(tmp_path)
    line, whole = read(source, made["@LOG@"])
    assert said(line) == ("shop/pay.py", [(4, 4)])
    assert request_before(source, whole) == ("yes, and log it", None)


def test_edits_carry_their_commit_and_its_time(tmp_path: Path, opened: Opened) -> None:
    made = shop(tmp_path)
    source = opened(tmp_path)
    (record,) = source.records(Cancellation())
    edits = source.edits(record, Cancellation()).edits
    assert [(edit.path, sorted(edit.commits), edit.at is None) for edit in edits] == [
        ("shop/pay.py", [made["@RETRY@"]], False),
        ("shop/retry.py", [made["@RETRY@"]], False),
        ("shop/pay.py", [made["@LOG@"]], False),
        ("shop/all.py", [], True),
    ]
    assert edits[0].blocks[0].before == ("    charge(payment)",)


def test_a_request_in_a_comment_is_not_in_the_history(tmp_path: Path, opened: Opened) -> None:
    (kept,) = parse_history(TEXT)
    assert [each.request and each.request.text for each in kept.transcript.edits] == [
        REQUEST,
        REQUEST,
        "yes, and log it",
        None,
    ]
    shop(tmp_path)
    source = opened(tmp_path)
    (record,) = source.records(Cancellation())
    watched = source.edits(record, Cancellation()).edits[-1]
    found = Evidence("aider", watched.basis, watched.origin, Revision(""), None, None, "", "", watched.prompt_key)
    assert source.prompt(found, Cancellation()) == NOBODY_ASKED


def test_only_what_aider_writes_itself_counts() -> None:
    """Headings and quotes of an answer are its own; what it thought, and what was skipped, changed nothing."""
    (kept,) = parse_history(TEXT)
    assert [each.text for each in kept.transcript.requests] == [REQUEST, "yes, and log it"]
    assert {each.path for each in kept.transcript.edits} == {"shop/pay.py", "shop/retry.py", "shop/all.py"}
    formatted = TEXT.replace("  \n", "\n")
    assert [kept.transcript.requests for kept in parse_history(formatted)] == [()]


def test_an_edit_that_failed_and_was_tried_again_counts_once() -> None:
    tried = "# aider chat started at 2026-03-02 09:00:00\n\n#### go  \n\n"
    block = "a.py\n```\n<<<<<<< SEARCH\nold\n=======\n{new}\n>>>>>>> REPLACE\n```\n\n"
    tried += block.format(new="first") + "> 1 SEARCH/REPLACE block failed to match!  \n\n"
    tried += block.format(new="second") + "> Applied edit to a.py  \n> Commit 1234567 done  \n"
    (kept,) = parse_history(tried)
    (edit,) = kept.transcript.edits
    assert edit.blocks[0].lines == ("second",)
    assert kept.commits == {edit.id: "1234567"}


def test_a_short_id_that_means_nothing_here_is_nobodys(tmp_path: Path, opened: Opened) -> None:
    """A copied history names commits of another repository."""
    made = shop(tmp_path, TEXT.replace("@RETRY@", "fffffff").replace("@LOG@", "eeeeeee"))
    assert read(opened(tmp_path), *made.values()) == []


def test_paths_that_lead_out_are_left_out(tmp_path: Path, opened: Opened) -> None:
    for path in ("../pay.py", "/etc/pay.py", "C:\\shop\\pay.py"):
        shop(tmp_path / path.strip("./\\:").replace("/", "-").replace("\\", "-"), TEXT.replace("shop/pay.py", path))
    for folder in tmp_path.iterdir():
        source = opened(folder)
        (record,) = source.records(Cancellation())
        paths = {edit.path for edit in source.edits(record, Cancellation()).edits}
        assert paths == {"shop/retry.py", "shop/all.py"}, folder


def test_the_conversation_is_told(tmp_path: Path, opened: Opened) -> None:
    made = shop(tmp_path)
    source = opened(tmp_path)
    conversation = source.conversation(read(source, made["@RETRY@"])[0], Cancellation())
    assert isinstance(conversation, Conversation)
    assert conversation.files == ("shop/pay.py", "shop/retry.py")
    assert conversation.turns[0].text == REQUEST
    assert "THOUGHT" not in conversation.turns[1].text
    assert [turn.text for turn in conversation.turns if turn.speaker is Speaker.TOOL][:2] == [
        "Applied edit to shop/pay.py",
        "Applied edit to shop/retry.py",
    ]


def test_a_link_is_not_followed_and_none_is_no_trouble(tmp_path: Path, opened: Opened) -> None:
    made = shop(tmp_path / "shop")
    (tmp_path / "history.md").write_text(TEXT, encoding="utf-8")
    history = tmp_path / "shop" / aider.HISTORY
    history.unlink()
    source = opened(tmp_path / "shop")
    assert read(source, *made.values()) == []
    assert source.report(Cancellation(), silent).absence == aider.Aider.ABSENCE
    history.symlink_to(tmp_path / "history.md")
    assert read(source, *made.values()) == []
    report = source.report(Cancellation(), silent)
    assert [(each.locator, each.reason) for each in report.unreadable] == [(aider.HISTORY, "It is no plain file.")]
    history.unlink()
    history.write_text("nothing of aider's\n", encoding="utf-8")
    assert [each.reason for each in source.report(Cancellation(), silent).unreadable] == [
        "It holds no conversation that can be read."
    ]
    foreign = Evidence("aider", Basis.MATCHED, UNKNOWN_ORIGIN, Revision(""), None, None, "", "", "no key of ours")
    assert source.prompt(foreign, Cancellation()) == GONE


def test_the_notations_of_answers() -> None:
    answer = (
        "**shop/a.py**:\n```\nA = 1\n```\n\n```diff\n--- a.py\n+++ b/c.py\n@@ ... @@\n-old\n+new\n--- d.py\n+++ d.py\n"
        "@@ ... @@\n+more\n```\n\n```bash\nrm -r build\n```\n\n"
        "e.py\n````\n<<<<<<< SEARCH\n=======\nE = 1\n>>>>>>> REPLACE\n"
        "<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n````\n<<<<<<< SEARCH\nnever ends\n"
    )
    found = [
        (change.path, [block.lines for block in change.blocks]) for _, change in changes_of_answer(answer.split("\n"))
    ]
    assert found == [
        ("shop/a.py", [("A = 1",)]),
        ("c.py", [("new",)]),
        ("d.py", [("more",)]),
        ("e.py", [("E = 1",)]),
        ("e.py", [("y",)]),
    ]


@pytest.mark.parametrize("hurt", ["```\n<<<<<<< SEARCH\n", "a.py\n````x\n", "a.py\n```\n<<<<<<< SEARCH\n=======\n"])
def test_nothing_takes_longer_than_its_size(hurt: str) -> None:
    (kept,) = parse_history("# aider chat started at 2026-03-02 09:00:00\n" + hurt * 20_000)
    assert kept.transcript.edits == ()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5_000), st.text(max_size=6)), max_size=8), st.randoms(use_true_random=False))
def test_no_damage_raises(damage: list[tuple[int, str]], chance: Random) -> None:
    text = TEXT
    for place, replacement in damage:
        start = place % len(text)
        text = text[:start] + replacement + text[start + 3 :]
    for kept in parse_history(text):
        assert all(edit.turn < len(kept.transcript.turns) for edit in kept.transcript.edits)
        assert kept.commits.keys() <= {edit.id for edit in kept.transcript.edits}
    lines = text.split("\n")
    chance.shuffle(lines)
    parse_history("# aider chat started at 2026-03-02 09:00:00\n" + "\n".join(lines))
