"""Frames whose place somebody configured: an error tracker's code mappings."""

from collections.abc import Sequence

from backstory.model.located import Candidate
from backstory.model.stacktrace import Frame
from backstory.stacktraces.file_index import FileIndex
from backstory.stacktraces.placing import PathMapping, Placing
from backstory.stacktraces.readings import Reading


def mapped(
    number: int, frame: Frame, reading: Reading, index: FileIndex, mappings: Sequence[PathMapping]
) -> Placing | None:
    """Return the file that a mapping names for the frame; None where none does, or no such file is here.

    The longest stack root wins, as in Sentry; of a Java frame its package and file are mapped.
    """
    if not frame.filename or not mappings:
        return None
    spelled = {frame.filename.replace("\\", "/"), "/".join(reading.parts)}
    for mapping in sorted(mappings, key=lambda each: -len(each.stack_root)):
        root = mapping.stack_root.replace("\\", "/")
        for name in sorted(spelled):
            if name.startswith(root) and (chosen := _file(mapping, name.removeprefix(root), index)):
                return Placing(number, is_library=False, because=chosen.because, chosen=chosen)
    return None


def _file(mapping: PathMapping, rest: str, index: FileIndex) -> Candidate | None:
    source = mapping.source_root
    path = (source + rest).lstrip("/").removeprefix("./")
    because = f"The mapping {mapping.stack_root} → {source or 'the top of the repository'} says so."
    for file in index.named(path.rpartition("/")[2]):
        if file.path == path and mapping.repository in {None, file.repository}:
            return Candidate(file.repository, file.path, because)
    return None
