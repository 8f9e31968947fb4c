"""`backstory/doctor`: what is so with a file, and the one thing that helps."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import asdict

from backstory.history.cancel import Cancellation
from backstory.lsp.extensions import DOCTOR, FileParams, HelpfulAction
from backstory.lsp.guard import guarded
from backstory.lsp.uris import file_path
from backstory.model.errors import BackstoryError, CancelledError
from backstory.model.state import State

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer
    from backstory.model.diagnosis import Diagnosis

NOT_OPEN = HelpfulAction("Open a file of a project to see where its lines came from.")


@guarded
async def doctor(server: "BackstoryServer", params: FileParams) -> dict[str, object]:
    """Return the one helpful action for a document."""
    document = server.documents.asked(server, params.uri)
    if document is None:
        path = file_path(params.uri)
        return asdict(_of_state(path) if isinstance(path, State) else NOT_OPEN)
    if document.declined or isinstance(document.path, State):
        state = document.declined or document.path
        return asdict(_of_state(state) if isinstance(state, State) else NOT_OPEN)
    snapshot = document.buffer.snapshot if document.buffer else None
    if snapshot and snapshot.states:
        return asdict(_of_state(snapshot.states[0]))
    return asdict(await server.in_background(partial(_diagnosed, server, document.path)))


def register(server: "BackstoryServer") -> None:
    """Answer requests for help."""
    server.feature(DOCTOR)(partial(doctor, server))


def _diagnosed(server: "BackstoryServer", path: Path, cancellation: Cancellation) -> HelpfulAction:
    try:
        return _of_diagnosis(server.queries.diagnose(path, cancellation))
    except CancelledError:
        raise
    except BackstoryError as error:
        return _of_state(error.state)


def _of_diagnosis(diagnosis: "Diagnosis") -> HelpfulAction:
    """Return the first advice; without any, what could be read here, or why there is nothing."""
    if diagnosis.advice:
        first = diagnosis.advice[0]
        return HelpfulAction(first.problem, first.command, first.benefit)
    found = [source for source in diagnosis.sources if source.found]
    if not found:
        reasons = " ".join(source.absence for source in diagnosis.sources if source.absence)
        return HelpfulAction(reasons or "No record of any agent was found in this repository.")
    counts = ", ".join(f"{source.found:,} by {source.name}" for source in found)
    return HelpfulAction(f"All is well: the records that were found here could be read ({counts}).")


def _of_state(state: State) -> HelpfulAction:
    return HelpfulAction(state.reason, state.command)
