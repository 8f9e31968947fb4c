"""Each oddity that real notes have: what we make of it, on a sample of ours and on every real note that shows it."""

import re
from collections.abc import Callable, Iterator

import pytest
from evidence_samples import note_of, real_notes, real_oddities, sample

from backstory.evidence.git_ai_claims import Claims, claims_of
from backstory.evidence.git_ai_note import Note
from backstory.evidence.git_ai_prompt import NOBODY_TYPED, ONLY_A_LINK, prompt_of
from backstory.evidence.git_ai_records import Records, Resolved
from backstory.model.lines import LineRange, ranges_of
from backstory.model.names import RepoPath
from backstory.model.origin import Agent, Contributor, Person, Session
from backstory.model.prompt import Prompt

PAY = RepoPath("pay.py")
ANN, BOB = Person("Ann Lee", "ann@example.com"), Person("Bob Stone", "bob@example.com")
CLAUDE = Agent("claude", "claude-opus-4-6")


def claims(name: str, path: str = "pay.py") -> Claims:
    note = note_of(sample(name))
    return claims_of(note.entries(RepoPath(path)), Records(note.metadata, lambda _: None).resolve)


def only(name: str) -> tuple[Resolved, list[int]]:
    """Return the one owner of lines in a sample, and the lines."""
    ((owner, lines),) = claims(name).decided
    return owner, [line for found in lines for line in found]


def test_final_newline_or_none() -> None:
    assert only("final_newline") == only("no_final_newline")
    assert only("final_newline")[1] == [1, 2, 3, 4]


def test_carriage_returns_change_nothing() -> None:
    note = note_of(sample("final_newline").replace(b"\n", b"\r\n"))
    assert note.entries(PAY) == note_of(sample("final_newline")).entries(PAY)


def test_empty_attestation_claims_nothing_though_it_lists_a_session() -> None:
    note = note_of(sample("empty_attestation"))
    assert not note.claims_lines
    assert note.metadata.sessions
    assert claims("empty_attestation") == Claims((), ())


def test_sessions_join_their_traces_and_ignore_fields_of_the_transition() -> None:
    owner, lines = only("sessions")
    assert owner.key == "s_1111111111aaaa"
    assert owner.origin.agent == CLAUDE
    assert owner.origin.person == ANN
    assert owner.origin.session == Session("s_1111111111aaaa", "c0ffee00-0000-4000-8000-000000000001")
    assert lines == [1, 2, 3, 4, 9]


def test_humans_are_called_human_by_name() -> None:
    owner, lines = only("humans")
    assert (owner.origin.contributor, owner.origin.person, lines) == (Contributor.HUMAN, BOB, [2, 7, 8])


def test_the_word_human_is_a_person_nobody_named() -> None:
    owner, lines = only("human_word")
    assert (owner.origin.contributor, owner.origin.person, lines) == (Contributor.HUMAN, None, [3, 5, 6])


def test_ai_agent_is_an_agent_nobody_named() -> None:
    owner, lines = only("ai_agent")
    assert (owner.origin.contributor, owner.origin.agent, lines) == (Contributor.AI, Agent(None, None), [10, 11, 12])


def test_keys_of_sixteen_digits() -> None:
    owner, _ = only("legacy16")
    assert owner.origin.agent == Agent("cursor", "gpt-5")
    assert owner.origin.session == Session("3333333333333333", "c0ffee00-0000-4000-8000-000000000002")


def test_keys_of_seven_digits_a_doubly_quoted_model_and_a_bare_name() -> None:
    owner, _ = only("legacy7")
    assert owner.origin.agent == Agent("cursor", "gpt-5")
    assert owner.origin.person == Person("Bob Stone")


def test_whole_uuids_are_prompts_too_and_unknown_is_no_model() -> None:
    owner, _ = only("uuid_key")
    assert owner.origin.agent == Agent("devin", None)
    assert owner.origin.person is None


def test_messages_give_the_request() -> None:
    found = prompt_of(note_of(sample("messages")), "3333333333333333", PAY)
    assert isinstance(found, Prompt)
    assert found.request == "Retry the capture three times"
    assert found.asked_at is not None
    assert found.asked_at.isoformat() == "2026-01-05T10:00:00+00:00"


def test_a_messages_url_is_told_and_never_fetched() -> None:
    assert prompt_of(note_of(sample("messages_url")), "3333333333333333", PAY) is ONLY_A_LINK


def test_prompts_and_sessions_side_by_side() -> None:
    told = {owner.key: lines for owner, lines in claims("prompts_and_sessions").decided}
    assert told == {"3333333333333333": (LineRange(1, 2),), "s_1111111111aaaa": (LineRange(3, 4),)}


def test_unsorted_and_overlapping_ranges_are_put_in_order() -> None:
    ((_, lines),) = claims("unsorted").decided
    assert lines == (LineRange(5, 9), LineRange(30, 36))


def test_unresolved_keys_leave_their_lines_to_earlier_entries_or_to_nobody() -> None:
    told = claims("unresolved")
    ((owner, lines),) = told.decided
    assert (owner.key, lines) == ("s_1111111111aaaa", (LineRange(1, 6),))
    assert told.undecided == (LineRange(7, 8),)


def test_many_files_each_have_their_own_claims() -> None:
    assert [claims("many_files", f"src/part{number}.py").decided[0][1] for number in (1, 40)] == [
        (LineRange(1, 4),),
        (LineRange(40, 43),),
    ]
    assert claims("many_files", "src/part.py") == Claims((), ())


def test_no_version_is_no_flaw() -> None:
    note = note_of(sample("no_version"))
    assert note.metadata.git_ai_version is None
    assert "This version of git-ai" in getattr(prompt_of(note, "3333333333333333", PAY), "reason", "")


def test_another_base_commit_changes_nothing() -> None:
    """The note belongs to the commit it is on; `base_commit_sha` is not looked at."""
    assert only("base_differs") == only("final_newline")


def test_quoted_paths() -> None:
    assert claims("quoted_path", "docs/how to pay.md").decided
    assert not claims("quoted_path", '"docs/how to pay.md"').decided


def origins(note: Note) -> Iterator[tuple[str, Resolved | None, tuple[LineRange, ...]]]:
    """Yield every entry key of a real note with what it stands for and the lines it claims."""
    resolve = Records(note.metadata, lambda _: None).resolve
    for path in paths(note):
        for entry in note.entries(path):
            lines = claims_of([entry], lambda key: Resolved(key, Records(note.metadata, lambda _: None)) and None)
            yield entry.key, resolve(entry.key), lines.undecided


def paths(note: Note) -> list[RepoPath]:
    text = note._attestation.decode()
    return [RepoPath(line) for line in text.splitlines() if line and not line.startswith("  ")]


def kinds(note: Note) -> set[str]:
    """Return which kinds of origin the entries of a note have; `?` for those without."""
    return {
        f"{owner.origin.contributor}{'' if owner.origin.session or owner.origin.person else ' unnamed'}"
        if owner
        else "?"
        for _, owner, _ in origins(note)
    }


def keys(note: Note, pattern: str) -> list[Resolved | None]:
    return [owner for key, owner, _ in origins(note) if re.fullmatch(pattern, key)]


def prompts(note: Note) -> list[object]:
    return [prompt_of(note, key, None) for key in {**(note.metadata.prompts or {}), **(note.metadata.sessions or {})}]


CHECKS: dict[str, Callable[[Note, bytes], bool]] = {
    "ai_agent": lambda note, _: "ai unnamed" in kinds(note),
    "base_differs": lambda note, _: "?" not in kinds(note) or bool(keys(note, ".*")),
    "empty_attestation": lambda note, _: not note.claims_lines and paths(note) == [],
    "final_newline": lambda _, text: text.endswith(b"\n"),
    "human_word": lambda note, _: "human unnamed" in kinds(note),
    "humans": lambda note, _: (
        bool(note.metadata.humans)
        and all(Records(note.metadata, lambda _: None).resolve(key) for key in note.metadata.humans)
    ),
    "legacy16": lambda note, _: bool(keys(note, "[0-9a-f]{16}")),
    "legacy7": lambda note, _: bool(keys(note, "[0-9a-f]{7}")),
    "many_files": lambda note, _: len(paths(note)) > 10 and all(note.entries(path) for path in paths(note)),
    "messages": lambda note, _: any(isinstance(each, Prompt) or each is NOBODY_TYPED for each in prompts(note)),
    "messages_url": lambda note, text: b'"messages_url"' in text and all(prompts(note)),
    "no_final_newline": lambda _, text: not text.endswith(b"\n"),
    "no_version": lambda note, _: note.metadata.git_ai_version is None,
    "prompts_and_sessions": lambda note, _: bool(note.metadata.prompts and note.metadata.sessions),
    "sessions": lambda note, _: bool(note.metadata.sessions),
    "unresolved": lambda note, _: bool({"?", "ai unnamed", "human unnamed"} & kinds(note)),
    "unsorted": lambda note, _: any(
        list(entry.ranges) != sorted(set(entry.ranges)) for path in paths(note) for entry in note.entries(path)
    ),
    "uuid_key": lambda note, _: bool(keys(note, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")),
}


def test_every_real_note_parses_and_claims_lines_in_order() -> None:
    for path in real_notes():
        for key, _, lines in origins(note_of(path.read_bytes())):
            assert lines, (path, key)
            assert len(lines) < 10_000
            assert lines == ranges_of(line for found in lines for line in found)


@pytest.mark.parametrize("oddity", sorted(CHECKS))
def test_samples_and_real_notes_show_the_oddity(oddity: str) -> None:
    texts = [sample(oddity), *(path.read_bytes() for shown, path in real_oddities() if shown == oddity)]
    for text in texts:
        assert CHECKS[oddity](note_of(text), text)


def test_no_oddity_of_the_corpus_is_left_out() -> None:
    assert {oddity for oddity, _ in real_oddities()} <= CHECKS.keys()
