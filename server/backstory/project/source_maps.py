"""Frames in built JavaScript → frames in its sources, by the source maps that builds leave in the work tree.

Nothing outside the work tree is read, whatever a map or a link says; nothing is fetched.
"""

import base64
import binascii
import os
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from backstory.model.stacktrace import Frame, StackTrace
from backstory.stacktraces.file_index import FileIndex
from backstory.stacktraces.filenames import read_filename, unescaped
from backstory.stacktraces.source_map import Original, Position, originals

_BUILT = (".js", ".mjs", ".cjs", ".jsbundle", ".bundle")
_OUTPUT_FOLDERS = ("", "dist", "build", "out", "public", "www", ".next", ".output", "lib", "static")
_GREATEST = 64 << 20
"""Bytes of a bundle or of a map; greater ones are left alone."""

_MOST_LOOKS = 4_000
"""Names that are looked for on the disk, for one trace."""

# //# sourceMappingURL=index.js.map
_REFERENCE = re.compile(rb"^[ \t]*//[#@] sourceMappingURL=(\S+)[ \t]*$", re.MULTILINE)
_INLINE = re.compile(r"^data:application/json;(?:charset=[\w-]+;)?base64,")


@frozen
class MappedFrame:
    """A frame as the source has it."""

    frame: Frame
    because: str


def mapped_frames(trace: StackTrace, index: FileIndex) -> dict[int, MappedFrame]:
    """Return the frames of a trace that stand in built files whose source map is in a work tree, by their number."""
    finder = _Finder(index)
    asked: dict[str, list[int]] = {}
    for number, frame in enumerate(trace.frames):
        if frame.filename and frame.lineno and _may_be_built(frame.filename):
            asked.setdefault(frame.filename, []).append(number)
    found: dict[int, tuple[Original, _Map]] = {}
    for filename, numbers in asked.items():
        source_map = finder.find(filename)
        if source_map is not None:
            positions = {number: _position(trace.frames[number]) for number in numbers}
            said = originals(source_map.content, list(positions.values()))
            found |= {number: (said[at], source_map) for number, at in positions.items() if at in said}
    return {number: _mapped(trace.frames, number, found) for number in sorted(found)}


def with_sources(trace: StackTrace, mapped: Mapping[int, MappedFrame]) -> StackTrace:
    """Return the trace with the frames of the sources in the place of those of built files."""
    frames = (mapped[number].frame if number in mapped else frame for number, frame in enumerate(trace.frames))
    return evolve(trace, frames=tuple(frames))


@frozen
class _Map:
    """A source map that was found."""

    root: Path
    """The work tree's."""

    path: Path
    """Of the map, or of the file that holds it."""

    content: bytes


class _Finder:
    """Looks for built files below the packages of the work trees."""

    def __init__(self, index: FileIndex) -> None:
        self._roots = [(Path(repository), _package_folders(paths)) for repository, paths in index.paths.items()]
        self._looks = 0

    def find(self, filename: str) -> _Map | None:
        """Return the map of a built file; None when it is not there, or several files may be the one."""
        parts = read_filename(filename).parts
        for start in range(len(parts)):
            end = "/".join(parts[start:])
            found = list(dict.fromkeys(self._places(end)))
            maps = [each for root, path in found if (each := _map_of(root, path))]
            if maps or self._looks > _MOST_LOOKS:
                return maps[0] if len(maps) == 1 else None
        return None

    def _places(self, end: str) -> Iterator[tuple[Path, Path]]:
        """Yield (root, file) where a file, or its map, has such an end."""
        for root, packages in self._roots:
            for package in packages:
                for folder in _OUTPUT_FOLDERS:
                    self._looks += 2
                    if self._looks > _MOST_LOOKS:
                        return
                    path = root / package / folder / end
                    if path.is_file() or path.with_name(f"{path.name}.map").is_file():
                        yield root, path


def _package_folders(paths: frozenset[str]) -> list[str]:
    """Return the folders that hold a JavaScript package, the top first; not those of tests."""
    folders = {posixpath.dirname(path) for path in paths if posixpath.basename(path) == "package.json"}
    return ["", *sorted(folder for folder in folders if folder and "fixtures" not in folder)]


def _may_be_built(filename: str) -> bool:
    name = filename.partition("?")[0]
    return name.endswith(_BUILT) and "node_modules" not in name and not name.startswith("node:")


def _position(frame: Frame) -> Position:
    return Position(frame.lineno or 1, frame.colno)


def _map_of(root: Path, path: Path) -> _Map | None:
    """Return the map that a built file names, else the one beside it."""
    built = _read(root, path)
    named = _REFERENCE.findall(built) if built else []
    if named:
        reference = named[-1].decode("utf-8", "replace")
        if inline := _INLINE.match(reference):
            return _inline(root, path, reference[inline.end() :])
        if ":" not in reference:
            beside = path.parent / unescaped(reference)
            content = _read(root, beside)
            return _Map(root, beside, content) if content else None
    beside = path.with_name(f"{path.name}.map")
    content = _read(root, beside)
    return _Map(root, beside, content) if content else None


def _inline(root: Path, path: Path, encoded: str) -> _Map | None:
    try:
        return _Map(root, path, base64.b64decode(encoded))
    except (binascii.Error, ValueError):
        return None


def _read(root: Path, path: Path) -> bytes | None:
    """Return a file's bytes; None where there is none, it is too large, or it is not inside the work tree."""
    try:
        real = path.resolve()
        if not real.is_relative_to(root.resolve()) or not real.is_file() or real.stat().st_size > _GREATEST:
            return None
        return real.read_bytes()
    except OSError:
        return None


def _mapped(frames: Sequence[Frame], number: int, found: Mapping[int, tuple[Original, _Map]]) -> MappedFrame:
    original, source_map = found[number]
    frame = frames[number]
    caller = found.get(number + 1)
    printed = frame.function if frame.function and len(frame.function) > 2 else None
    told = evolve(
        frame,
        filename=_source(original.source, source_map),
        lineno=original.line,
        colno=original.column,
        function=(caller[0].name if caller else None) or printed,
        in_app=False if original.is_ignored else frame.in_app,
        context_line=None,
    )
    map_path = os.path.relpath(source_map.path, source_map.root).replace(os.sep, "/")
    return MappedFrame(told, f"The source map in {map_path} tells line {original.line} of {original.source}.")


def _source(source: str, source_map: _Map) -> str:
    """Return a source's path in the work tree where it is there, else its name as the map has it."""
    folder = source_map.path.parent
    bundled = read_filename(source)
    if "://" not in source:
        places = [folder / unescaped(source)]
    else:
        places = [above.joinpath(*bundled.parts) for above in (folder, *folder.parents)]
    for place in places:
        path = Path(os.path.normpath(place))
        if path.is_relative_to(source_map.root) and path.is_file():
            return str(path)
    return source
