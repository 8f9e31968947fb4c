"""The command `backstory.openPlace`: opens a file of the workspace at a line, where the client can show documents."""

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol.types import Command, ShowDocumentParams
from pygls.exceptions import JsonRpcException

from backstory.history.cancel import Cancellation
from backstory.lsp import convert
from backstory.lsp.guard import guarded
from backstory.lsp.uris import local_path

if TYPE_CHECKING:
    from backstory.lsp.located import Target
    from backstory.lsp.server import BackstoryServer
    from backstory.lsp.surroundings import Surroundings

OPEN_PLACE = "backstory.openPlace"


@guarded
async def open_place(server: "BackstoryServer", arguments: tuple[object, ...]) -> None:
    """Open a file at a line, if it is one of the workspace's repositories."""
    from backstory.lsp.surroundings import surroundings  # noqa: PLC0415  # a lean start

    match arguments:
        case ({"uri": str(uri), "line": int(line)},) if isinstance(path := local_path(uri), Path):
            around = surroundings(server, uri)
            if await server.in_background(partial(_is_inside, server, around, path)):
                shown = ShowDocumentParams(uri, take_focus=True, selection=convert.line_range(line + 1))
                with contextlib.suppress(JsonRpcException):  # some clients promise more than they do
                    await server.window_show_document_async(shown)


def opening(server: "BackstoryServer", words: str, target: "Target | None") -> Command:
    """Return the command that opens a place; words alone where nothing can be opened."""
    if target is None or not server.client.shows_documents:
        return Command(words, "")
    return Command(words, OPEN_PLACE, arguments=[{"uri": target.uri, "line": (target.line or 1) - 1}])


def register(server: "BackstoryServer") -> None:
    """Offer the command."""

    async def run(*arguments: Any) -> None:  # an annotation that fits the server would be given it
        await open_place(server, arguments)

    server.offers.add_command(OPEN_PLACE, run)


def _is_inside(server: "BackstoryServer", around: "Surroundings", path: Path, _: Cancellation) -> bool:
    from backstory.history.repository import repo_path  # noqa: PLC0415  # a lean start
    from backstory.lsp.located import repositories_in  # noqa: PLC0415

    for opened in repositories_in(server.queries, around.folders):
        inside = repo_path(opened.repository, path)
        if inside is not None and around.file(str(opened.repository.directory), inside):
            return True
    return False
