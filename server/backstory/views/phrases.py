"""The sentences of an answer, each written once: hovers, status bars and terminals say the same."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from backstory.model.attribution import NOTHING_KNOWN, Attribution
from backstory.model.evidence import Basis, Evidence
from backstory.model.history import CommitFacts
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Contributor, Origin, Person
from backstory.model.prompt import Prompt, PromptMissing
from backstory.model.state import State, StateCode
from backstory.redaction.secrets import mask_secrets
from backstory.views.dates import day_of
from backstory.views.excerpt import Excerpt, excerpt, shortened
from backstory.views.names import agent_name, model_name, person_name, source_name
from backstory.views.style import Style

OF_THE_WHOLE_COMMIT = frozenset({Basis.DECLARED, Basis.MARKED})
"""What rests on these may be true of the commit and not of the line."""

LONGEST_NAME = 36
LONGEST_QUOTE = 200
LONGEST_TASK = 110
LONGEST_NUDGE = 50
LONGEST_SUBJECT = 60
LONGEST_PATH = 40
LONGEST_REASON = 150

_ASKED = "What was asked"
_PULL_REQUEST = re.compile(r"\s*(\(#\d{1,9}\))$")
_HOSTS = frozenset({"GitHub", "GitLab", "web-flow", "noreply"})
"""Who commits on a server when a person presses its merge button."""


def short(revision: Revision) -> str:
    """Return a revision as people write it."""
    return revision[:7]


def headline(
    style: Style,
    attribution: Attribution,
    prompt: Prompt | PromptMissing | None,
    commit: CommitFacts | None,
    today: date,
) -> str:
    """Return the first line: who or what it was, who asked, when."""
    origin = attribution.origin
    if origin.contributor in (Contributor.AI, Contributor.MIXED):
        return _agents(style, attribution, prompt, commit, today)
    if origin.contributor is Contributor.HUMAN:
        name = _person(origin.person)
        return style.strong(f"{name}’s own" if name else "A person’s own") + _dated(commit, today)
    if origin.contributor is Contributor.BOT:
        return f"{style.strong(robot_name(origin, commit))}, a robot" + _dated(commit, today)
    return style.text(shortened(attribution.reason or NOTHING_KNOWN.reason or "", LONGEST_REASON))


def request(style: Style, attribution: Attribution, prompt: Prompt | PromptMissing | None) -> str | None:
    """Return what was asked; why that is not known; None where nobody expects it."""
    if isinstance(prompt, Prompt):
        if prompt.task:
            task, nudge = excerpt(prompt.task, LONGEST_TASK), excerpt(prompt.request, LONGEST_NUDGE)
            return f"{_quoted(style, task)}, then {_quoted(style, nudge)}"
        return _quoted(style, excerpt(prompt.request, LONGEST_QUOTE))
    if prompt is None or attribution.basis in OF_THE_WHOLE_COMMIT:
        return None
    return _advising(style, missing_request(prompt), prompt.command)


def missing_request(prompt: PromptMissing) -> str:
    """Return the sentence that says that, and why, the request cannot be shown."""
    reason = prompt.reason
    if reason.startswith(_ASKED):
        return reason
    first = reason[:1].lower() if reason.startswith(("The ", "This ", "Its ")) else reason[:1]
    return f"{_ASKED} is not here: {first}{reason[1:]}"


def commit_title(style: Style, commit: CommitFacts) -> str:
    """Return `2860dda` *payments: retry captures* (#812)."""
    subject, pull_request = _subject(commit.subject)
    parts = [style.code(short(commit.revision))]
    if subject:
        parts.append(style.emphasis(subject))
    if pull_request:
        parts.append(style.text(pull_request))
    return " ".join(parts)


@lru_cache(maxsize=1024)
def _subject(subject: str) -> tuple[str, str]:
    """Return a commit's subject as it is shown, and its pull request: `(#812)`, or nothing."""
    subject = mask_secrets(subject).strip()
    pull_request = _PULL_REQUEST.search(subject)
    if pull_request is None:
        return shortened(subject, LONGEST_SUBJECT), ""
    return shortened(subject[: pull_request.start()], LONGEST_SUBJECT), pull_request[1]


def committed_by(attribution: Attribution, commit: CommitFacts) -> str | None:
    """Return the person behind a commit; None when its author is the agent and nobody else is named."""
    author, committer = _person(commit.author), _person(commit.committer)
    if attribution.basis is not Basis.AUTHORED:
        return author
    return committer if committer not in _HOSTS and committer != author else None


def robot_name(origin: Origin, commit: CommitFacts | None) -> str:
    """Return what a robot is called."""
    if origin.agent and origin.agent.tool:
        return agent_name(origin.agent)[0]
    name = _person(origin.person) or (commit and _person(commit.author)) or "A robot"
    return name.removesuffix("[bot]")


def ground(attribution: Attribution, commit: CommitFacts | None) -> str:
    """Return on what the attribution rests, in words."""
    leading = attribution.evidence[0] if attribution.evidence else None
    source = source_name(leading.source) if leading else "a tool"
    statement = shortened(leading.statement, LONGEST_NAME) if leading else ""
    contributor = attribution.origin.contributor
    match attribution.basis:
        case Basis.RECORDED:
            what = "as typed by a person" if contributor is Contributor.HUMAN else "for these lines"
            words = f"Recorded by {source} {what}"
        case Basis.CARRIED:
            words = attribution.reason or f"Carried by {source} through a rewrite, by content"
        case Basis.MATCHED:
            words = attribution.reason or "Matched: an agent’s own edit has this text"
        case Basis.AUTHORED:
            words = f"The commit’s author is {'a robot' if contributor is Contributor.BOT else 'the agent'}"
        case Basis.DECLARED:
            words = f"Said of the whole commit by its {statement or 'message'}"
            words += _doubt(attribution, commit)
        case Basis.MARKED:
            words = "Said by a comment in this file"
        case Basis.NONE:
            words = "No record"
    return words.removesuffix(".")


def objection(style: Style, attribution: Attribution) -> str | None:
    """Return the line that says which records disagree; None when none does."""
    if not attribution.disputed_by:
        return None
    first, *others = attribution.disputed_by
    verb = "speaks of" if attribution.origin.contributor is Contributor.UNKNOWN else "names"
    instead = "" if attribution.origin.contributor is Contributor.UNKNOWN else " instead"
    more = f" (and {len(others)} more disagree)" if others else ""
    return style.text(f"{_record(first)} {verb} {claimed(first.origin)}{instead}{more}.")


def claimed(origin: Origin) -> str:
    """Return whom or what a record names, for the middle of a sentence."""
    if origin.contributor is Contributor.HUMAN:
        return _person(origin.person) or "a person"
    if origin.contributor is Contributor.UNKNOWN:
        return "nobody"
    if origin.agent is None:
        return _person(origin.person) or ("a robot" if origin.contributor is Contributor.BOT else "an agent")
    name, tool = agent_name(origin.agent)
    return f"{name} ({tool})" if tool else name


def limits(
    style: Style, states: tuple[State, ...], commit: CommitFacts | None, said: str | None = None
) -> Iterator[str]:
    """Yield what limits the answer. A reason that is `said` already is not said again.

    That a clone is shallow matters only where its history ends.
    """
    is_cut = commit is None or commit.is_history_cut
    for state in states:
        if state.code is StateCode.SHALLOW and not is_cut:
            continue
        if state.reason != said:
            yield _advising(style, state.reason, state.command)
        elif state.command:
            yield f"Run {style.command(state.command)}."
    if commit and commit.is_history_cut and not any(state.code is StateCode.SHALLOW for state in states):
        yield style.text("This clone’s history ends here: the line may be older.")


def moved_from(style: Style, path: RepoPath, path_at_revision: RepoPath | None) -> str | None:
    """Return the path that the file had then, where it was another."""
    if path_at_revision is None or path_at_revision == path:
        return None
    tail = path_at_revision
    return f"then {style.code(tail if len(tail) <= LONGEST_PATH else '…' + tail[1 - LONGEST_PATH :])}"


def _person(person: Person | None) -> str | None:
    name = person_name(person)
    return name and shortened(name, LONGEST_NAME)


def _agents(
    style: Style,
    attribution: Attribution,
    prompt: Prompt | PromptMissing | None,
    commit: CommitFacts | None,
    today: date,
) -> str:
    origin = attribution.origin
    name, tool = (part and shortened(part, LONGEST_NAME) for part in agent_name(origin.agent))
    words = style.strong(name or "")
    missing = [] if origin.agent and model_name(origin.agent.model) else ["model"]
    if origin.contributor is Contributor.MIXED:
        words += f" ({style.text(tool)}) and a person" if tool else " and a person"
    elif attribution.basis in OF_THE_WHOLE_COMMIT:
        words += f" ({style.text(tool)}) took part in this commit" if tool else " took part in this commit"
        missing.append("lines")
    elif tool:
        words += f" · {style.text(tool)}"
    words += _asked(style, attribution, prompt, commit, today)
    return f"{words} ({' and '.join(missing)} not recorded)" if missing else words


def _asked(
    style: Style,
    attribution: Attribution,
    prompt: Prompt | PromptMissing | None,
    commit: CommitFacts | None,
    today: date,
) -> str:
    asked_at = prompt.asked_at if isinstance(prompt, Prompt) else None
    committed = f"committed {day_of(commit.authored_at, today)}" if commit else "not committed yet"
    day = day_of(asked_at, today) if asked_at else committed
    name = None if attribution.basis in OF_THE_WHOLE_COMMIT else _person(attribution.origin.person)
    if name:
        return f" — asked by {style.text(name)}, {day}"
    name = committed_by(attribution, commit) if commit else None
    if name and commit:
        return f" — committed by {style.text(name)}, {day_of(commit.authored_at, today)}"
    return f" — {day}"


def _dated(commit: CommitFacts | None, today: date) -> str:
    return f" — {day_of(commit.authored_at, today) if commit else 'not committed yet'}"


def _doubt(attribution: Attribution, commit: CommitFacts | None) -> str:
    """Return whose the line may be after all."""
    name = committed_by(attribution, commit) if commit else None
    return f": this line may be {name}’s own" if name else ""


def _quoted(style: Style, quotation: Excerpt) -> str:
    words = f" ({quotation.words_in_all:,} words in all)" if quotation.words_in_all else ""
    return f"“{style.text(quotation.text)}”{words}"


def _advising(style: Style, reason: str, command: str | None) -> str:
    words = style.text(shortened(reason, LONGEST_REASON))
    return f"{words} Run {style.command(command)}." if command else words


def _record(evidence: Evidence) -> str:
    """Return what to call the record behind a statement, for the start of a sentence."""
    owner = "Its commit’s" if evidence.source == "commit" else f"{source_name(evidence.source)}’s"
    return f"{owner} {shortened(evidence.statement, LONGEST_NAME) or 'record'}"
