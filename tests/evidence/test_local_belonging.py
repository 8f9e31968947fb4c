"""Which of the transcripts on this machine belong to a repository: never by a folder's name."""

import shutil
from pathlib import Path

import pytest
from local_reading import (
    CALM,
    FILE,
    all_edits,
    asked,
    claude_at,
    claude_transcript,
    codex_at,
    codex_transcript,
    evidence_of,
    files_of,
    head,
    repository_at,
    why_not,
)
from transcript_writing import ClaudeTranscript

from backstory.evidence.transcripts.belonging import same_remote
from notation.repository import git

OURS = "git@example.org:ann/shop.git"


def test_two_folders_of_one_name_are_two(tmp_path: Path, home: Path) -> None:
    """Claude Code's name for `a-b/shop` and for `a/b/shop` is the same: only the recorded folder tells."""
    ours, theirs = repository_at(tmp_path / "a-b" / "shop"), repository_at(tmp_path / "a" / "b" / "shop")
    claude_transcript(home, theirs, slug="-a-b-shop", session="s2", ask="A private matter")
    assert claude_at(ours).records(CALM) == []
    claude_transcript(home, ours, slug="-a-b-shop", session="s1")
    (edit,) = all_edits(claude_at(ours))
    assert asked(claude_at(ours), edit) == "Retry it"


def test_a_forks_transcripts_are_its_own(tmp_path: Path, home: Path) -> None:
    """A fork has our commits and our lines, and what was asked there is nobody's business here."""
    shop = repository_at(tmp_path / "shop")
    git(tmp_path, "clone", "-q", str(shop), str(tmp_path / "fork"))
    claude_transcript(home, tmp_path / "fork", ask="A private matter")
    codex_transcript(home, tmp_path / "fork", head(shop), None)
    assert claude_at(shop).records(CALM) == []
    assert codex_at(shop).records(CALM) == []


def test_a_file_copied_from_elsewhere_brings_no_prompt(tmp_path: Path, home: Path) -> None:
    secret, shop = repository_at(tmp_path / "secret"), repository_at(tmp_path / "shop")
    transcript = claude_transcript(home, secret, slug="-secret", ask="A private matter")
    (home / ".claude" / "projects" / "-shop").mkdir()
    shutil.copy(transcript, home / ".claude" / "projects" / "-shop" / "s1.jsonl")
    assert claude_at(shop).records(CALM) == []
    evidence = evidence_of(all_edits(claude_at(secret))[0])
    assert "no longer" in why_not(claude_at(shop), evidence)


def test_a_repository_inside_another_is_another(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    inner = repository_at(shop / "vendor" / "inner")
    claude_transcript(home, inner, ask="A private matter")
    assert claude_at(shop).records(CALM) == []
    assert len(claude_at(inner).records(CALM)) == 1


def test_what_was_written_in_another_repository_stays_there(tmp_path: Path, home: Path) -> None:
    shop, other = repository_at(tmp_path / "shop"), repository_at(tmp_path / "other")
    written = ClaudeTranscript(str(shop), "s1")
    written.ask("Retry it here and there")
    written.write(str(shop / "new.py"), FILE)
    written.write(str(other / "secret.py"), FILE)
    written.write("/nowhere/at/all.py", FILE)
    written.save(home / ".claude" / "projects" / "-any" / "s1.jsonl")
    assert files_of(claude_at(shop)) == {"new.py"}
    assert claude_at(other).records(CALM) == []


def test_subfolders_and_linked_work_trees_belong(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    (shop / "src").mkdir()
    git(shop, "worktree", "add", "-q", str(tmp_path / "fix"), "-b", "fix")
    (tmp_path / "link").symlink_to(shop)
    claude_transcript(home, shop / "src", session="s1")
    claude_transcript(home, tmp_path / "fix", session="s2", file="fix.py")
    claude_transcript(home, tmp_path / "link", session="s3", file="linked.py")
    wanted = {"src/pay.py", "fix.py", "linked.py"}
    assert files_of(claude_at(shop)) == files_of(claude_at(tmp_path / "fix")) == wanted


@pytest.mark.parametrize(("content", "count"), [(FILE, 1), ("of something else entirely\n" * 30, 0)])
def test_a_folder_that_is_gone_needs_its_lines_as_witness(tmp_path: Path, home: Path, content: str, count: int) -> None:
    """Agents work in trees that are removed afterwards; another repository may have stood there as well."""
    shop = repository_at(tmp_path / "shop")
    gone = shop / ".trees" / "fix"
    written = ClaudeTranscript(str(gone), "s1")
    written.ask("Retry it")
    written.write(str(gone / "pay.py"), content)
    written.save(home / ".claude" / "projects" / "-any" / "s1.jsonl")
    source = claude_at(shop)
    assert len(source.records(CALM)) == 1
    assert [edit.path for edit in all_edits(source)] == ["pay.py"] * count


def test_a_folder_outside_that_is_gone_is_nobodys(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    claude_transcript(home, tmp_path / "gone")
    assert claude_at(shop).records(CALM) == []


@pytest.mark.parametrize(
    ("recorded", "requests"),
    [
        (("https://example.org/ann/shop", True, FILE), ["Retry it"]),
        ((None, True, FILE), ["Retry it"]),
        (("https://example.org/ann/shop", None, FILE), ["Retry it"]),
        (("https://example.org/eve/shop", True, FILE), []),
        (("https://example.org/ann/shop", False, FILE), []),
        ((None, None, FILE), []),
        (("https://example.org/ann/shop", True, "other\n" * 30), []),
    ],
)
def test_a_repository_that_moved_is_known_by_remote_commit_and_lines(
    tmp_path: Path, home: Path, recorded: tuple[str | None, bool | None, str], requests: list[str]
) -> None:
    remote, has_commit, content = recorded
    shop = repository_at(tmp_path / "shop")
    git(shop, "remote", "add", "origin", OURS)
    commit = {True: head(shop), False: "e" * 40, None: None}[has_commit]
    codex_transcript(home, tmp_path / "gone", commit, remote, content)
    source = codex_at(shop)
    assert [asked(source, edit) for edit in all_edits(source)] == requests


def test_another_repository_that_stood_here_is_known_by_what_it_said_of_git(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    git(shop, "remote", "add", "origin", OURS)
    codex_transcript(home, shop, "e" * 40, "https://example.org/eve/other.git")
    assert codex_at(shop).records(CALM) == []
    codex_transcript(home, shop, "e" * 40, OURS)
    assert len(codex_at(shop).records(CALM)) == 1


@pytest.mark.parametrize("folder", ["relative/shop", "", "/\0", "\ud800", "~", "/" + "x" * 300])
def test_a_folder_that_is_none_belongs_to_nobody(tmp_path: Path, home: Path, folder: str) -> None:
    shop = repository_at(tmp_path / "shop")
    written = ClaudeTranscript(folder)
    written.ask("Retry it")
    written.write("pay.py", FILE)
    written.save(home / ".claude" / "projects" / "-any" / "s1.jsonl")
    assert claude_at(shop).records(CALM) == []


@pytest.mark.parametrize(
    "url",
    [
        "git@example.org:ann/shop.git",
        "https://example.org/ann/shop",
        "https://ann:secret@example.org/ann/shop.git/",
        "ssh://git@example.org:22/ann/shop.git",
        "https://EXAMPLE.org/ann/shop",
    ],
)
def test_one_remote_has_many_urls(url: str) -> None:
    assert same_remote(url) == "example.org/ann/shop"
