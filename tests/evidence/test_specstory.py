"""SpecStory's files: read turn by turn, placed in the work tree, found by session, and broken in every way."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notes_reading import SAMPLES, sample, silent

from backstory.evidence import specstory
from backstory.evidence.session_files import GONE, NOT_IN_IT, SEVERAL_REQUESTS
from backstory.evidence.specstory_format import parse_markdown
from backstory.evidence.transcripts.transcript import Transcript
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.edit import Edit
from backstory.model.evidence import Basis
from backstory.model.origin import Agent, Session
from backstory.model.prompt import Conversation, Prompt, Question, Speaker
from notation.repository import RepositoryWriter

NAMES = ("claude.md", "codex.md")
TEXTS = {name: (SAMPLES / "specstory" / name).read_text(encoding="utf-8") for name in NAMES}
SESSION = "6f971a56-2405-4122-8281-2fd90306bf22"
KEY = "s_" + hashlib.sha256(f"claude:{SESSION}".encode()).hexdigest()[:14]
REQUEST = "Retry the capture, please.\n\n---\n\nIt must stop after three attempts."
FILES = {"shop/pay.py": "import charge\n", "shop/retry.py": "ATTEMPTS = 3\n", "README.md": "shop\n"}
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EARLY = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)

Opened = Callable[[Path], specstory.SpecStorySource]


@pytest.fixture
def opened() -> Iterator[Opened]:
    sources = []

    def open_at(path: Path) -> specstory.SpecStorySource:
        sources.append(specstory.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


def shop(path: Path, *names: str, folder: str = ".specstory/history", files: dict[str, str] = FILES) -> Path:
    with RepositoryWriter(path) as history:
        history.commit("shop", files)
    (path / folder).mkdir(parents=True)
    for name in names:
        (path / folder / name).write_bytes(sample(f"specstory/{name}"))
    return path


def parsed(name: str) -> Transcript:
    transcript = parse_markdown(TEXTS[name])
    assert transcript is not None
    return transcript


def edits(source: specstory.SpecStorySource) -> list[Edit]:
    never = Cancellation()
    return [edit for record in source.records(never) for edit in source.edits(record, never).edits]


def asked(path: str | None, *texts: str, until: datetime | None = None, session: Session | None = None) -> Question:
    return Question(session or Session(KEY, None), "claude", path, texts, until)


def test_turns_and_requests_are_told_from_what_machines_write() -> None:
    read = parsed("claude.md")
    assert (read.tool, read.session, read.model) == ("claude", SESSION, "claude-opus-4-6")
    assert [(each.text, each.task) for each in read.requests] == [(REQUEST, None), ("yes", REQUEST)]
    assert read.requests[0].at == datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)
    said = [turn.text for turn in read.turns if turn.speaker is Speaker.AGENT]
    assert said == ["I'll write it.", "Done."]


def test_a_file_that_holds_fences_is_read_whole() -> None:
    edit = parsed("claude.md").edits[0]
    assert (edit.path, edit.is_confirmed) == ("/Users/ann/work/shop/shop/retry.py", True)
    (block,) = edit.blocks
    assert (block.first, len(block.lines), block.lines[6], block.lines[-1]) == (1, 12, "    ```", block.lines[-1])
    assert block.lines[-1] == "        action(*arguments)"


def test_what_was_refused_is_no_edit_and_an_edit_without_text_keeps_its_request() -> None:
    read = parsed("claude.md")
    assert [(each.path.rpartition("/")[2], bool(each.blocks)) for each in read.edits] == [
        ("retry.py", True),
        ("pay.py", False),
        ("pay.py", False),
        ("settings.json", True),
    ]
    assert [each.request and each.request.text for each in read.edits] == [REQUEST, REQUEST, "yes", "yes"]


def test_patches_say_which_lines_they_add() -> None:
    read = parsed("codex.md")
    written = [(each.path, [block.lines for block in each.blocks]) for each in read.edits]
    assert written == [
        ("shop/retry.py", [("ATTEMPTS = 3", 'FENCE = """', "```", '"""')]),
        ("shop/pay.py", [("    retry(charge, payment)",), ("import retry",)]),
        ("shop/notes.txt", [("```", "three", "```")]),
        ("shop/pay.py", [('MARK = "`"',)]),
    ]
    assert read.edits[0].at == datetime(2026, 3, 2, 9, 0, 30, tzinfo=UTC)
    assert read.edits[3].blocks[0].first == 5


def test_a_time_without_offset_is_no_time() -> None:
    read = parse_markdown(TEXTS["codex.md"].replace("+0100", ""))
    assert read is not None
    assert {turn.at for turn in read.turns} == {None}
    assert len(read.edits) == 4


def test_edits_are_placed_by_the_files_that_the_work_tree_still_has(tmp_path: Path, opened: Opened) -> None:
    source = opened(shop(tmp_path / "elsewhere", "claude.md"))
    (edit,) = edits(source)
    assert (edit.path, edit.basis, edit.at) == (
        "shop/retry.py",
        Basis.MATCHED,
        datetime(2026, 3, 2, 9, 0, 12, tzinfo=UTC),
    )
    assert edit.origin.agent == Agent("claude", "claude-opus-4-6")
    assert edit.origin.session == Session(SESSION, SESSION)
    assert edit.locator == ".specstory/history/claude.md:35"


def test_nothing_is_placed_in_another_project(tmp_path: Path, opened: Opened) -> None:
    """A copied history whose files are none of ours is about some other place."""
    assert edits(opened(shop(tmp_path, "claude.md", files={"retry.py": "ATTEMPTS = 3\n"}))) == []


def test_relative_paths_are_those_of_the_folder_that_holds_the_history(tmp_path: Path, opened: Opened) -> None:
    path = shop(tmp_path, "codex.md", folder="web/.specstory/history", files={"web/shop/pay.py": "", "shop/x.py": ""})
    assert {edit.path for edit in edits(opened(path))} == {"web/shop/pay.py", "web/shop/retry.py", "web/shop/notes.txt"}


def test_a_session_that_a_note_names_is_recalled_by_its_line(tmp_path: Path, opened: Opened) -> None:
    source = opened(shop(tmp_path, "claude.md"))
    never = Cancellation()
    found = source.recall(asked("shop/retry.py", "ATTEMPTS = 3"), never)
    assert found
    assert found.path == "shop/retry.py"
    prompt = source.prompt(found, never)
    assert isinstance(prompt, Prompt)
    assert prompt.request == REQUEST
    conversation = source.conversation(found, never)
    assert isinstance(conversation, Conversation)
    assert conversation.files == ("shop/retry.py", "shop/pay.py")
    assert conversation.turns[0].text == REQUEST


@pytest.mark.parametrize(
    ("until", "told"), [(EARLY, REQUEST), (NOON, None)], ids=["one request by then", "two requests by then"]
)
def test_edits_without_text_tell_the_request_when_it_was_one(
    tmp_path: Path, opened: Opened, until: datetime, told: str | None
) -> None:
    source = opened(shop(tmp_path, "claude.md"))
    never = Cancellation()
    found = source.recall(asked("shop/pay.py", "import retry", until=until), never)
    assert found
    prompt = source.prompt(found, never)
    # "yes" goes on with the first request: all that was asked is one thing, told as a session's last words.
    assert isinstance(prompt, Prompt)
    assert (prompt.request, prompt.task) == ((told, None) if told else ("yes", REQUEST))


def test_of_several_things_asked_none_is_picked(tmp_path: Path, opened: Opened) -> None:
    path = shop(tmp_path, "claude.md")
    history = path / ".specstory/history/claude.md"
    history.write_text(TEXTS["claude.md"].replace("\nyes\n", "\nNow rename the module\n"), encoding="utf-8")
    source = opened(path)
    never = Cancellation()
    found = source.recall(asked("shop/pay.py", "import retry", until=NOON), never)
    assert found
    assert source.prompt(found, never) == SEVERAL_REQUESTS
    assert isinstance(source.conversation(found, never), Conversation)


def test_sessions_that_are_not_here_are_not_recalled(tmp_path: Path, opened: Opened) -> None:
    source = opened(shop(tmp_path, "claude.md"))
    assert source.recall(asked("shop/pay.py", "x", session=Session("s_00000000000000", None)), Cancellation()) is None
    assert source.recall(asked("shop/pay.py", "x", session=Session("s", "another")), Cancellation()) is None


def test_a_file_that_goes_away_is_missed_without_noise(tmp_path: Path, opened: Opened) -> None:
    source = opened(shop(tmp_path, "claude.md"))
    never = Cancellation()
    (record,) = source.records(never)
    found = source.recall(asked("shop/retry.py", "ATTEMPTS = 3"), never)
    assert found
    history = tmp_path / ".specstory/history/claude.md"
    history.write_text(TEXTS["codex.md"], encoding="utf-8")
    assert source.prompt(found, never) == NOT_IN_IT
    history.unlink()
    assert source.prompt(found, never) == GONE
    assert source.edits(record, never).edits == ()


def test_links_out_of_the_work_tree_are_not_followed(tmp_path: Path, opened: Opened) -> None:
    elsewhere = shop(tmp_path / "elsewhere", "claude.md")
    folder = shop(tmp_path / "folder")
    (folder / ".specstory/history").rmdir()
    (folder / ".specstory/history").symlink_to(elsewhere / ".specstory/history")
    file = shop(tmp_path / "file")
    (file / ".specstory/history/claude.md").symlink_to(elsewhere / ".specstory/history/claude.md")
    for path in (folder, file):
        source = opened(path)
        assert source.records(Cancellation()) == []
        report = source.report(Cancellation(), silent)
        assert (report.found, len(report.unreadable)) == (0, 1)
        assert "link that leads out" in report.unreadable[0].reason


def test_doctor_counts_what_there_is(tmp_path: Path, opened: Opened) -> None:
    path = shop(tmp_path, *NAMES)
    (path / ".specstory/history/notes.md").write_text("# Somebody's notes\n", encoding="utf-8")
    report = opened(path).report(Cancellation(), silent)
    assert (report.found, report.read) == (3, 2)
    assert report.details == (
        ("sessions", "2"),
        ("requests", "3"),
        ("edits", "8"),
        ("edits with their text", "6"),
    )
    assert [(each.locator, each.reason) for each in report.unreadable] == [
        (".specstory/history/notes.md", "It holds no conversation that can be read.")
    ]


def test_where_there_is_none_doctor_says_so(tmp_path: Path, opened: Opened) -> None:
    with RepositoryWriter(tmp_path) as history:
        history.commit("shop", FILES)
    report = opened(tmp_path).report(Cancellation(), silent)
    assert report.absence == specstory.SpecStory.ABSENCE


TOOL = '\n_**Agent**_\n\n<tool-use data-tool-type="write" data-tool-name="Write"><details>\n'
HURTING = {
    "thoughts without end": "\n_**Agent**_\n\n" + "<think><details>" * 30_000,
    "tools without end": (TOOL + "```x\n") * 8_000,
    "fences": TOOL + "```\n```\n" * 20_000 + "</details></tool-use>\n",
    "ends of tools in a fence": TOOL + "```\n```\n```\n" + "</details></tool-use>\n\n\n" * 20_000 + "x",
}


@pytest.mark.parametrize("hurt", HURTING)
def test_nothing_takes_longer_than_its_size(hurt: str) -> None:
    read = parse_markdown(TEXTS["codex.md"] + HURTING[hurt])
    assert read
    assert len(read.edits) == 4


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.tuples(st.integers(0, 20_000), st.text(max_size=6)), max_size=8))
def test_no_damage_raises(name: str, damage: list[tuple[int, str]]) -> None:
    text = TEXTS[name]
    for place, replacement in damage:
        start = place % len(text)
        text = text[:start] + replacement + text[start + 3 :]
    read = parse_markdown(text)
    if read:
        assert all(edit.turn < len(read.turns) and edit.path for edit in read.edits)
        assert all(block.lines for edit in read.edits for block in edit.blocks)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.randoms(use_true_random=False), st.integers(0, 60))
def test_no_order_of_lines_raises(name: str, chance: Random, dropped: int) -> None:
    head, *lines = TEXTS[name].split("<!-- ")
    lines = "<!-- ".join(lines).split("\n")
    chance.shuffle(lines)
    parse_markdown("\n".join([head + "<!-- " + TEXTS[name], *lines[dropped:]]))


def test_an_edit_has_one_prompt_key_however_it_is_found(tmp_path: Path, opened: Opened) -> None:
    source = opened(shop(tmp_path, "claude.md"))
    (edit,) = edits(source)
    found = source.recall(asked("shop/retry.py", "ATTEMPTS = 3"), Cancellation())
    assert found
    assert found.prompt_key == edit.prompt_key == json.dumps([".specstory/history/claude.md", "L35"])
