"""The beginning of a transcript: whose it is and where it was made, without reading the rest."""

from collections.abc import Iterable
from itertools import islice

from attrs import frozen

from backstory.evidence.transcripts.parse import parse
from backstory.evidence.transcripts.transcript import GitFacts, Transcript

_MOST_LINES = 200
_AT_ONCE = 8


@frozen
class Head:
    """What the first lines say."""

    tool: str
    session: str | None
    parent: str | None
    folder: str | None
    """Where the agent began to work; None when the first lines do not say."""

    git_facts: GitFacts


def read_head(lines: Iterable[bytes]) -> Head | None:
    """Return the head of a transcript, reading as few lines as tell it; None when they are of no kind we know."""
    remaining = iter(lines)
    read: list[bytes] = []
    transcript = Transcript(None)
    while len(read) < _MOST_LINES and (more := list(islice(remaining, _AT_ONCE))):
        read += more
        transcript = parse(read)
        if transcript.folders:
            break
    if transcript.tool is None:
        return None
    folder = transcript.folders[0] if transcript.folders else None
    return Head(transcript.tool, transcript.session, transcript.parent, folder, transcript.git_facts)
