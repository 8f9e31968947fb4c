"""What a frame says of its file, and the files of the repositories that it can mean."""

from collections.abc import Callable, Iterator

from attrs import field, frozen

from backstory.model.names import RepoPath
from backstory.model.stacktrace import Frame
from backstory.stacktraces.file_index import FileIndex, IndexedFile
from backstory.stacktraces.filenames import Filename, read_filename
from backstory.stacktraces.libraries import Installed, installed, without_file
from backstory.stacktraces.own_packages import Manifests, is_own
from backstory.stacktraces.qualified import folded, package_folders, spoken_language, unit_names

Reader = Callable[[str, RepoPath], str | None]
"""The text of a file of a repository; None where it cannot be read."""

_SOURCE_FOLDERS = frozenset({"java", "kotlin", "scala", "groovy", "clojure", "src", "main", "test", "app"})


@frozen
class Reading:
    """What one frame says of its file."""

    parts: tuple[str, ...]
    """The end of the file's path, as far as the frame tells it."""

    filename: Filename
    installed: Installed | None
    """Whose package it was installed with; None where nothing says that it was."""

    has_package: bool
    """Whether `parts` begin with the package that the function's name tells."""

    unit_names: frozenset[str] = frozenset()
    """How its crate, application or project may be called."""


@frozen
class Root:
    """What stands for what: the folders before a printed path, and those before the path in a repository."""

    repository: str
    printed: tuple[str, ...]
    folders: tuple[str, ...]


@frozen
class Match:
    """A file that ends as a reading does."""

    file: IndexedFile
    depth: int
    """How many folders and names they end with alike."""

    root: Root = field(eq=False)

    @property
    def is_whole_path(self) -> bool:
        """Whether the whole path in the repository stands in the frame."""
        return not self.root.folders

    @property
    def is_whole_name(self) -> bool:
        """Whether all that the frame tells stands in the path."""
        return not self.root.printed


def read_frame(frame: Frame, dialect: str) -> Reading:
    """Return what a frame says of its file."""
    if not frame.filename:
        return Reading((), Filename(()), without_file(frame, dialect), has_package=False)
    filename = read_filename(frame.filename)
    language = spoken_language(frame, dialect)
    package = package_folders(frame)
    names = unit_names(frame, language) | ({folded(filename.space)} if filename.space else set())
    put = installed(frame.filename, filename, frame, language)
    return Reading((*package, *filename.parts), filename, put, bool(package), frozenset(names))


def matches(reading: Reading, index: FileIndex, manifests: Manifests) -> Iterator[Match]:
    """Yield the files that a reading can mean, in no order."""
    if reading.installed:
        own = reading.installed.inside
        for match in _ends_alike(own, reading, index):
            if match.is_whole_name and is_own(reading.installed, match.root.repository, match.root.folders, manifests):
                yield match
        return
    possible = [match for match in _ends_alike(reading.parts, reading, index) if _is_possible(reading, match)]
    here = [
        match for match in possible if match.is_whole_path and match.root.printed == _folders(match.root.repository)
    ]
    yield from here or possible


def _folders(path: str) -> tuple[str, ...]:
    return read_filename(path).parts


def kept_copy(reading: Reading, index: FileIndex) -> Match | None:
    """Return the repository's own copy of somebody's package, where it keeps `vendor/` or the like."""
    put = reading.installed
    if not put or not put.inside:
        return None
    needed = len(put.inside) + 1
    copies = [match for match in _ends_alike(reading.parts, reading, index) if match.depth > needed]
    return max(copies, key=lambda match: match.depth, default=None)


def _is_possible(reading: Reading, match: Match) -> bool:
    if match.is_whole_name:
        return True
    if reading.has_package:
        omitted = match.depth > 1 and match.root.folders[-1:] and match.root.folders[-1] in _SOURCE_FOLDERS
        return bool(omitted) and not match.file.path.endswith(".java")
    return reading.filename.is_absolute or match.is_whole_path


def _ends_alike(parts: tuple[str, ...], reading: Reading, index: FileIndex) -> Iterator[Match]:
    if not parts:
        return
    folds = reading.filename.folds_case
    for file in index.named(parts[-1], folds_case=folds):
        depth = _common_end(parts, file.parts, folds_case=folds)
        yield Match(file, depth, Root(file.repository, parts[:-depth], file.parts[:-depth]))


def _common_end(one: tuple[str, ...], other: tuple[str, ...], *, folds_case: bool) -> int:
    depth = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b and not (folds_case and a.casefold() == b.casefold()):
            break
        depth += 1
    return depth
