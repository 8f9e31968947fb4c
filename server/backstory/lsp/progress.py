"""Work-done progress for a document whose history takes long."""

import asyncio
import uuid
from typing import TYPE_CHECKING

from lsprotocol.types import WorkDoneProgressBegin, WorkDoneProgressEnd
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

PATIENCE_SECONDS = 1.0
"""What is done sooner is not worth a message."""


class Waiting:
    """Says that a document is being read, if that takes longer than a moment, until told that it is done."""

    def __init__(self, server: "BackstoryServer", name: str) -> None:
        self._server = server
        self._name = name
        self._token = str(uuid.uuid4())
        self._is_shown = False
        self._showing = asyncio.ensure_future(self._show()) if server.client.shows_progress else None

    def end(self) -> None:
        """Take the message away, or do not show it at all."""
        if self._showing:
            self._showing.cancel()
        if self._is_shown:
            self._is_shown = False
            self._server.work_done_progress.end(self._token, WorkDoneProgressEnd())

    async def _show(self) -> None:
        await asyncio.sleep(PATIENCE_SECONDS)
        try:
            _ = await self._server.work_done_progress.create_async(self._token)
        except JsonRpcException:
            return  # some clients promise more than they do
        self._server.work_done_progress.begin(self._token, WorkDoneProgressBegin(f"Backstory: reading {self._name}"))
        self._is_shown = True
