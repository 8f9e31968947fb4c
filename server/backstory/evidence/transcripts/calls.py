"""Calls of an agent's tools while a transcript is read: what was asked for, until the record says what came of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import define, frozen

from backstory.evidence.transcripts.transcript import RecordedEdit, Request
from backstory.model.edit import Block


@frozen
class Change:
    """What a call does to one file."""

    path: str
    blocks: tuple[Block, ...]


@frozen
class Circumstances:
    """When, where and on whose request a tool was called."""

    line: int
    turn: int
    at: datetime | None
    folder: str | None
    model: str | None
    request: Request | None


@define
class _Call:
    circumstances: Circumstances
    changes: tuple[Change, ...]
    is_command: bool
    is_confirmed: bool = False
    is_retouched: bool = False


class Calls:
    """The editing calls of one transcript, in the order in which the agent made them."""

    def __init__(self) -> None:
        self._calls: dict[str, _Call] = {}

    def ask(
        self, call_id: str, circumstances: Circumstances, changes: Iterable[Change], *, is_command: bool = False
    ) -> None:
        """Note a call; one that was noted before stays as it is."""
        if call_id not in self._calls:
            self._calls[call_id] = _Call(circumstances, tuple(changes), is_command)

    def knows(self, call_id: str) -> bool:
        """Tell whether the call edits something."""
        return call_id in self._calls

    def confirm(self, call_id: str, changes: Iterable[Change] | None = None, *, is_retouched: bool = False) -> None:
        """Note that a call did what it was to do, or (where the record is more exact) `changes`."""
        call = self._calls[call_id]
        call.is_confirmed, call.is_retouched = True, call.is_retouched or is_retouched
        if changes is not None:
            call.changes = tuple(changes)

    def refute(self, call_id: str) -> None:
        """Note that a call was refused, or failed as a whole."""
        del self._calls[call_id]

    def fail(self, call_id: str) -> None:
        """Note that a call ended badly: a patch then came to nothing, a command may have written before it failed."""
        if not self._calls[call_id].is_command:
            self.refute(call_id)

    def edits(self) -> Iterator[RecordedEdit]:
        """Yield the edits that happened, or of which nothing else is recorded."""
        for call_id, call in self._calls.items():
            for index, change in enumerate(call.changes):
                yield RecordedEdit(
                    id=f"{call_id}#{index}" if index else call_id,
                    path=change.path,
                    folder=call.circumstances.folder,
                    at=call.circumstances.at,
                    blocks=change.blocks,
                    line=call.circumstances.line,
                    turn=call.circumstances.turn,
                    request=call.circumstances.request,
                    model=call.circumstances.model,
                    is_confirmed=call.is_confirmed,
                    is_retouched=call.is_retouched,
                )
