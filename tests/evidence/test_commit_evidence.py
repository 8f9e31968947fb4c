"""What a commit is evidence of."""

import pytest

from backstory.evidence.commit_evidence import evidence_of
from backstory.history.commits import CommitRecord, parse_commit
from backstory.model.evidence import Basis, Evidence
from backstory.model.names import Revision
from backstory.model.origin import Agent, Contributor, Origin, Person, Session

REVISION = Revision("0123456789abcdef0123456789abcdef01234567")
ANN = "Ann Lee <ann@example.com>"
CLAUDE_TRAILER = "Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>"
OPUS = Agent("claude", "Claude Opus 4.6")


def commit(author: str, message: str = "payments\n", committer: str = ANN) -> CommitRecord:
    head = f"tree {'0' * 40}\nauthor {author} 1767607200 +0000\ncommitter {committer} 1767607200 +0000\n"
    return parse_commit(f"{head}\n{message}".encode(), REVISION)


def said(author: str, message: str = "payments\n", committer: str = ANN) -> list[tuple[Basis, Origin]]:
    return [(each.basis, each.origin) for each in evidence_of(commit(author, message, committer))]


def test_a_person_is_evidence_of_nothing() -> None:
    assert said(ANN) == []
    assert said("Ashwin Rao <ashwin@anthropic.com>") == []
    assert said("Claude Dupont <claude@example.com>") == []


def test_an_agent_as_author() -> None:
    assert said("Cursor Agent <cursoragent@cursor.com>") == [
        (Basis.AUTHORED, Origin(Contributor.AI, Agent("cursor", None)))
    ]


def test_an_agent_as_committer_proves_nothing() -> None:
    assert said(ANN, committer="Claude <noreply@anthropic.com>") == []
    assert said(ANN, committer="Ann Lee (aider) <ann@example.com>") == []


def test_a_robot_is_a_bot() -> None:
    mail = "49699333+dependabot[bot]@users.noreply.github.com"
    expected = Origin(Contributor.BOT, person=Person("dependabot[bot]", mail))
    assert said(f"dependabot[bot] <{mail}>") == [(Basis.AUTHORED, expected)]


@pytest.mark.parametrize(
    ("suffix", "agent"),
    [
        (" (aider)", Agent("aider", None)),
        (" [AI:codex]", Agent("codex", None)),
        (" [AI: Claude Code]", Agent("claude", None)),
        (" [AI:something new]", Agent("something new", None)),
    ],
)
def test_a_suffix_of_the_authors_name(suffix: str, agent: Agent) -> None:
    expected = Origin(Contributor.AI, agent, Person("Ann Lee", "ann@example.com"))
    assert said(f"Ann Lee{suffix} <ann@example.com>") == [(Basis.AUTHORED, expected)]


@pytest.mark.parametrize("name", ["(aider)", "Ann (aider) Lee", "Ann Lee (painter)", "Ann Lee(aider)"])
def test_what_is_no_suffix(name: str) -> None:
    assert said(f"{name} <ann@example.com>") == []


def test_trailers_speak_of_the_whole_commit() -> None:
    (evidence,) = evidence_of(commit(ANN, f"payments\n\n{CLAUDE_TRAILER}\n"))
    assert evidence == Evidence(
        "commit",
        Basis.DECLARED,
        Origin(Contributor.AI, OPUS),
        REVISION,
        None,
        None,
        "0123456 Co-Authored-By",
        "Co-Authored-By trailer",
    )


def test_accepted_suggestions_make_a_mixed_commit() -> None:
    trailer = "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>"
    assert said(ANN, f"payments\n\n{trailer}\n") == [
        (Basis.DECLARED, Origin(Contributor.MIXED, Agent("github-copilot", None)))
    ]


def test_the_trailers_of_the_author_itself_complete_it() -> None:
    link = "Claude-Session: https://claude.ai/code/session_01AbC"
    (evidence,) = evidence_of(commit("Claude <noreply@anthropic.com>", f"payments\n\n{CLAUDE_TRAILER}\n{link}\n"))
    assert evidence.basis is Basis.AUTHORED
    assert evidence.origin == Origin(Contributor.AI, OPUS, session=Session("session_01AbC", "session_01AbC"))
    assert evidence.statement == "author and trailer"
    assert evidence.locator == "0123456 author"


def test_the_authors_own_model_is_kept() -> None:
    told = said("Claude Sonnet 4.6 <noreply@anthropic.com>", f"a\n\n{CLAUDE_TRAILER}\n")
    assert told == [(Basis.AUTHORED, Origin(Contributor.AI, Agent("claude", "Claude Sonnet 4.6")))]


def test_another_agents_trailer_stands_beside_the_author() -> None:
    assert said("Cursor Agent <cursoragent@cursor.com>", f"a\n\n{CLAUDE_TRAILER}\n") == [
        (Basis.AUTHORED, Origin(Contributor.AI, Agent("cursor", None))),
        (Basis.DECLARED, Origin(Contributor.AI, OPUS)),
    ]


def test_a_robots_commit_with_an_agents_trailer_has_both() -> None:
    told = said("github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>", f"a\n\n{CLAUDE_TRAILER}")
    assert [(basis, origin.contributor) for basis, origin in told] == [
        (Basis.AUTHORED, Contributor.BOT),
        (Basis.DECLARED, Contributor.AI),
    ]


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"author", b"author \n\n\xff\xfe", b"tree x\nauthor <> 99999999999999 +9999\n"]
)
def test_broken_commits_say_nothing(raw: bytes) -> None:
    assert list(evidence_of(parse_commit(raw, REVISION))) == []
