"""Records from before notes."""

import json

import pytest
from evidence_samples import CORPUS, sample

from backstory.evidence.git_ai_claims import claims_of
from backstory.evidence.git_ai_legacy import LegacyRecord, parse_legacy, resolve_author
from backstory.evidence.git_ai_note import MAX_RANGES, Note
from backstory.model.evidence import Unreadable
from backstory.model.names import RepoPath
from backstory.model.origin import Agent, Contributor, Origin, Person

PAY = RepoPath("pay.py")


def log(*authors: tuple[str, list[object]]) -> bytes:
    listed = [{"author": author, "lines": lines, "agent_metadata": None} for author, lines in authors]
    return json.dumps({"files": {"pay.py": {"file": "pay.py", "authors": listed}}}).encode()


def said(text: bytes) -> dict[str, list[tuple[int, int]]]:
    record = parse_legacy(text, "ref")
    assert isinstance(record, LegacyRecord)
    claims = claims_of(record.entries(PAY), resolve_author)
    return {owner.key: [(lines.first, lines.last) for lines in found] for owner, found in claims.decided}


def test_lines_and_pairs_of_lines() -> None:
    assert said(log(("Claude", [22, [1, 4], [5, 5], 22]), ("Ann Lee", [[10, 12]]))) == {
        "Claude": [(1, 5), (22, 22)],
        "Ann Lee": [(10, 12)],
    }


@pytest.mark.parametrize(
    ("author", "origin"),
    [
        ("Claude", Origin(Contributor.AI, Agent("claude", None))),
        ("Claude Code", Origin(Contributor.AI, Agent("claude", None))),
        ("Cursor", Origin(Contributor.AI, Agent("cursor", None))),
        ("o3", Origin(Contributor.AI, Agent(None, "o3"))),
        ("claude-4-sonnet", Origin(Contributor.AI, Agent(None, "claude-4-sonnet"))),
        ("Ann Lee", Origin(Contributor.HUMAN, person=Person("Ann Lee"))),
        ("Claude Dupont", Origin(Contributor.HUMAN, person=Person("Claude Dupont"))),
        ("Travis Cline", Origin(Contributor.HUMAN, person=Person("Travis Cline"))),
    ],
)
def test_people_and_tools_share_one_field(author: str, origin: Origin) -> None:
    resolved = resolve_author(author)
    assert resolved is not None
    assert resolved.origin == origin


def test_an_author_without_a_name_is_nobody() -> None:
    assert said(log((" ", [1]))) == {}


def test_some_of_these_refs_hold_notes() -> None:
    assert isinstance(parse_legacy(sample("legacy7"), "ref"), Note)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"{}", "not the JSON"),
        (b'{"files": []}', "not the JSON"),
        (b'{"files": {"a": {"authors": [{"author": "x", "lines": [1.5]}]}}}', "not the JSON"),
        (b'{"files": {"a": {"authors": [{"author": "x", "lines": [[1, 2, 3]]}]}}}', "neither numbers nor pairs"),
        (b'{"files": ' + b"[" * 50_000, "not the JSON"),
        (b'{"x": ' + b"[" * 50_000, "nested too deeply"),
        (log(("x", [1] * (MAX_RANGES + 1))), "more than 500,000 ranges"),
        (b"text", "no line `---`"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_wrong_is_reported(text: bytes, words: str) -> None:
    record = parse_legacy(text, "ref")
    assert isinstance(record, Unreadable)
    assert words in record.reason


def test_real_records_parse() -> None:
    for path in sorted((CORPUS / "authorship-refs").glob("*")):
        assert not isinstance(parse_legacy(path.read_bytes(), path.name), Unreadable), path
