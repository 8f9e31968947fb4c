"""What was asked for a line: by its own record, by whoever else keeps the conversation, or kept by a person.

A record names the session; the text of the line tells which of the session's edits, and so which request, it was.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from attrs import evolve, frozen

from backstory.evidence.edit_meant import is_session
from backstory.evidence.kept_requests import NO_CONVERSATION, STORE, KeptRequests
from backstory.evidence.lines_around import CommittedTexts, LinesAround
from backstory.evidence.quiet import NO_CONVERSATION as NOT_RECORDED
from backstory.evidence.source import OpenSource
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.model.attribution import Attribution
from backstory.model.evidence import Evidence
from backstory.model.history import BlamedLine
from backstory.model.origin import Session
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Question

NO_PROMPT_SOURCE = PromptMissing("What was asked is not recorded: the record speaks of the commit alone.")


@frozen
class Told:
    """What was asked, and what told it."""

    prompt: Prompt | PromptMissing
    evidence: Evidence | None = None
    """Opens the conversation; None when nothing holds it."""


class JoinedPrompts:
    """The prompts of one repository, read when asked for. Nothing is remembered here but the last file."""

    def __init__(self, sources: Mapping[str, OpenSource], kept: KeptRequests, reader: ObjectReader) -> None:
        self._sources = sources
        self._kept = kept
        self._texts = CommittedTexts(reader)

    def own(self, attribution: Attribution, cancellation: Cancellation) -> Told:
        """Return what the leading record itself tells: the same for all lines of one session, commit and file."""
        leading = next(iter(attribution.evidence), None)
        if leading is None or leading.prompt_key is None:
            return Told(NO_PROMPT_SOURCE)
        leading = leading.original
        return Told(self._sources[leading.source].prompt(leading, cancellation), leading)

    def joined(self, attribution: Attribution, line: BlamedLine | None, own: Told, cancellation: Cancellation) -> Told:
        """Return what is known elsewhere of a line whose own record tells no request; `own` when nothing is.

        A request of another session is never told.
        """
        missing = [own]
        question = self._question(attribution, line)
        for told in self._elsewhere(attribution, line, question, cancellation):
            if isinstance(told.prompt, Prompt):
                return told
            missing.append(told)
        until = line.commit.committed_at if line else None
        kept = question and self._kept.find(evolve(question, until=until), cancellation)
        if kept:
            return Told(kept)
        if len(missing) > 1:
            return missing[1]
        absences = (source.absence(question, cancellation) for source in self._sources.values()) if question else ()
        absence = next(filter(None, absences), None)
        return evolve(own, prompt=absence) if absence else own

    def conversation(self, told: Told, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Return the conversation around the edit that led to a line."""
        if isinstance(told.prompt, Prompt) and told.prompt.source == STORE:
            return NO_CONVERSATION
        if told.evidence is None:
            return NOT_RECORDED
        return self._sources[told.evidence.source].conversation(told.evidence, cancellation)

    def close(self) -> None:
        """Give the store back."""
        self._kept.close()

    def _elsewhere(
        self, attribution: Attribution, line: BlamedLine | None, question: Question | None, cancellation: Cancellation
    ) -> Iterator[Told]:
        """Yield what other sources tell of the session: first by the line's text, then by what they said of it."""
        leading = attribution.evidence[0].source if attribution.evidence else None
        for id_, source in self._sources.items():
            if question is None or id_ == leading:
                continue
            found = _recalled(source, question, line.commit.committed_at if line else None, cancellation)
            if found:
                yield _told(found, source.prompt(found, cancellation))
        for agreeing in attribution.evidence[1:]:
            if agreeing.prompt_key is not None and _is_same_session(attribution, agreeing):
                original = agreeing.original
                yield _told(original, self._sources[original.source].prompt(original, cancellation))

    def _question(self, attribution: Attribution, line: BlamedLine | None) -> Question | None:
        origin = attribution.origin
        tool = origin.agent.tool if origin.agent else None
        if origin.session is None:
            return None
        if line is None:
            return Question(origin.session, tool, attribution.evidence[0].path, (), None, asked_by=origin.person)
        around = LinesAround(self._texts, line)
        return Question(
            session=origin.session,
            tool=tool,
            path=line.hunk.path,
            texts=around,
            until=line.commit.authored_at,
            line=around.at,
            asked_by=origin.person,
        )


def _recalled(
    source: OpenSource, question: Question, committed_at: datetime | None, cancellation: Cancellation
) -> Evidence | None:
    """Return what a source has of the session: the edit before the commit, or before it was amended."""
    found = source.recall(question, cancellation)
    if (
        (found and found.path is not None)
        or question.until is None
        or not committed_at
        or committed_at <= question.until
    ):
        return found
    later = source.recall(evolve(question, until=committed_at), cancellation)
    return later if later and later.path is not None else found


def _told(evidence: Evidence, prompt: Prompt | PromptMissing) -> Told:
    if isinstance(prompt, Prompt):
        prompt = evolve(prompt, source=evidence.source, locator=evidence.locator)
    return Told(prompt, evidence)


def _is_same_session(attribution: Attribution, other: Evidence) -> bool:
    """Tell whether another record means the attribution's session, or names the only one."""
    mine, theirs = attribution.origin.session, other.origin.session
    if mine is None or theirs is None:
        return mine is None
    return mine == theirs or _names(mine, theirs, other) or _names(theirs, mine, attribution.evidence[0])


def _names(asked: Session, session: Session, of: Evidence) -> bool:
    tool = of.origin.agent.tool if of.origin.agent else None
    return session.conversation is not None and is_session(asked, tool, session.conversation)
