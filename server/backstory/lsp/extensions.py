"""Messages that LSP does not have. `client/src/protocol.ts` mirrors this page.

`backstory/lineState` (request): in which state a line is, in words for a status bar; always answered at once.
`backstory/stateChanged` (notification to the client): a document's lines are known better now; ask again.
"""

from attrs import asdict, frozen

LINE_STATE = "backstory/lineState"
STATE_CHANGED = "backstory/stateChanged"


@frozen
class LineStateParams:
    """Which line is asked for."""

    uri: str
    line: int
    """0-based, as everywhere in the protocol."""


@frozen
class LineStateRequest:
    """The request as it stands on the wire."""

    id: int | str
    params: LineStateParams
    method: str = LINE_STATE
    jsonrpc: str = "2.0"


@frozen
class LineState:
    """The state of a line."""

    state: str
    """Words for a status bar: `agent · Claude Code`, `unknown`, `not a repository`."""

    code: str | None = None
    """Why there is nothing to tell of the whole file (a `StateCode`); None when the line was looked at."""

    reason: str | None = None
    """A sentence, plain text."""

    command: str | None = None
    """The exact command that helps, if one does."""

    contributor: str | None = None
    basis: str | None = None
    tool: str | None = None
    model: str | None = None
    session: str | None = None
    revision: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Return the answer as it stands on the wire."""
        return asdict(self)


def state_changed(uri: str) -> dict[str, str]:
    """Return the parameters of `backstory/stateChanged`."""
    return {"uri": uri}


REQUESTS = {LINE_STATE: LineStateRequest}
"""What the wire's parameters become."""
