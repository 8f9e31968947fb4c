"""`textDocument/codeLens`: above a stack trace, what failed, the first frame of the product and where it came from."""

from functools import partial
from typing import TYPE_CHECKING

from lsprotocol.types import (
    CODE_LENS_RESOLVE,
    TEXT_DOCUMENT_CODE_LENS,
    CodeLens,
    CodeLensParams,
    CodeLensRegistrationOptions,
    Command,
)

from backstory.lsp import convert
from backstory.lsp.documents import too_large
from backstory.lsp.guard import guarded
from backstory.lsp.open_place import opening
from backstory.lsp.texts import open_text

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

MOST_LENSES = 1_000

ON_DEMAND = "The text is larger than {limit} MB: stack traces are read where you hover or go to a definition"


@guarded
async def lenses(server: "BackstoryServer", params: CodeLensParams) -> list[CodeLens] | None:
    """Return a place for each failure; what is told there is looked up when it comes into view."""
    document = open_text(server, params.text_document.uri)
    if document is None:
        return None
    if too_large(document.text, document.settings):
        words = ON_DEMAND.format(limit=document.settings.maximum_file_megabytes)
        return [CodeLens(convert.line_range(1), Command(words, ""))]
    found = await server.traces.reports(document)
    return [
        CodeLens(convert.line_range(report.first), data={"uri": document.uri, "line": report.first - 1})
        for report in found[:MOST_LENSES]
    ]


@guarded
async def resolve(server: "BackstoryServer", lens: CodeLens) -> CodeLens:
    """Return a lens with its words; it opens the frame it names."""
    from backstory.views.trace_lens import lens_title  # noqa: PLC0415  # a lean start

    document = open_text(server, str(lens.data["uri"])) if isinstance(lens.data, dict) else None
    line = convert.line_number(lens.range.start.line)
    found = await server.traces.reports_at(document, line) if document else ()
    report = next((each for each in found if each.first == line), None)
    if document is None or report is None:
        lens.command = Command("", "")  # the text changed: it will be asked for others
        return lens
    located = await server.traces.located(document, report)
    frame, target = located.first_of_the_product
    answer = await server.traces.origin(target) if target else None
    lens.command = opening(server, lens_title(located.traces, frame, answer), target)
    return lens


def register(server: "BackstoryServer") -> None:
    """Offer lenses."""
    server.offers.add(
        {TEXT_DOCUMENT_CODE_LENS: partial(lenses, server), CODE_LENS_RESOLVE: partial(resolve, server)},
        lambda selector: CodeLensRegistrationOptions(document_selector=selector, resolve_provider=True),
    )
