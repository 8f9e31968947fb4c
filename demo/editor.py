"""An editor without a screen: starts `backstory-lsp`, opens files and hovers."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field

from backstory.syntax.languages import language_of
from bench.lsp_client import LspClient

SERVER = str(Path(sys.executable).with_name("backstory-lsp"))


@define
class Editor:
    """One folder open in an editor."""

    folder: Path
    _client: LspClient
    _texts: dict[str, list[str]] = field(factory=dict)

    def lines(self, path: str) -> list[str]:
        """Open a file, once; return its lines."""
        if path not in self._texts:
            self._client.open(self.folder / path, language_of(path) or "plaintext")
            self._texts[path] = (self.folder / path).read_bytes().decode().split("\n")
        return self._texts[path]

    def hover(self, path: str, line: int) -> str | None:
        """Return the hover of a line, 1-based, in Markdown."""
        self.lines(path)
        return self._client.hover(self.folder / path, line - 1)

    def status(self, path: str, line: int) -> str:
        """Return what the status bar says of a line, 1-based."""
        self.lines(path)
        place = {"uri": (self.folder / path).as_uri(), "line": line - 1}
        return str(self._client.request("backstory/lineState", place)["state"])


@contextmanager
def editor_of(folder: Path) -> Iterator[Editor]:
    """Open a folder; the server ends with the `with` block."""
    with LspClient([SERVER], folder) as client:
        client.initialize()
        yield Editor(folder, client)
