"""Requests that a person kept, for when their transcript is gone: opened only then, and only if anything was kept."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from attrs import evolve

from backstory.evidence.edit_meant import is_session
from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository
from backstory.history.roots import identify
from backstory.model.diagnosis import HeldConversation
from backstory.model.prompt import Prompt, PromptMissing, Question
from backstory.store.errors import StoreError
from backstory.store.facts import Facts, RepositoryFacts, have_facts, open_facts
from backstory.store.kept_prompt import KeptPrompt, line_digest

STORE = "store"
"""What `Prompt.source` says of a kept request."""

NO_CONVERSATION = PromptMissing("Only the request was kept, not the conversation around it.")

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_NEIGHBOURS = 3


class KeptRequests:
    """The kept requests of one repository. Safe to use from several threads."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._lock = threading.Lock()
        self._opened: Facts | None = None
        self._here: RepositoryFacts | None = None

    def find(self, question: Question, cancellation: Cancellation) -> Prompt | None:
        """Return the kept request of the session that led to the line; None when none is known to have."""
        here = self._facts(cancellation)
        if here is None:
            return None
        try:
            conversation = question.session.conversation
            kept = here.of_session(conversation) if conversation else here.all()
        except StoreError:
            return None
        of_session = [each for each in kept if _is_of(each, question)]
        meant = _meant(of_session, question) if of_session else None
        return evolve(meant.prompt, source=STORE, locator=meant.locator) if meant else None

    def conversations(self, cancellation: Cancellation) -> frozenset[HeldConversation]:
        """Return those of which any request is kept."""
        here = self._facts(cancellation)
        try:
            kept = here.all() if here else ()
        except StoreError:
            return frozenset()
        return frozenset(
            HeldConversation(each.agent.tool if each.agent else None, each.session.conversation)
            for each in kept
            if each.session and each.session.conversation
        )

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            if self._opened:
                self._opened.close()
            self._opened = self._here = None

    def _facts(self, cancellation: Cancellation) -> RepositoryFacts | None:
        with self._lock:
            if self._here is None and have_facts():
                self._opened = open_facts()
                self._here = self._opened.of(identify(self._repository, cancellation))
            return self._here


def _is_of(kept: KeptPrompt, question: Question) -> bool:
    """Tell whether a kept request is of the session, and older than the commit."""
    if kept.session is None or kept.session.conversation is None:
        return False
    if not is_session(question.session, kept.agent.tool if kept.agent else None, kept.session.conversation):
        return False
    return not (question.until and kept.prompt.asked_at and kept.prompt.asked_at > question.until)


def _meant(kept: Sequence[KeptPrompt], question: Question) -> KeptPrompt | None:
    """Return the request that led to the line (else to the nearest known) and most of its neighbours, the last one."""
    digests = [line_digest(text) if text.strip() else None for text in question.texts]
    for index in sorted(range(len(digests)), key=lambda index: abs(index - question.line)):
        digest = digests[index]
        around = {each for each in digests[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1] if each}
        leading = [each for each in kept if digest in each.lines]
        if leading:
            return max(leading, key=lambda each: (len(around & each.lines), each.prompt.asked_at or _EARLIEST))
    return None
