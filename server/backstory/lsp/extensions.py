"""Messages that LSP does not have. `client/src/protocol.ts` mirrors this page.

`backstory/lineState` (request): in which state a line is, in words for a status bar; always answered at once.
`backstory/regions` (request): the lines of a document that an agent had a hand in, for marks beside them.
`backstory/prompt` (request): what was asked for a line, as a page to read; null where no agent wrote.
`backstory/commit` (request): a commit as a page to read; null when the repository has none of that name.
`backstory/doctor` (request): the one thing that helps here, to be shown when somebody asks.
`backstory/stacktrace` (request): what a program printed when it failed, its frames in today's text.
`backstory/stateChanged` (notification to the client): a document's lines are known better now; ask again.
"""

from attrs import asdict, frozen

LINE_STATE = "backstory/lineState"
REGIONS = "backstory/regions"
PROMPT = "backstory/prompt"
COMMIT = "backstory/commit"
DOCTOR = "backstory/doctor"
STACK_TRACE = "backstory/stacktrace"
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
class PromptParams(LineStateParams):
    """Which line's prompt is asked for."""

    conversation: bool = True
    """Whether the page should hold the conversation too; False for who only wants to know whether there is one."""


@frozen
class PromptRequest:
    """The request as it stands on the wire."""

    id: int | str
    params: PromptParams
    method: str = PROMPT
    jsonrpc: str = "2.0"


@frozen
class FileParams:
    """Which document is asked for."""

    uri: str


@frozen
class FileRequest:
    """A request about a whole document, as it stands on the wire."""

    id: int | str
    params: FileParams
    method: str
    jsonrpc: str = "2.0"


@frozen
class RevisionParams:
    """Which commit of a document's repository is asked for."""

    uri: str
    revision: str


@frozen
class RevisionRequest:
    """The request as it stands on the wire."""

    id: int | str
    params: RevisionParams
    method: str = COMMIT
    jsonrpc: str = "2.0"


@frozen
class StackTraceParams:
    """Which text is asked for."""

    text: str
    """What a program printed when it failed, with anything around it."""

    at: str | None = None
    """The build that failed, by any name of a commit, when whoever asks knows better than the text."""

    uri: str | None = None
    """The document or folder that somebody asks from; it is looked at when the client has no folder open."""


@frozen
class StackTraceRequest:
    """The request as it stands on the wire."""

    id: int | str
    params: StackTraceParams
    method: str = STACK_TRACE
    jsonrpc: str = "2.0"


@frozen
class LineState:
    """The state of a line."""

    state: str
    """Words for a status bar: `agent · Claude Code`, `unknown`, `not a repository`."""

    code: str | None = None
    """What kept an origin from being found, or limits it (a `StateCode`); None when there is nothing to add."""

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


@frozen
class MarkedRegion:
    """Neighbouring lines of one origin that an agent (or a robot) had a hand in; 0-based, both ends included."""

    first: int
    last: int
    contributor: str
    basis: str


@frozen
class Page:
    """Plain text to read in a window of its own."""

    title: str
    text: str


@frozen
class PromptPage(Page):
    """What was asked, and on what evidence."""

    request: str | None = None
    """The request alone, to copy; None when it is not recorded and `text` says why."""


@frozen
class HelpfulAction:
    """What is so, and what to do about it."""

    problem: str
    command: str | None = None
    """Ready for a terminal; None when there is nothing to run."""

    benefit: str | None = None
    """What that brings."""


def state_changed(uri: str) -> dict[str, str]:
    """Return the parameters of `backstory/stateChanged`."""
    return {"uri": uri}


REQUESTS = {
    LINE_STATE: LineStateRequest,
    PROMPT: PromptRequest,
    REGIONS: FileRequest,
    DOCTOR: FileRequest,
    COMMIT: RevisionRequest,
    STACK_TRACE: StackTraceRequest,
}
"""What the wire's parameters become."""
