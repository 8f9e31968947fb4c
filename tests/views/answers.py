"""Answers to show, in few words: every argument left out has the value of the story that all the tests share."""

from datetime import date, datetime
from typing import Any

from backstory.model.answer import LineAnswer, UnitShare
from backstory.model.attribution import Attribution
from backstory.model.evidence import Basis, Evidence
from backstory.model.history import CommitFacts
from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Agent, Contributor, Origin, Person, Session
from backstory.model.prompt import Prompt, PromptMissing
from backstory.model.region import SyntaxUnit, UnitKind
from backstory.model.state import State, StateCode

TODAY = date(2026, 7, 20)
REVISION = Revision("2860dda1f4b2c3d4e5f60718293a4b5c6d7e8f90")
PATH = RepoPath("payments/capture.py")

STATEMENTS = {"git-ai": "note", "commit": "Co-authored-by trailer"}


def person(name: str | None) -> Person | None:
    """Somebody by name; an address where the name has an @."""
    if not name:
        return None
    return Person(None, name) if "@" in name else Person(name, f"{(name.split() or ['x'])[0].lower()}@example.org")


def origin(
    *,
    contributor: str = "ai",
    tool: str | None = "claude",
    model: str | None = "claude-opus-4-6",
    asked_by: str | None = "Ann Lee",
    session: str | None = "s_1a2b3c4d5e6f70",
    conversation: str | None = "019fed54-6c1e-7b7a-9a77-0f2f5c9e1d11",
) -> Origin:
    kind = Contributor(contributor)
    is_agent = kind in (Contributor.AI, Contributor.MIXED)
    return Origin(
        kind,
        agent=Agent(tool, model) if is_agent and (tool or model) else None,
        person=person(asked_by),
        session=Session(session, conversation) if is_agent and session else None,
    )


def evidence(
    *,
    source: str = "git-ai",
    basis: str = "recorded",
    locator: str | None = None,
    statement: str | None = None,
    revision: str = REVISION,
    prompt_key: str | None = None,
    **origin_parts: Any,
) -> Evidence:
    where = {"git-ai": f"refs/notes/ai@{revision[:7]}", "commit": f"{revision[:7]} Co-authored-by"}
    return Evidence(
        source=source,
        basis=Basis[basis.upper()],
        origin=origin(**origin_parts),
        revision=Revision(revision),
        path=PATH,
        lines=None,
        locator=locator or where.get(source, source),
        statement=statement if statement is not None else STATEMENTS.get(source, "record"),
        prompt_key=prompt_key,
    )


def commit(
    *,
    author: str = "Ann Lee",
    committer: str | None = None,
    at: datetime | str = "2026-03-12T14:02:00+01:00",
    subject: str = "payments: retry captures (#812)",
    is_history_cut: bool = False,
    revision: str = REVISION,
) -> CommitFacts:
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    named = person(author) or Person("Ann Lee")
    committer_named = person(committer) or named
    return CommitFacts(Revision(revision), named, when, committer_named, when, subject, is_history_cut)


def prompt(
    request: str | None = "When the provider times out, retry the capture up to three times instead of failing.",
    task: str | None = None,
    asked_at: datetime | str | None = None,
    missing: str | None = None,
    command: str | None = None,
    *,
    source: str | None = None,
    locator: str | None = None,
) -> Prompt | PromptMissing | None:
    if missing:
        return PromptMissing(missing, command)
    if request is None:
        return None
    at = datetime.fromisoformat(asked_at) if isinstance(asked_at, str) else asked_at
    return Prompt(request, task, at, source, locator)


def share(name: str = "Payments.capture_payment", agent_lines: int = 31, total_lines: int = 44, requests: int = 2):
    unit = SyntaxUnit(UnitKind.FUNCTION, name, LineRange(1, total_lines), name.count("."))
    return UnitShare(unit, agent_lines, total_lines, requests)


def attribution(
    basis: str = "recorded",
    reason: str | None = None,
    evidence_parts: dict[str, Any] | None = None,
    disputed_by: list[dict[str, Any]] | None = None,
    **origin_parts: Any,
) -> Attribution:
    grounds = Basis[basis.upper()]
    parts = {"source": "commit" if grounds in (Basis.DECLARED, Basis.AUTHORED) else "git-ai"} | (evidence_parts or {})
    leading = () if grounds is Basis.NONE else (evidence(basis=basis, **parts, **origin_parts),)
    dissent = tuple(evidence(**each) for each in disputed_by or [])
    return Attribution(origin(**origin_parts), grounds, leading, dissent, reason)


def answer(
    *,
    attributed: dict[str, Any] | None = None,
    committed: dict[str, Any] | bool | None = True,
    asked: dict[str, Any] | bool | None = True,
    shared: dict[str, Any] | bool | None = True,
    states: list[dict[str, str]] | None = None,
    path_at_revision: str | None = PATH,
    commit_lines_in_file: int | None = 84,
) -> LineAnswer:
    return LineAnswer(
        path=PATH,
        line=12,
        attribution=attribution(**(attributed or {})),
        region=None,
        commit=commit(**(committed if isinstance(committed, dict) else {})) if committed else None,
        path_at_revision=RepoPath(path_at_revision) if committed and path_at_revision else None,
        line_at_revision=10 if committed else None,
        commit_lines_in_file=commit_lines_in_file if committed else 0,
        prompt=prompt(**(asked if isinstance(asked, dict) else {})) if asked else None,
        unit_share=share(**(shared if isinstance(shared, dict) else {})) if shared else None,
        states=tuple(State(StateCode(each["code"]), each["reason"], each.get("command")) for each in states or []),
    )
