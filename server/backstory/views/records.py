"""Answers as plain values for JSON. `docs/cli.md` is the specification of these fields; a test holds both together."""

from collections.abc import Iterator

from backstory.model.answer import AnnotatedFile, LineAnswer, Portion, PromptAnswer, RangeAnswer, UnitShare
from backstory.model.attribution import Attribution
from backstory.model.diagnosis import Diagnosis, SourceReport
from backstory.model.evidence import Evidence, Unreadable
from backstory.model.history import CommitFacts
from backstory.model.lines import LineRange
from backstory.model.origin import Contributor
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Turn
from backstory.model.state import State
from backstory.redaction.secrets import mask_secrets
from backstory.views.names import model_name, person_name, tool_name

Record = dict[str, object]


def blame_records(file: AnnotatedFile) -> Iterator[Record]:
    """Yield one record for each line of the file, in order."""
    told: dict[tuple[int, int, str | None], Record] = {}
    for line in file.lines:
        commit = file.commits.get(line.revision) if line.revision else None
        key = (id(line.attribution), id(line.prompt), line.revision)
        if key not in told:
            told[key] = _told(line.attribution, line.prompt, commit)
        yield {
            "line": line.line,
            **told[key],
            "revision": line.revision,
            "path_at_revision": line.path_at_revision,
            "line_at_revision": line.line_at_revision,
        }


def line_record(answer: LineAnswer) -> Record:
    """Return everything known of one line."""
    region = answer.region
    return {
        "path": answer.path,
        "line": answer.line,
        **_told(answer.attribution, answer.prompt, answer.commit),
        "revision": answer.commit.revision if answer.commit else None,
        "path_at_revision": answer.path_at_revision,
        "line_at_revision": answer.line_at_revision,
        "commit": _commit(answer.commit),
        "commit_lines_in_file": answer.commit_lines_in_file,
        "region": _lines(region.lines) if region else None,
        "unit": _unit(answer.unit_share) if answer.unit_share else None,
        "states": [_state(state) for state in answer.states],
    }


def prompt_record(answer: PromptAnswer) -> Record | None:
    """Return what was asked for one line and what was said around it; None when that is not known."""
    line, conversation = answer.line, answer.conversation
    prompt, origin = line.prompt, line.attribution.origin
    if not isinstance(prompt, Prompt):
        return None
    leading = next(iter(line.attribution.evidence), None)
    said = conversation if isinstance(conversation, Conversation) else Conversation(())
    return {
        "session": (origin.session.conversation or origin.session.key) if origin.session else None,
        "tool": origin.agent.tool if origin.agent else None,
        "model": origin.agent.model if origin.agent else None,
        "asked_by": person_name(origin.person),
        "asked_at": prompt.asked_at.isoformat() if prompt.asked_at else None,
        "request": mask_secrets(prompt.request),
        "task": mask_secrets(prompt.task) if prompt.task else None,
        "conversation": [
            {
                "role": turn.speaker.value,
                "at": turn.at.isoformat() if turn.at else None,
                "text": mask_secrets(turn.text),
            }
            for turn in said.turns
        ],
        "files": [mask_secrets(path) for path in said.files],
        "cut_before": said.cut_before,
        "cut_after": said.cut_after,
        "conversation_missing": _missing(conversation),
        "source": prompt.source or (leading.source if leading else None),
        "locator": prompt.locator or (leading.locator if leading else None),
    }


def _turn(turn: Turn) -> Record:
    at = turn.at.isoformat() if turn.at else None
    return {"role": turn.speaker.value, "at": at, "text": mask_secrets(turn.text)}


def range_record(answer: RangeAnswer) -> Record:
    """Return the summary of some lines, the greatest portion first."""
    return {
        "path": answer.path,
        "lines": _lines(answer.lines),
        "portions": [_portion(portion) for portion in answer.portions],
        "units": [_unit(share) for share in answer.units],
        "states": [_state(state) for state in answer.states],
    }


def doctor_record(diagnosis: Diagnosis) -> Record:
    """Return what evidence a repository holds."""
    return {
        "root": diagnosis.root,
        "head": diagnosis.head,
        "commits_on_head": diagnosis.commits_on_head,
        "git_version": diagnosis.git_version,
        "states": [_state(state) for state in diagnosis.states],
        "sources": [_source(report) for report in diagnosis.sources],
        "advice": [
            {"problem": advice.problem, "command": advice.command, "benefit": advice.benefit}
            for advice in diagnosis.advice
        ],
    }


def _told(attribution: Attribution, prompt: Prompt | PromptMissing | None, commit: CommitFacts | None) -> Record:
    """Return what is said of a line's origin, and on what ground."""
    origin = attribution.origin
    agent, session = origin.agent, origin.session
    is_agent = origin.contributor in (Contributor.AI, Contributor.MIXED)
    person = person_name(origin.person)
    tool = agent.tool if agent else None
    return {
        "contributor": origin.contributor.value,
        "basis": attribution.basis.name.lower(),
        "tool": tool,
        "tool_name": tool_name(tool) if tool else None,
        "model": agent.model if agent else None,
        "model_name": model_name(agent.model) if agent else None,
        "author": person_name(commit.author) if commit else None,
        "asked_by": person if is_agent else None,
        "typed_by": person if origin.contributor is Contributor.HUMAN else None,
        "session": session.key if session else None,
        "conversation": session.conversation if session else None,
        **_asked(prompt),
        "evidence": [_evidence(statement) for statement in attribution.evidence],
        "disputed_by": [_dissent(statement) for statement in attribution.disputed_by],
        "reason": attribution.reason,
    }


def _asked(prompt: Prompt | PromptMissing | None) -> Record:
    if isinstance(prompt, Prompt):
        return {
            "prompt": mask_secrets(prompt.request),
            "task": mask_secrets(prompt.task) if prompt.task else None,
            "asked_at": prompt.asked_at.isoformat() if prompt.asked_at else None,
            "prompt_source": prompt.source,
            "prompt_locator": prompt.locator,
            "prompt_missing": None,
        }
    return {
        "prompt": None,
        "task": None,
        "asked_at": None,
        "prompt_source": None,
        "prompt_locator": None,
        "prompt_missing": _missing(prompt),
    }


def _missing(told: Prompt | Conversation | PromptMissing | None) -> Record | None:
    if not isinstance(told, PromptMissing):
        return None
    return {"reason": told.reason, "command": told.command, "code": told.code.value if told.code else None}


def _evidence(statement: Evidence) -> Record:
    return {
        "source": statement.source,
        "locator": statement.locator,
        "statement": statement.statement,
        "basis": statement.basis.name.lower(),
    }


def _dissent(statement: Evidence) -> Record:
    origin = statement.origin
    return {
        **_evidence(statement),
        "contributor": origin.contributor.value,
        "tool": origin.agent.tool if origin.agent else None,
        "model": origin.agent.model if origin.agent else None,
        "person": person_name(origin.person),
    }


def _commit(commit: CommitFacts | None) -> Record | None:
    if commit is None:
        return None
    return {
        "author": person_name(commit.author),
        "authored_at": commit.authored_at.isoformat(),
        "committer": person_name(commit.committer),
        "committed_at": commit.committed_at.isoformat(),
        "subject": mask_secrets(commit.subject),
        "is_history_cut": commit.is_history_cut,
    }


def _portion(portion: Portion) -> Record:
    return {
        "line_count": sum(map(len, portion.lines)),
        "lines": [_lines(lines) for lines in portion.lines],
        **_told(portion.attribution, portion.prompt, portion.commit),
        "revision": portion.commit.revision if portion.commit else None,
        "commit": _commit(portion.commit),
    }


def _unit(share: UnitShare) -> Record:
    return {
        "kind": share.unit.kind.value,
        "name": share.unit.name,
        "lines": _lines(share.unit.lines),
        "agent_lines": share.agent_lines,
        "total_lines": share.total_lines,
        "requests": share.requests,
    }


def _lines(lines: LineRange) -> Record:
    return {"first": lines.first, "last": lines.last}


def _state(state: State) -> Record:
    return {"code": state.code.value, "reason": state.reason, "command": state.command}


def _source(report: SourceReport) -> Record:
    return {
        "id": report.id,
        "name": report.name,
        "found": report.found,
        "on_head": report.on_head,
        "read": report.read,
        "joined": report.joined,
        "carried": report.carried,
        "unreadable": [_unreadable(each) for each in report.unreadable],
        "details": {label: _number(value) for label, value in report.details},
        "absence": report.absence,
    }


def _number(value: str) -> int | str:
    """Return a counted value as the number it is."""
    digits = value.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() else value


def _unreadable(record: Unreadable) -> Record:
    return {"locator": record.locator, "reason": record.reason}
