"""Work-done progress: for a document whose history takes long, and for work that counts what it has done."""

import asyncio
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lsprotocol.types import WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport
from pygls.exceptions import JsonRpcException

from backstory.history.cancel import Cancellation

if TYPE_CHECKING:
    from backstory.evidence.source import Progress
    from backstory.lsp.server import BackstoryServer

PATIENCE_SECONDS = 1.0
"""What is done sooner is not worth a message."""

REPORT_SECONDS = 0.2


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


@contextmanager
def counted(server: "BackstoryServer", title: str, cancellation: Cancellation) -> "Iterator[Progress]":
    """Show how far a worker thread is for as long as the block runs; a person may call it off."""
    message = _Counted(server, title, cancellation)
    server.on_loop(message.begin)
    try:
        yield message.report
    finally:
        server.on_loop(message.end)


class _Counted:
    """One message. `report` is called in the worker's thread, the rest on the event loop."""

    def __init__(self, server: "BackstoryServer", title: str, cancellation: Cancellation) -> None:
        self._server = server
        self._title = title
        self._cancellation = cancellation
        self._token = str(uuid.uuid4())
        self._creation: asyncio.Future[None] | None = None
        self._is_shown = False
        self._reported_at = 0.0

    def begin(self) -> None:
        if self._server.client.shows_progress:
            self._creation = asyncio.ensure_future(self._create())

    def report(self, done: int, total: int | None, /) -> None:
        moment = time.monotonic()
        if moment - self._reported_at >= REPORT_SECONDS:
            self._reported_at = moment
            self._server.on_loop(self._show, done, total)

    def end(self) -> None:
        if self._creation:
            self._creation.cancel()
        if self._is_shown:
            self._is_shown = False
            self._server.work_done_progress.end(self._token, WorkDoneProgressEnd())

    def _show(self, done: int, total: int | None) -> None:
        if self._is_shown:
            share = None if total is None else min(100, 100 * done // max(total, 1))
            message = f"{done:,}" if total is None else f"{done:,} of {total:,}"
            self._server.work_done_progress.report(
                self._token, WorkDoneProgressReport(message=message, percentage=share)
            )

    async def _create(self) -> None:
        try:
            _ = await self._server.work_done_progress.create_async(self._token)
        except JsonRpcException:
            return  # some clients promise more than they do
        self._server.work_done_progress.tokens[self._token].add_done_callback(self._ended)
        self._server.work_done_progress.begin(
            self._token, WorkDoneProgressBegin(f"Backstory: {self._title}", percentage=0, cancellable=True)
        )
        self._is_shown = True

    def _ended(self, answered: "Future[object]") -> None:
        if answered.cancelled():
            self._cancellation.cancel()
