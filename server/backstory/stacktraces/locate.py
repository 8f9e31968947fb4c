"""The frames of a stack trace → files of the repositories at hand, without configuration.

All frames are looked at together: which folders of the machine stand for which of a repository is what most of them
agree on, and several such roots may stand side by side. Where nothing decides, the candidates are told.
"""

from collections.abc import Sequence

from backstory.model.located import Candidate
from backstory.model.names import RepoPath
from backstory.model.stacktrace import Frame, StackTrace
from backstory.stacktraces.deciding import decided
from backstory.stacktraces.file_index import FileIndex
from backstory.stacktraces.mappings import mapped
from backstory.stacktraces.own_packages import Manifests
from backstory.stacktraces.placing import PathMapping, Placing
from backstory.stacktraces.readings import Match, Reader, Reading, kept_copy, matches, read_frame
from backstory.stacktraces.roots import Ranked, Roots

__all__ = ["FileIndex", "PathMapping", "Placing", "Reader", "locate"]

_MOST = 20
"""Candidates told of one frame."""


def no_texts(_: str, __: RepoPath) -> str | None:
    """Read nothing: for those who have only the lists of files."""


def locate(
    trace: StackTrace, index: FileIndex, mappings: Sequence[PathMapping] = (), read: Reader = no_texts
) -> list[Placing]:
    """Return where each frame stands, in the order of the trace's frames.

    `read` gives the text of a file as it was built, or as near to that as there is. It is asked for the names of
    packages in their manifests, and for sources only where several files are equally likely.
    """
    readings = [read_frame(frame, trace.dialect) for frame in trace.frames]
    manifests = Manifests(index, read)
    found = {reading: list(matches(reading, index, manifests)) for reading in dict.fromkeys(readings)}
    roots = Roots(manifests, read)
    for each in found.values():
        roots.add(each)
    frames: dict[Reading, list[Frame]] = {}
    for reading, frame in zip(readings, trace.frames, strict=True):
        frames.setdefault(reading, []).append(frame)
    for reading, possible in found.items():
        ranked = roots.ranked(reading, possible)
        if ranked and not decided(reading, ranked):
            roots.consult(frames[reading], ranked)
    placed = {reading: roots.ranked(reading, possible) for reading, possible in found.items()}
    return [
        mapped(number, frame, reading, index, mappings) or _placed(number, frame, reading, placed[reading], index)
        for number, (frame, reading) in enumerate(zip(trace.frames, readings, strict=True))
    ]


def _placed(number: int, frame: Frame, reading: Reading, ranked: list[Ranked], index: FileIndex) -> Placing:
    put = reading.installed
    is_library = frame.in_app is False or bool(put and not ranked)
    if put and not ranked:
        copy = kept_copy(reading, index)
        chosen = _candidate(copy, f"{put.because} The repository keeps a copy.") if copy else None
        return Placing(number, is_library, chosen.because if chosen else put.because, chosen)
    if not ranked:
        return Placing(number, is_library, _why_none(frame, reading))
    because = decided(reading, ranked)
    if because:
        return Placing(number, is_library, because, _candidate(ranked[0].match, because))
    candidates = tuple(_candidate(each.match, _end(each.match)) for each in ranked[:_MOST])
    count = len(ranked)
    told = "A file here has that name" if count == 1 else f"{count} files here may be meant"
    return Placing(number, is_library, f"{told}, and nothing decides.", candidates=candidates)


def _why_none(frame: Frame, reading: Reading) -> str:
    if not reading.parts:
        return "The frame names no file." if not frame.filename else "The frame stands in no file."
    return f"No file here ends with {'/'.join(reading.parts[-2:])}."


def _end(match: Match) -> str:
    return f"Its path ends with {'/'.join(match.file.parts[-match.depth :])}, as the frame's does."


def _candidate(match: Match, because: str) -> Candidate:
    return Candidate(match.file.repository, match.file.path, because)
