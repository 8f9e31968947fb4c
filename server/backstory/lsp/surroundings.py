"""What the editor has open at one moment: folders, and files with unsaved text. For threads that locate frames."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from backstory.lsp.uris import file_uri, local_path
from backstory.model.text import Text

if TYPE_CHECKING:
    from backstory.lsp.documents import OpenDocument
    from backstory.lsp.server import BackstoryServer
    from backstory.model.names import RepoPath


@frozen(eq=False)
class Surroundings:
    """Taken on the event loop, read anywhere."""

    folders: tuple[Path, ...]
    """The workspace's that are not paused; the document's own where the client has none open."""

    documents: "Mapping[Path, OpenDocument]"
    """By the path that the editor spells."""

    texts: Mapping[Path, Text]
    """Their texts at that moment."""

    _real: dict[Path, Path] = field(factory=dict)
    """What links make of paths, as far as it was asked for."""

    def open_text(self, repository: str, path: "RepoPath") -> Text | None:
        """Return the unsaved text of a file; None where it is not open."""
        spelled = self._open_path(Path(repository, path))
        return self.texts[spelled] if spelled else None

    def file(self, repository: str, path: "RepoPath") -> Path | None:
        """Return a file as the editor spells it; None for what is none, or lies outside the repository by a link."""
        found = Path(repository, path)
        real, root = self.real(found), self.real(Path(repository))
        if not real.is_relative_to(root) or not real.is_file():
            return None
        return self._open_path(found) or self._below_folder(real) or found

    def uri(self, path: Path) -> str:
        """Return the URI by which the editor knows a file."""
        document = self.documents.get(path)
        return document.uri if document else file_uri(path)

    def real(self, path: Path) -> Path:
        """Return a path without links."""
        if path not in self._real:
            self._real[path] = path.resolve()
        return self._real[path]

    def _open_path(self, path: Path) -> Path | None:
        real = self.real(path)
        return next((spelled for spelled in self.texts if self.real(spelled) == real), None)

    def _below_folder(self, real: Path) -> Path | None:
        for folder in self.folders:
            if real.is_relative_to(self.real(folder)):
                return folder / real.relative_to(self.real(folder))
        return None


def surroundings(server: "BackstoryServer", uri: str | None = None) -> Surroundings:
    """Return what is open now; `uri` is the document or folder that somebody asks from."""
    folders = [path for path in map(local_path, server.workspace.folders) if isinstance(path, Path)]
    root = server.workspace.root_uri
    for named in (root, uri):
        if not folders and named is not None and isinstance(path := local_path(named), Path):
            folders.append(path)
    folders = [each for each in folders if not server.configuration.settings_for(each / "a file").paused]
    documents = {each.path: each for each in server.documents.of_files() if isinstance(each.path, Path)}
    return Surroundings(tuple(folders), documents, {path: each.text for path, each in documents.items()})
