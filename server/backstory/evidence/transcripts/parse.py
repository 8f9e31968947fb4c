"""From the lines of a transcript to what it holds: which tool wrote it is told by the lines themselves."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from attrs import evolve

from backstory.evidence.transcripts.claude import ClaudeReader
from backstory.evidence.transcripts.codex import CodexReader
from backstory.evidence.transcripts.entry import NOT_JSON, TOO_LONG, Entry, entry_of
from backstory.evidence.transcripts.transcript import Transcript

LONGEST_LINE = 32 << 20
"""Bytes: a line may hold pictures and whole files; what is longer is told and passed over."""

_CHUNK = 1 << 20


def parse(lines: Iterable[bytes]) -> Transcript:
    """Return what the lines of a transcript hold. Never raises for what stands in them.

    Holds one line at a time, and what was written and said; line ends do not matter.
    """
    reader: ClaudeReader | CodexReader | None = None
    unreadable: Counter[str] = Counter()
    is_torn = False
    number = 0
    for number, line in enumerate(lines, 1):
        unreadable[NOT_JSON] += is_torn
        is_torn = False
        if len(line) > LONGEST_LINE:
            unreadable[TOO_LONG] += 1
            continue
        entry = entry_of(line)
        if entry is None:
            is_torn = not line.endswith(b"\n") and bool(line.strip())
            unreadable[NOT_JSON] += not is_torn and bool(line.strip())
            continue
        reader = reader or reader_for(entry)
        if reader:
            reader.take(entry, number)
    read = reader.finish() if reader else Transcript(None)
    return evolve(read, lines=number, unreadable=dict(+unreadable))


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file, never more than a little over `LONGEST_LINE` bytes of one."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        is_whole = len(line) <= LONGEST_LINE or line.endswith(b"\n")
        while not is_whole:
            rest = stream.readline(_CHUNK)
            is_whole = not rest or rest.endswith(b"\n")


def reader_for(entry: Entry) -> ClaudeReader | CodexReader | None:
    """Return a reader for the tool that writes such entries, None when the entry does not tell."""
    if CodexReader.recognises(entry):
        return CodexReader()
    return ClaudeReader() if ClaudeReader.recognises(entry) else None
