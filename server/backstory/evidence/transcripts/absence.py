"""Why a conversation that a record names is not among an agent's transcripts on this machine."""

from datetime import datetime

from backstory.evidence.transcripts.library import Agent
from backstory.history.repository import Repository
from backstory.model.origin import Person
from backstory.model.prompt import PromptMissing, Question
from backstory.model.state import StateCode

_SECONDS_A_DAY = 86_400


def absence_of(agent: Agent, repository: Repository, question: Question, now: datetime) -> PromptMissing:
    """Return what can be said, of a machine on which the agent keeps transcripts.

    That one was deleted is said only of a conversation of this machine's own person, once it is old enough for that.
    """
    if question.asked_by is None or not _is_own(repository, question.asked_by):
        return PromptMissing(f"The transcript is not on this machine: {_name(agent)} keeps it with whoever asked.")
    begins = question.until.timestamp() if question.until else None
    deleted = agent.deletion(begins) if begins is not None else None
    if begins is None or deleted is None or deleted > now.timestamp():
        return PromptMissing("The transcript is not on this machine.")
    days = round((deleted - begins) / _SECONDS_A_DAY)
    return PromptMissing(
        f"The transcript was deleted, as {_name(agent)} does after {days} days.", code=StateCode.TRANSCRIPT_DELETED
    )


def _is_own(repository: Repository, person: Person) -> bool:
    """Tell whether a person is the one whom git knows here."""
    email = repository.configuration.get("user.email")
    if person.email and email:
        return person.email.casefold() == email.casefold()
    name = repository.configuration.get("user.name")
    return bool(name) and person.name == name


def _name(agent: Agent) -> str:
    return agent.NAME.removesuffix(" transcripts")
