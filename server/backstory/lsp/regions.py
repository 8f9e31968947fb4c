"""`backstory/regions`: the lines that an agent had a hand in, for marks in an editor's gutter."""

from functools import partial
from typing import TYPE_CHECKING

from attrs import asdict

from backstory.lsp.extensions import REGIONS, FileParams, MarkedRegion
from backstory.lsp.guard import guarded
from backstory.model.origin import Contributor

if TYPE_CHECKING:
    from backstory.history.cancel import Cancellation
    from backstory.lsp.server import BackstoryServer
    from backstory.model.region import Region
    from backstory.workspace.snapshot import Snapshot

MARKED = frozenset({Contributor.AI, Contributor.MIXED, Contributor.BOT})


@guarded
async def regions(server: "BackstoryServer", params: FileParams) -> dict[str, object]:
    """Tell which lines to mark; none while they are being looked for, and `backstory/stateChanged` follows."""
    document = server.documents.asked(server, params.uri)
    snapshot = document.buffer.snapshot if document and document.buffer else None
    if snapshot is None or snapshot.file is None or not snapshot.file.is_blamed:
        return {"regions": []}
    known: Snapshot = snapshot
    marked = await server.in_background(partial(_marked, known))
    return {"regions": [asdict(each) for each in marked]}


def register(server: "BackstoryServer") -> None:
    """Answer requests for marks."""
    server.feature(REGIONS)(partial(regions, server))


def _marked(snapshot: "Snapshot", cancellation: "Cancellation") -> list[MarkedRegion]:
    from backstory.regions.group import group  # noqa: PLC0415  # a lean start

    if snapshot.file:
        snapshot.file.load(cancellation)
    found = group(snapshot.attributions, snapshot.units)
    return [_mark(each) for each in found if each.attribution.origin.contributor in MARKED]


def _mark(region: "Region") -> MarkedRegion:
    lines, attribution = region.lines, region.attribution
    contributor, basis = attribution.origin.contributor.value, attribution.basis.name.lower()
    return MarkedRegion(lines.first - 1, lines.last - 1, contributor, basis)
