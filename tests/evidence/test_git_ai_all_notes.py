"""What takes all notes of a repository: keys whose record is elsewhere, and the report."""

import json
from pathlib import Path

import pytest
from git_ai_reading import A1, A2, P1, Opener, claims, prompt_of, read, said, silent

from backstory.history.cancel import Cancellation
from backstory.model.errors import CancelledError
from backstory.model.lines import LineRange
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin, Person, Session
from backstory.model.prompt import Prompt
from notation.authorship import Conversation, human_key, metadata, note_text
from notation.repository import ANN, RepositoryWriter, git


def test_old_keys_are_looked_up_in_all_notes_when_asked_to(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("first", {"pay.py": "one\n"})
        history.note(first, note_text({"pay.py": ["p1"]}, [P1]))
        second = history.commit("second", {"pay.py": "one\ntwo\n"})
        history.note(second, f"pay.py\n  {P1.record_key} 2\n---\n{metadata([])}")
    source = opened(tmp_path)
    assert not source.has_postponed_work()
    before = read(source, second)
    assert claims(before) == []
    assert [(each.origin, each.lines) for each in before.evidence] == [
        (UNKNOWN_ORIGIN, (LineRange(2, 2),)),
        (UNKNOWN_ORIGIN, None),
    ]
    assert source.has_postponed_work()
    steps: list[tuple[int, int | None]] = []
    assert source.resolve(Cancellation(), lambda done, total: steps.append((done, total)))
    assert steps == [(0, 2), (2, 2)]
    assert not source.has_postponed_work()
    after = read(source, second)
    assert [(agent and agent.tool, lines) for agent, lines, _ in claims(after)] == [("cursor", (LineRange(2, 2),))]
    assert prompt_of(source, after) == Prompt("Retry the capture")
    assert source.resolve(Cancellation(), lambda *_: steps.clear()), "who asks second is told as well"
    assert steps, "and nothing is read twice"


def test_sessions_and_people_are_looked_up_in_all_notes_too(tmp_path: Path, opened: Opener) -> None:
    """A key is the same wherever it stands; that of a person says human before anybody has looked."""
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("first", {"pay.py": "one\n"})
        history.note(first, f"---\n{metadata([A1], [ANN])}")
        second = history.commit("second", {"pay.py": "one\ntwo\nthree\n"})
        history.note(second, f"pay.py\n  {A1.entry_key} 1\n  {human_key(ANN)} 2\n---\n{metadata([])}")
    source = opened(tmp_path)
    before = read(source, second)
    assert said(before) == [(UNKNOWN_ORIGIN, [1]), (Origin(Contributor.HUMAN), [2])]
    assert [each.is_provisional for each in before.evidence] == [True, True, False]
    assert source.resolve(Cancellation(), silent)
    agent, human = said(read(source, second))
    assert (agent[0].agent, agent[0].person, agent[1]) == (Agent(A1.tool, A1.model), Person(ANN.name, ANN.email), [1])
    assert agent[0].session == Session(A1.record_key, A1.id)
    assert human == (Origin(Contributor.HUMAN, person=Person(ANN.name, ANN.email)), [2])
    assert not any(each.is_provisional for each in read(source, second).evidence)
    assert not source.has_postponed_work()


def test_a_record_in_the_wrong_table_is_none(tmp_path: Path, opened: Opener) -> None:
    """However a note is made, a person's key stays a person's and a session's an agent's."""
    stray = {"h_1": A1.record, "s_1": A1.record, "0123456789abcdef": A1.record}
    tables = {"sessions": {"h_1": stray["h_1"]}, "prompts": stray, "humans": {"s_1": {"author": "Ann Lee"}}}
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("first", {"pay.py": "one\n"})
        history.note(first, f"---\n{json.dumps(tables)}")
        second = history.commit("second", {"pay.py": "one\ntwo\n"})
        history.note(second, f"pay.py\n  h_1 1\n  s_1::t_1 2\n---\n{metadata([])}")
    source = opened(tmp_path)
    read(source, second)
    source.resolve(Cancellation(), silent)
    assert said(read(source, second)) == [(Origin(Contributor.HUMAN), [1]), (UNKNOWN_ORIGIN, [2])]


@pytest.mark.parametrize("key", ["s_0123456789abcd::t_1", "0123456789abcdef", "0123abc"])
def test_before_all_notes_are_searched_a_line_is_not_given_to_an_earlier_entry(
    tmp_path: Path, opened: Opener, key: str
) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("first", {"pay.py": "one\ntwo\nthree\nfour\n"})
        entries = f"  {A1.entry_key} 1-2\n  {key} 2-4\n  {A1.entry_key} 4\n"
        history.note(revision, f"pay.py\n{entries}---\n{metadata([A1])}")
    source = opened(tmp_path)
    before = said(read(source, revision))
    assert [(origin.contributor, lines) for origin, lines in before] == [
        (Contributor.AI, [1, 4]),
        (Contributor.UNKNOWN, [2, 3]),
    ]
    assert source.has_postponed_work()
    assert source.resolve(Cancellation(), silent), "a read says more now, though no note has the record"
    after = said(read(source, revision))
    assert [(origin.contributor, lines) for origin, lines in after] == [
        (Contributor.AI, [1, 2, 4]),
        (Contributor.UNKNOWN, [3]),
    ]


def test_a_key_that_no_note_knows_stays_unknown(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("first", {"pay.py": "one\n"})
        history.note(revision, f"pay.py\n  0123456789abcdef 1\n---\n{metadata([])}")
    source = opened(tmp_path)
    for _ in range(2):
        assert said(read(source, revision)) == [(UNKNOWN_ORIGIN, [1])]
        source.resolve(Cancellation(), silent)
    assert not source.has_postponed_work()


def test_a_note_that_explains_its_keys_postpones_nothing(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("first", {"pay.py": "one\ntwo\nthree\nfour\n"})
        entries = f"  {A1.entry_key} 1\n  {human_key(ANN)} 2\n  human 3\n  ai_agent 4\n"
        history.note(revision, f"pay.py\n{entries}---\n{metadata([A1], [ANN])}")
    source = opened(tmp_path)
    assert len(claims(read(source, revision))) == 4
    assert not source.has_postponed_work()


def test_the_newest_record_is_the_one_on_the_latest_commit(tmp_path: Path, opened: Opener) -> None:
    """By committer time; notes on commits that are not here come after all that are."""
    with RepositoryWriter(tmp_path) as history:
        commits = [history.commit(f"commit {number}", {"pay.py": f"{number}\n"}) for number in range(3)]
        for revision, model in zip((*commits[:2], "f" * 40), ("older", "newer", "of no commit here"), strict=True):
            history.note_at(revision, f"---\n{metadata([evolved(P1, model)])}")
        history.note(commits[2], f"pay.py\n  {P1.record_key} 1\n---\n{metadata([])}")
    source = opened(tmp_path)
    read(source, commits[2])
    assert source.resolve(Cancellation(), silent)
    assert [agent and agent.model for agent, *_ in claims(read(source, commits[2]))] == ["newer"]


def test_of_equally_new_records_the_smallest_commit_decides(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        commit = history.commit("commit", {"pay.py": "one\n"})
        for lost in ("b" * 40, "a" * 40, "c" * 40):
            history.note_at(lost, f"---\n{metadata([evolved(P1, lost[:1])])}")
        history.note(commit, f"pay.py\n  {P1.record_key} 1\n---\n{metadata([])}")
    source = opened(tmp_path)
    read(source, commit)
    assert source.resolve(Cancellation(), silent)
    assert [agent and agent.model for agent, *_ in claims(read(source, commit))] == ["a"]


def evolved(conversation: Conversation, model: str) -> Conversation:
    return Conversation(
        conversation.alias, conversation.tool, model, is_legacy=True, messages=conversation.messages, id=conversation.id
    )


def test_the_report_counts_what_there_is(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("first", {"pay.py": "one\ntwo\n"})
        history.note(first, note_text({"pay.py": ["a1", "h:ann"]}, [A1], {"ann": ANN}))
        side = history.commit("side", {"pay.py": "two\n"}, branch="side", parents=[first])
        history.note(side, note_text({"pay.py": ["p1"]}, [P1]))
        history.note_at("f" * 40, f"---\n{metadata([A2])}")
    report = opened(tmp_path).report(Cancellation(), silent)
    assert (report.id, report.found, report.on_head, report.read, report.unreadable) == ("git-ai", 3, 1, 3, ())
    assert dict(report.details) == {
        "notes in refs/notes/ai": "3",
        "notes on commits that are not in this clone": "1",
        "notes that claim no line": "1",
        "sessions": "2",
        "prompts": "1",
        "known people": "1",
        "records by tool": "claude 1, cursor 1, codex 1",
        "conversations in the notes": "1",
        "conversations at the vendor, never fetched": "0",
        "conversations on the asker's machine, not read": "2",
    }
    assert report.found == len(git(tmp_path, "notes", "--ref=ai", "list").splitlines())


def test_the_report_counts_records_by_where_their_conversation_is(tmp_path: Path, opened: Opener) -> None:
    """As a prompt is looked for: in the note, else behind its link, else with whoever asked."""
    url, talk = "https://example.com/cas/1", [{"type": "user", "text": "Retry the capture"}]
    records = [{"messages": talk}, {"messages": talk, "messages_url": url}, {"messages": [], "messages_url": url}, {}]
    tables = {"prompts": {f"{number:016}": each for number, each in enumerate(records)}, "sessions": {"s_1": {}}}
    with RepositoryWriter(tmp_path) as history:
        for text in ("first", "second"):
            history.note(history.commit(text, {"pay.py": f"{text}\n"}), f"---\n{json.dumps(tables)}")
    details = dict(opened(tmp_path).report(Cancellation(), silent).details)
    assert [value for label, value in details.items() if label.startswith("conversations")] == ["4", "2", "4"]
    assert details["records by tool"] == "not recorded 10"


def test_where_there_is_nothing_the_report_says_why(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        history.commit("first", {"pay.py": "one\n"})
    report = opened(tmp_path).report(Cancellation(), silent)
    assert (report.found, report.details) == (0, ())
    assert report.absence is not None
    assert "git-ai was not used here" in report.absence
    git(tmp_path, "remote", "add", "upstream", "https://example.com/shop.git")
    told = opened(tmp_path).report(Cancellation(), silent).absence or ""
    assert "`git fetch upstream 'refs/notes/*:refs/notes/*'`" in told


def test_an_empty_repository_has_a_report(tmp_path: Path, opened: Opener) -> None:
    git(tmp_path, "init", "-q")
    assert opened(tmp_path).report(Cancellation(), silent).found == 0


def test_cancelling_ends_the_long_jobs(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("first", {"pay.py": "one\n"})
        history.note(revision, f"pay.py\n  0123456789abcdef 1\n---\n{metadata([])}")
    source, cancelled = opened(tmp_path), Cancellation()
    read(source, revision)
    cancelled.cancel()
    for job in (source.resolve, source.report):
        with pytest.raises(CancelledError):
            job(cancelled, silent)
    assert source.has_postponed_work()
