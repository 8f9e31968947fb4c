"""Work in the background that several requests wait for."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from backstory.history.cancel import Cancellation

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

Result = TypeVar("Result")


class SharedWork(Generic[Result]):
    """Work that is begun once, and called off when no request waits for it any more."""

    def __init__(self, server: "BackstoryServer", work: Callable[[Cancellation], Result]) -> None:
        self._doing = asyncio.ensure_future(server.in_background(work))
        self._waiting = 0
        self._is_called_off = False

    @property
    def is_running(self) -> bool:
        """Whether something may still come of it."""
        return not self._doing.done() and not self._is_called_off

    @property
    def is_good(self) -> bool:
        """Whether it runs, or something came of it: whoever asks else has to begin anew."""
        return self.is_running or self.outcome is not None

    @property
    def outcome(self) -> Result | None:
        """What came of it; None where nothing did, or not yet."""
        has_failed = self._is_called_off or not self._doing.done() or self._doing.exception() is not None
        return None if has_failed else self._doing.result()

    async def result(self) -> Result:
        """Wait for what comes of it."""
        self._waiting += 1
        try:
            return await asyncio.shield(self._doing)
        finally:
            self._waiting -= 1
            if not self._waiting and not self._doing.done():
                self._is_called_off = True
                self._doing.cancel()
