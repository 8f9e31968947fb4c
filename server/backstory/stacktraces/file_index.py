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

    repositories: tuple[str, ...]
    by_name: Mapping[str, Sequence[IndexedFile]]

    @classmethod
    def of(cls, paths_by_repository: Mapping[str, Sequence[RepoPath]]) -> "FileIndex":
        """Return the index over lists of paths; the keys are the absolute paths of the work trees' roots."""
        by_name: dict[str, list[IndexedFile]] = {}
        for repository, paths in paths_by_repository.items():
            for path in paths:
                parts = tuple(path.split("/"))
                by_name.setdefault(parts[-1], []).append(IndexedFile(repository, path, parts))
        return cls(tuple(paths_by_repository), by_name)

    def named(self, name: str) -> Sequence[IndexedFile]:
        """Return the files of that name, in the order of their lists."""
        return self.by_name.get(name, ())
