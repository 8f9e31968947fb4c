"""What the files of one recorder come to, counted for `doctor`."""

from collections import Counter

from attrs import define, field

from backstory.evidence.transcripts.transcript import Transcript
from backstory.model.diagnosis import HeldConversation
from backstory.model.origin import Session

_COUNTED = ("sessions", "requests", "edits", "edits with their text")


@define
class SessionCount:
    """What has been counted so far."""

    held: set[HeldConversation] = field(factory=set)
    """The conversations that a record may name."""

    _counts: Counter[str] = field(factory=Counter)

    def add(self, transcript: Transcript, session: Session | None) -> None:
        """Count one conversation."""
        self._counts["sessions"] += 1
        self._counts["requests"] += len(transcript.requests)
        self._counts["edits"] += len(transcript.edits)
        self._counts["edits with their text"] += sum(bool(edit.blocks) for edit in transcript.edits)
        if session and session.conversation:
            self.held.add(HeldConversation(transcript.tool, session.conversation))

    def details(self) -> tuple[tuple[str, str], ...]:
        """Return all counts, to be shown."""
        return tuple((label, f"{self._counts[label]:,}") for label in _COUNTED)
