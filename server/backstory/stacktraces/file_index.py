"""The files of the repositories at hand, found by the end of their path."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from backstory.model.names import RepoPath


@frozen
class IndexedFile:
    """A file of one of the repositories."""

    repository: str
    """The absolute path of the work tree's root."""

    path: RepoPath
    parts: tuple[str, ...]
    """Its folders and its name."""


@frozen
class FileIndex:
    """Every file of every repository, by its name."""

    paths: Mapping[str, frozenset[RepoPath]]
    """Of each repository; the keys are the absolute paths of the work trees' roots."""

    by_name: Mapping[str, Sequence[IndexedFile]]
    by_folded_name: Mapping[str, Sequence[str]]
    """The spellings of each name, by what they are without regard to case."""

    @classmethod
    def of(cls, paths_by_repository: Mapping[str, Sequence[RepoPath]]) -> "FileIndex":
        """Return the index over lists of paths; the keys are the absolute paths of the work trees' roots."""
        by_name: dict[str, list[IndexedFile]] = {}
        for repository, paths in paths_by_repository.items():
            for path in paths:
                parts = tuple(path.split("/"))
                by_name.setdefault(parts[-1], []).append(IndexedFile(repository, path, parts))
        by_folded_name: dict[str, list[str]] = {}
        for name in by_name:
            by_folded_name.setdefault(name.casefold(), []).append(name)
        known = {repository: frozenset(paths) for repository, paths in paths_by_repository.items()}
        return cls(known, by_name, by_folded_name)

    def named(self, name: str, *, folds_case: bool = False) -> Sequence[IndexedFile]:
        """Return the files of that name, in the order of their lists."""
        if not folds_case:
            return self.by_name.get(name, ())
        spellings = self.by_folded_name.get(name.casefold(), ())
        return [file for spelling in spellings for file in self.by_name[spelling]]

    def has(self, repository: str, path: str) -> bool:
        """Tell whether a repository has a file."""
        return path in self.paths.get(repository, ())
