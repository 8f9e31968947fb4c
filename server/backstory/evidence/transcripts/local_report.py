"""What an agent's transcripts on this machine hold of one repository, counted for `doctor`."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from backstory.evidence.source import Progress
from backstory.evidence.transcripts.belonging import Belonging, Belongings
from backstory.evidence.transcripts.files import Unusable
from backstory.evidence.transcripts.library import Agent, Library, Shelved
from backstory.history.cancel import Cancellation
from backstory.model.diagnosis import HeldConversation, SourceReport
from backstory.model.evidence import Unreadable

ABOUT_TO_BE_DELETED = "about to be deleted by the agent"
_SOON = timedelta(days=10)


def report_on(
    agent: Agent, library: Library, belongings: Belongings, cancellation: Cancellation, progress: Progress
) -> SourceReport:
    """Read the transcripts that belong to the repository and return the report."""
    shelves = list(library.shelves(cancellation))
    unusable = [Unreadable(agent.ID, str(each.path), each.reason) for each in shelves if isinstance(each, Unusable)]
    here: dict[Belonging, list[Shelved]] = {kind: [] for kind in Belonging}
    for each in shelves:
        if isinstance(each, Shelved):
            here[belongings.of(each.head)].append(each)
    own = here[Belonging.YES] + here[Belonging.PERHAPS]
    counts: Counter[str] = Counter()
    for done, shelved in enumerate(own, 1):
        unusable += _counted(agent, library, shelved, counts, cancellation)
        progress(done, len(own))
    found = len(own)
    return SourceReport(
        id=agent.ID,
        name=agent.NAME,
        found=found,
        on_head=found,
        read=counts["read"],
        unreadable=tuple(unusable),
        details=tuple(_details(agent, own, counts, len(shelves))) if shelves else (),
        absence=None if found else _absence(agent, here, len(shelves)),
        carried=found,
        held=frozenset(_held(agent, own + here[Belonging.LOST])),
    )


def _held(agent: Agent, shelves: list[Shelved]) -> Iterator[HeldConversation]:
    """Yield the conversations that are told when a record of the repository names them."""
    for shelved in shelves:
        if shelved.session is not None:
            yield HeldConversation(agent.TOOL, shelved.session)


def _counted(
    agent: Agent, library: Library, shelved: Shelved, counts: Counter[str], cancellation: Cancellation
) -> tuple[Unreadable, ...]:
    path = str(shelved.file.path)
    try:
        transcript = library.read(shelved.file, cancellation)
    except OSError:
        return (Unreadable(agent.ID, path, "It cannot be opened."),)
    counts["read"] += 1
    counts["requests"] += len(transcript.requests)
    counts["edits"] += len(transcript.edits)
    return transcript.flaws(agent.ID, path)


def _details(agent: Agent, own: list[Shelved], counts: Counter[str], on_machine: int) -> Iterator[tuple[str, str]]:
    yield "transcripts on this machine", f"{on_machine:,}"
    if own:
        yield "of this repository", f"{len(own):,}"
        yield "requests in them", f"{counts['requests']:,}"
        yield "edits in them", f"{counts['edits']:,}"
    soon = sorted(_deletions(agent, own))
    if soon:
        yield ABOUT_TO_BE_DELETED, f"{len(soon):,} from {soon[0].date().isoformat()} on"


def _deletions(agent: Agent, own: list[Shelved]) -> Iterator[datetime]:
    """Yield when transcripts will be deleted, of those that soon will."""
    limit = datetime.now(UTC) + _SOON
    for shelved in own:
        at = agent.deletion(shelved.file.changed_at)
        if at is not None and at <= limit.timestamp():
            yield datetime.fromtimestamp(at, UTC)


def _absence(agent: Agent, here: dict[Belonging, list[Shelved]], on_machine: int) -> str:
    if not on_machine:
        return f"This machine holds no {agent.NAME}."
    if here[Belonging.NO] or here[Belonging.LOST]:
        return f"No {agent.NAME[:-1]} on this machine was made in this repository."
    return f"None of the {agent.NAME} on this machine can be read."
