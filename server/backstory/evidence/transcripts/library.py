"""The transcripts of one agent on this machine, read as they are asked for."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from attrs import evolve, frozen

from backstory.evidence.transcripts.files import TranscriptFile, Unusable, look_at, open_transcript
from backstory.evidence.transcripts.head import Head, read_head
from backstory.evidence.transcripts.parse import lines_of, parse
from backstory.evidence.transcripts.transcript import Transcript
from backstory.history.cancel import Cancellation

_TRANSCRIPTS_KEPT = 2


class Agent(Protocol):
    """What differs from agent to agent."""

    ID: str
    NAME: str
    TOOL: str
    """The id by which git-ai and others know the agent."""

    def files(self) -> Iterator[TranscriptFile | Unusable]:
        """Yield what lies in the agent's folders, as the environment names them now."""

    def session(self, path: Path, head: Head) -> str | None:
        """Return the agent's own id of the conversation that a file holds."""

    def deletion(self, changed_at: float) -> float | None:
        """Return when the agent deletes a file, in seconds since the epoch; None when it does not, or nobody knows."""


@frozen
class Shelved:
    """A transcript of which the beginning was read."""

    file: TranscriptFile
    head: Head
    session: str | None


class Library:
    """Safe to use from several threads."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._lock = threading.Lock()
        self._shelved: dict[str, Shelved] = {}
        self._heads: dict[Path, tuple[str, Head | OSError | None]] = {}
        self._read: dict[tuple[Path, str], Transcript] = {}

    def shelves(self, cancellation: Cancellation) -> Iterator[Shelved | Unusable]:
        """Yield every transcript, reading the beginning of those that are new or have changed."""
        for file in self._agent.files():
            cancellation.raise_if_cancelled()
            if isinstance(file, Unusable):
                yield file
                continue
            head = self._head(file)
            if isinstance(head, Head):
                shelved = Shelved(file, head, self._agent.session(file.path, head))
                self._shelved[str(file.path)] = shelved
                yield shelved
            elif file.size:
                yield Unusable(file.path, "It cannot be opened." if head else "It is no transcript of a known kind.")

    def at(self, key: str, cancellation: Cancellation) -> Shelved | None:
        """Return the transcript at a path, as it is now; None when it is gone, or none of the agent's."""
        if key not in self._shelved:
            return self.find(lambda each: str(each.file.path) == key, cancellation)
        shelved = self._shelved[key]
        file = look_at(shelved.file.path)
        return evolve(shelved, file=file) if isinstance(file, TranscriptFile) else None

    def find(self, is_wanted: Callable[[Shelved], bool], cancellation: Cancellation) -> Shelved | None:
        """Return the first transcript that is wanted."""
        shelves = (each for each in self.shelves(cancellation) if isinstance(each, Shelved))
        return next(filter(is_wanted, shelves), None)

    def read(self, file: TranscriptFile, cancellation: Cancellation) -> Transcript:
        """Return all that a transcript holds; the last few stay in memory.

        Raises: OSError when it is gone.
        """
        key = file.path, file.stamp
        with self._lock:
            known = self._read.pop(key, None)
            if known is not None:
                self._read[key] = known
                return known
        with open_transcript(file.path) as stream:
            transcript = parse(_until_cancelled(lines_of(stream), cancellation))
        with self._lock:
            self._read[key] = transcript
            while len(self._read) > _TRANSCRIPTS_KEPT:
                del self._read[next(iter(self._read))]
        return transcript

    def _head(self, file: TranscriptFile) -> Head | OSError | None:
        known = self._heads.get(file.path)
        if known is not None and known[0] == file.stamp:
            return known[1]
        head: Head | OSError | None
        try:
            with open_transcript(file.path) as stream:
                head = read_head(lines_of(stream))
        except OSError as error:
            head = error
        self._heads[file.path] = file.stamp, head
        return head


def _until_cancelled(lines: Iterator[bytes], cancellation: Cancellation) -> Iterator[bytes]:
    for line in lines:
        cancellation.raise_if_cancelled()
        yield line
