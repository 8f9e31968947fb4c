"""The frames of a stack trace → files of the repositories at hand, without configuration."""

from collections.abc import Sequence

from backstory.model.located import Candidate
from backstory.model.stacktrace import Frame, StackTrace
from backstory.stacktraces.file_index import FileIndex, IndexedFile
from backstory.stacktraces.placing import PathMapping, Placing

__all__ = ["FileIndex", "PathMapping", "Placing", "locate"]

_MOST = 20
"""Candidates told of one frame."""


def locate(trace: StackTrace, index: FileIndex, mappings: Sequence[PathMapping] = ()) -> list[Placing]:
    """Return where each frame stands, in the order of the trace's frames."""
    return [_placed(number, frame, index, mappings) for number, frame in enumerate(trace.frames)]


def _placed(number: int, frame: Frame, index: FileIndex, mappings: Sequence[PathMapping]) -> Placing:
    if not frame.filename:
        return Placing(number, is_library=False, because="The frame names no file.")
    if mapped := _mapped(frame.filename, index, mappings):
        return Placing(number, is_library=False, because=mapped.because, chosen=mapped)
    parts = tuple(part for part in frame.filename.replace("\\", "/").split("/") if part not in {"", "."})
    found = sorted(
        ((_common_end(parts, file.parts), file) for file in index.named(parts[-1])) if parts else (),
        key=lambda each: -each[0],
    )
    if not found:
        return Placing(number, is_library=False, because=f"No file here is named {parts[-1] if parts else 'so'}.")
    candidates = tuple(_candidate(depth, file) for depth, file in found[:_MOST])
    if len(found) == 1 or found[0][0] > found[1][0]:
        return Placing(number, is_library=False, because=candidates[0].because, chosen=candidates[0])
    return Placing(number, is_library=False, because="Several files end alike.", candidates=candidates)


def _mapped(filename: str, index: FileIndex, mappings: Sequence[PathMapping]) -> Candidate | None:
    """Return the file that a mapping names, where it exists."""
    for mapping in mappings:
        if filename.startswith(mapping.stack_root):
            path = mapping.source_root + filename.removeprefix(mapping.stack_root)
            for file in index.named(path.rpartition("/")[2]):
                if file.path == path and mapping.repository in {None, file.repository}:
                    because = f"The mapping {mapping.stack_root} → {mapping.source_root} names it."
                    return Candidate(file.repository, file.path, because)
    return None


def _candidate(depth: int, file: IndexedFile) -> Candidate:
    return Candidate(file.repository, file.path, f"Its path ends with {'/'.join(file.parts[-depth:])}, as the frame's.")


def _common_end(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    depth = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        depth += 1
    return depth
