"""`backstory/stacktrace`: a text from anywhere, its frames in today's text."""

from functools import partial
from typing import TYPE_CHECKING

from backstory.history.cancel import Cancellation
from backstory.lsp.documents import MEGABYTE
from backstory.lsp.extensions import STACK_TRACE, StackTraceParams
from backstory.lsp.guard import guarded

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer
    from backstory.lsp.surroundings import Surroundings

MOST_MEGABYTES = 5
TOO_LARGE = f"The text is larger than {MOST_MEGABYTES} MB, the most that is looked at."


@guarded
async def stack_trace(server: "BackstoryServer", params: StackTraceParams) -> dict[str, object]:
    """Return what `backstory stacktrace --json` prints, with the URIs of what can be opened."""
    from backstory.lsp.surroundings import surroundings  # noqa: PLC0415  # a lean start

    if len(params.text) > MOST_MEGABYTES * MEGABYTE:
        return {"traces": [], "reason": TOO_LARGE}
    await server.catch_up()
    around = surroundings(server, params.uri)
    return await server.in_background(partial(_analysed, server, params, around))


def register(server: "BackstoryServer") -> None:
    """Answer requests about texts that are in no document."""
    server.feature(STACK_TRACE)(partial(stack_trace, server))


def _analysed(
    server: "BackstoryServer", params: StackTraceParams, around: "Surroundings", cancellation: Cancellation
) -> dict[str, object]:
    from backstory.lsp.located import locate  # noqa: PLC0415  # not on the event loop: it takes a moment
    from backstory.lsp.located_json import located_json  # noqa: PLC0415
    from backstory.lsp.reports import Pasted  # noqa: PLC0415

    is_report = "\n" in params.text.strip()  # of a single line, as in a terminal, nobody asks who is suspected
    pasted = Pasted(params.text, at=params.at, suspects=is_report)
    return located_json(locate(server.queries, pasted, around, None, cancellation))
