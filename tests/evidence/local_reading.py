"""Opens the sources of local transcripts as the tests of them ask."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from transcript_writing import ClaudeTranscript, codex_lines

from backstory.evidence import claude_code, codex
from backstory.evidence.source import silent
from backstory.evidence.transcripts.local import LocalTranscripts
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import Edit
from backstory.model.evidence import Evidence
from backstory.model.names import Revision
from backstory.model.prompt import Prompt, PromptMissing
from notation.repository import RepositoryWriter, git

CALM = Cancellation()
LINES = [f"def number_{n}(): return {n}" for n in range(20)]
FILE = "".join(f"{line}\n" for line in LINES)


_opened: list[LocalTranscripts] = []


def claude_at(repository: Path) -> LocalTranscripts:
    _opened.append(claude_code.open_source(discover(repository)))
    return _opened[-1]


def codex_at(repository: Path) -> LocalTranscripts:
    _opened.append(codex.open_source(discover(repository)))
    return _opened[-1]


def close_all() -> None:
    """End what the test opened."""
    while _opened:
        _opened.pop().close()


def all_edits(source: LocalTranscripts) -> list[Edit]:
    return [edit for record in source.records(CALM) for edit in source.edits(record, CALM).edits]


def files_of(source: LocalTranscripts) -> set[str]:
    return {str(edit.path) for edit in all_edits(source)}


def evidence_of(edit: Edit) -> Evidence:
    return Evidence(
        edit.source,
        edit.basis,
        edit.origin,
        Revision("0" * 40),
        edit.path,
        None,
        edit.locator,
        prompt_key=edit.prompt_key,
    )


def asked(source: LocalTranscripts, evidence: Evidence | Edit | None) -> str:
    assert evidence is not None
    prompt = source.prompt(evidence if isinstance(evidence, Evidence) else evidence_of(evidence), CALM)
    assert isinstance(prompt, Prompt), prompt
    return prompt.request


def why_not(source: LocalTranscripts, evidence: Evidence) -> str:
    prompt = source.prompt(evidence, CALM)
    assert isinstance(prompt, PromptMissing), prompt
    return prompt.reason


def report_of(source: LocalTranscripts) -> SourceReport:
    return source.report(CALM, silent)


def repository_at(path: Path) -> Path:
    """Write a repository with one file and return its top."""
    with RepositoryWriter(path) as history:
        history.commit("first", {"pay.py": FILE})
    return path


def head(repository: Path) -> str:
    return git(repository, "rev-parse", "HEAD").strip()


def claude_transcript(
    home: Path, folder: Path, *, slug: str = "-any", session: str = "s1", file: str = "pay.py", ask: str = "Retry it"
) -> Path:
    """Save a conversation with Claude Code in which one file was written."""
    written = ClaudeTranscript(str(folder), session)
    written.ask(ask)
    written.write(str(folder / file), FILE)
    return written.save(home / ".claude" / "projects" / slug / f"{session}.jsonl")


def codex_transcript(home: Path, folder: Path, commit: str | None, remote: str | None, content: str = FILE) -> Path:
    """Save a conversation with Codex in which one file was written."""
    git_facts = {"commit_hash": commit, "repository_url": remote}
    changes = {str(folder / "pay.py"): {"type": "add", "content": content}}
    lines = codex_lines(
        ("session_meta", {"id": "c1", "cwd": str(folder), "git": git_facts}),
        ("turn_context", {"cwd": str(folder), "model": "gpt-5.5"}),
        ("event_msg", {"type": "user_message", "message": "Retry it"}),
        ("event_msg", {"type": "patch_apply_end", "call_id": "p1", "success": True, "changes": changes}),
    )
    path = home / ".codex" / "sessions" / "2026" / "03" / "02" / "rollout-2026-03-02T09-00-00-c1.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(lines))
    return path


def days_ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)
