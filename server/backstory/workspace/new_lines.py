"""Lines of a document that HEAD does not have: asked for by text in what agents recorded of their work."""

from contextlib import suppress

from backstory.attribution.new_lines import attributions_of, new_strips
from backstory.history.cancel import Cancellation
from backstory.model.text import Text
from backstory.store.errors import StoreError
from backstory.workspace.lost_lines import LostLines
from backstory.workspace.snapshot import Snapshot


def with_new_lines(snapshot: Snapshot, text: Text, lost_lines: LostLines, cancellation: Cancellation) -> Snapshot:
    """Return the snapshot of a text with what records say of its new lines. Raises: `CancelledError`."""
    strips = new_strips(snapshot.path, text.lines(), snapshot.head_lines)
    with suppress(StoreError):
        edits = lost_lines.edits_like(strips, cancellation) if strips else ()
        return snapshot.with_found(attributions_of(strips, edits))
    return snapshot
