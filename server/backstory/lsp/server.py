"""The language server: one session with one client."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol.types import MessageType, ShowMessageParams
from pygls.exceptions import JsonRpcMethodNotFound
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from backstory import __version__
from backstory.history.cancel import Cancellation
from backstory.lsp.capabilities import Client
from backstory.lsp.configuration import Configuration
from backstory.lsp.documents import Documents
from backstory.lsp.guard import described
from backstory.lsp.offers import Offers
from backstory.lsp.progress import counted
from backstory.lsp.protocol import BackstoryProtocol
from backstory.model.state import State, StateCode

if TYPE_CHECKING:
    from backstory.lsp.traces import Traces
    from backstory.model.answer import LineAnswer
    from backstory.workspace.buffer import Buffer
    from backstory.workspace.buffers import Buffers
    from backstory.workspace.queries import Queries

log = logging.getLogger(__name__)

Result = TypeVar("Result")

CATCHING_UP_SECONDS = 0.3
"""How long an answer waits to be one of today's HEAD; a slow disk is not waited for."""

WAITING = 16
"""How many requests may wait at once for files that are still being read; none of them does any work."""

WORTH_A_MESSAGE = frozenset({StateCode.GIT_MISSING, StateCode.UNSAFE_REPOSITORY})
"""What keeps every line silent until the person does something about it."""


class BackstoryServer(LanguageServer):
    """What the handlers work with."""

    protocol: BackstoryProtocol

    def __init__(self) -> None:
        super().__init__("backstory", __version__, protocol_cls=BackstoryProtocol, converter_factory=default_converter)
        self.client = Client()
        self.configuration = Configuration()
        self.documents = Documents()
        self.offers = Offers()
        self._told: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Future[int] | None = None
        self._queries: Queries | None = None
        self._buffers: Buffers | None = None
        self._traces: Traces | None = None
        self._waiting = ThreadPoolExecutor(WAITING, thread_name_prefix="backstory-waiting")

    def begin(self, loop: asyncio.AbstractEventLoop) -> "asyncio.Future[int]":
        """Work on `loop` from now on; return what will hold the exit status."""
        self._loop = loop
        loop.set_exception_handler(_log_failure)
        self._ended = loop.create_future()
        return self._ended

    def stop(self) -> None:
        """End the session; not having been asked for the shutdown first is an error."""
        if self._ended is None or self._ended.done():
            return
        if self._queries:
            self._queries.close()
        self._waiting.shutdown(wait=False, cancel_futures=True)
        self._ended.set_result(0 if self.protocol.is_shut_down else 1)

    @property
    def queries(self) -> "Queries":
        """What answers about files on disk; git, grammars and readers are imported at the first use."""
        if self._queries is None:
            from backstory.workspace.queries import Queries  # noqa: PLC0415  # a lean start

            self._queries = Queries(self.configuration.sources_off)
        return self._queries

    @property
    def buffers(self) -> "Buffers":
        """The open documents as the workspace knows them."""
        if self._buffers is None:
            self._buffers = self.queries.buffers(self._changed, partial(counted, self))
        return self._buffers

    @property
    def traces(self) -> "Traces":
        """The stack traces in open texts; imported when somebody opens one."""
        if self._traces is None:
            from backstory.lsp.traces import Traces  # noqa: PLC0415  # a lean start

            self._traces = Traces(self)
        return self._traces

    def warm_up(self) -> None:
        """Import what the first document and the first answer will need."""
        from backstory.lsp import presentation  # noqa: F401, PLC0415  # a lean start

        _ = self.buffers

    async def in_background(self, work: Callable[[Cancellation], Result]) -> Result:
        """Return what `work` returns, from a thread; it is called off when the client cancels its request."""
        cancellation = Cancellation()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._waiting, work, cancellation)
        except asyncio.CancelledError:
            cancellation.cancel()
            raise

    async def catch_up(self) -> None:
        """Look whether HEAD or the records moved, if nobody did just now, and wait a moment for what follows."""
        looking = self.buffers.look_again()
        if looking:
            await asyncio.wait({asyncio.wrap_future(looking)}, timeout=CATCHING_UP_SECONDS)

    def on_loop(self, call: Callable[..., object], *arguments: object) -> None:
        """Call something on the event loop, from any thread: nothing else may talk to the client."""
        if self._loop:
            with contextlib.suppress(RuntimeError):  # the session is over
                self._loop.call_soon_threadsafe(call, *arguments)

    def tell_once(self, state: State) -> None:
        """Show a person what is wrong with the environment and what helps; never twice the same."""
        if state.reason not in self._told:
            self._told.add(state.reason)
            words = f"Backstory: {state.reason}" + (f" Try: {state.command}" if state.command else "")
            self.window_show_message(ShowMessageParams(MessageType.Warning, words))

    def tell_trouble(self, answer: "LineAnswer | State") -> None:
        """Show what keeps Backstory from answering at all, if an answer says so."""
        for state in (answer,) if isinstance(answer, State) else answer.states:
            if state.code in WORTH_A_MESSAGE:
                self.tell_once(state)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log what the protocol library could not deal with; the person has nothing to do with it."""
        if not isinstance(error, JsonRpcMethodNotFound):
            log.error("%s: %s", getattr(source, "__name__", source), described(error))

    def _changed(self, buffer: "Buffer") -> None:
        """Hear from a worker thread that a document's lines are known."""
        self.on_loop(self.documents.lines_are_known, self, buffer)


def _log_failure(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what failed outside of any handler; the loop's own words would quote the message at hand."""
    error = context.get("exception")
    log.error("a callback failed: %s", described(error) if error else context["message"])
