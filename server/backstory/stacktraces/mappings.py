"""Frames whose place somebody configured: an error tracker's code mappings."""

from collections.abc import Iterator, Sequence

from backstory.model.located import Candidate
from backstory.model.stacktrace import Frame
from backstory.stacktraces.file_index import FileIndex
from backstory.stacktraces.placing import PathMapping, Placing
from backstory.stacktraces.readings import Reading


def mapped(
    number: int, frame: Frame, reading: Reading, index: FileIndex, mappings: Sequence[PathMapping]
) -> Placing | None:
    """Return the file that the mappings name for the frame; None where they name none that is here.

    The longest stack root wins, as in Sentry. Several mappings may share one: then the file that exists is meant, and
    where several do, nothing decides. Of a Java frame its package and file are mapped.
    """
    if not frame.filename or not mappings:
        return None
    spelled = (frame.filename.replace("\\", "/"), "/".join(reading.parts))
    for length in sorted({len(mapping.stack_root) for mapping in mappings}, reverse=True):
        found: dict[tuple[str, str], Candidate] = {}
        for mapping in mappings:
            if len(mapping.stack_root) == length:
                found |= {(each.repository, each.path): each for each in _files(mapping, spelled, index)}
        candidates = tuple(found.values())
        if len(candidates) == 1:
            return Placing(number, is_library=False, because=candidates[0].because, chosen=candidates[0])
        if candidates:
            because = "Several mappings of one stack root name a file, and nothing decides."
            return Placing(number, is_library=False, because=because, candidates=candidates)
    return None


def _files(mapping: PathMapping, spelled: Sequence[str], index: FileIndex) -> Iterator[Candidate]:
    """Yield the files here that a mapping names for one of a frame's spellings."""
    root = mapping.stack_root.replace("\\", "/")
    because = f"The mapping {mapping.stack_root} → {mapping.source_root or 'the top of the repository'} says so."
    for name in spelled:
        if name.startswith(root):
            path = (mapping.source_root + name.removeprefix(root)).lstrip("/").removeprefix("./")
            for file in index.named(path.rpartition("/")[2]):
                if file.path == path and mapping.repository in {None, file.repository}:
                    yield Candidate(file.repository, file.path, because)
