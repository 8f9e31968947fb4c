"""Brings the text index up to date with what the sources hold."""

from collections.abc import Mapping

from backstory.evidence.source import OpenSource, Progress
from backstory.history.cancel import Cancellation
from backstory.model.edit import RecordRef
from backstory.store.errors import CacheRebuiltError
from backstory.store.text_index import ReadRecord, TextIndex

LINES_AT_ONCE = 5_000
"""Lines that gather before they are written: writing blocks are short, and little is held in memory."""


def update_text_index(
    index: TextIndex, sources: Mapping[str, OpenSource], cancellation: Cancellation, progress: Progress
) -> None:
    """Read each record that is new or has changed, and forget those that are no more.

    What was done before a cancellation stays done. Raises: `CancelledError`, `StoreError`.
    """
    try:
        _update(index, sources, cancellation, progress)
    except CacheRebuiltError:
        _update(index, sources, cancellation, progress)


def _update(
    index: TextIndex, sources: Mapping[str, OpenSource], cancellation: Cancellation, progress: Progress
) -> None:
    wanted: list[tuple[str, RecordRef]] = []
    listings: dict[str, str] = {}
    for name, source in sources.items():
        stamp = source.records_stamp(cancellation)
        if stamp is not None and stamp == index.listing(name):
            continue
        if stamp is not None:
            listings[name] = stamp
        known = index.stamps(name)
        records = source.records(cancellation)
        gone = known.keys() - {record.key for record in records}
        if gone:
            index.remove(name, gone)
        wanted += [(name, record) for record in records if known.get(record.key) != record.stamp]
    gathered: list[ReadRecord] = []
    lines = 0
    for done, (name, record) in enumerate(wanted):
        cancellation.raise_if_cancelled()
        edits = sources[name].edits(record, cancellation).edits
        gathered.append(ReadRecord(name, record, edits))
        lines += sum(len(block.lines) for edit in edits for block in edit.blocks)
        if lines >= LINES_AT_ONCE:
            index.put(gathered)
            gathered, lines = [], 0
        progress(done + 1, len(wanted))
    if gathered:
        index.put(gathered)
    for name, stamp in listings.items():
        index.put_listing(name, stamp)
