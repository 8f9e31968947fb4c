"""Lines of files that the editor does not have open: where they came from, asked as if it had."""

from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from backstory.history.cancel import Cancellation
from backstory.lsp.documents import MEGABYTE, PAUSED, too_large
from backstory.lsp.settings import Settings
from backstory.model.state import State, StateCode
from backstory.model.text import Text
from backstory.syntax.languages import language_of
from backstory.workspace.buffer import Buffer

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer
    from backstory.model.answer import LineAnswer

MOST_FILES = 8
"""How many are kept for the next question."""

GONE = State(StateCode.NOT_A_FILE, "The file could not be read.")


@frozen(eq=False)
class _Kept:
    """A file as it was read."""

    stamp: tuple[int, int]
    """When it was written, and its size."""

    buffer: Buffer


class ClosedFiles:
    """The files that were asked for lately. Used on the event loop only."""

    def __init__(self, server: "BackstoryServer") -> None:
        self._server = server
        self._kept: OrderedDict[Path, _Kept] = OrderedDict()

    async def answer(self, path: Path, line: int) -> "LineAnswer | State":
        """Return what is known of a line, in the open document if there is one, waiting for git."""
        settings = self._server.configuration.settings_for(path)
        if settings.paused:
            return PAUSED
        await self._server.catch_up()
        open_buffer = next((each.buffer for each in self._server.documents.of_files() if each.path == path), None)
        buffer = open_buffer or await self._buffer(path, settings)
        if isinstance(buffer, State):
            return buffer
        answer = self._server.buffers.line_now(buffer, line)
        if answer is None:
            answer = await self._server.in_background(partial(self._server.buffers.wait_for, buffer, line))
        return answer

    async def _buffer(self, path: Path, settings: Settings) -> Buffer | State:
        kept = self._kept.get(path)
        read = await self._server.in_background(partial(_read, path, kept, settings))
        if isinstance(read, _Kept):
            self._kept.move_to_end(path)
            return read.buffer
        if isinstance(read, State):
            return read
        stamp, text = read
        if replaced := self._kept.pop(path, None):
            self._server.buffers.close(replaced.buffer)
        buffer = self._server.buffers.open(path, text, language_of(str(path)))
        self._kept[path] = _Kept(stamp, buffer)
        while len(self._kept) > MOST_FILES:
            _, oldest = self._kept.popitem(last=False)
            self._server.buffers.close(oldest.buffer)
        return buffer


def _read(
    path: Path, kept: _Kept | None, settings: Settings, _: Cancellation
) -> tuple[tuple[int, int], Text] | _Kept | State:
    """Return the text of a file with its stamp, or what is kept when it is the same."""
    try:
        found = path.stat()
        stamp = (found.st_mtime_ns, found.st_size)
        if kept and kept.stamp == stamp:
            return kept
        if found.st_size > settings.maximum_file_megabytes * MEGABYTE:
            return State(StateCode.TOO_LARGE, "The file is larger than what is looked at.")
        text = Text.of_bytes(path.read_bytes())
    except OSError:
        return GONE
    return too_large(text, settings) or (stamp, text)
