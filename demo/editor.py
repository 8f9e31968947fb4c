"""An editor without a screen: starts `backstory-lsp`, opens files and hovers."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import define, field

from backstory.syntax.languages import language_of
from bench.lsp_client import LspClient

SERVER = str(Path(sys.executable).with_name("backstory-lsp"))
PATIENCE_SECONDS = 60


class Client(LspClient):
    """A client that hears when the server knows a document's lines."""

    def __init__(self, folder: Path) -> None:
        super().__init__([SERVER], folder)
        self.known: set[str] = set()

    def receive(self) -> dict[str, Any]:
        """Read one message."""
        message = super().receive()
        if message.get("method") == "backstory/stateChanged":
            self.known.add(message["params"]["uri"])
        return message


@define
class Editor:
    """One folder open in an editor."""

    folder: Path
    _client: Client
    _texts: dict[str, list[str]] = field(factory=dict)

    def lines(self, path: str) -> list[str]:
        """Open a file, once, and wait until the server knows all of it; return its lines."""
        if path not in self._texts:
            file = self.folder / path
            self._texts[path] = file.read_bytes().decode().removesuffix("\n").split("\n")
            self._client.open(file, language_of(path) or "plaintext")
            deadline = time.monotonic() + PATIENCE_SECONDS
            while file.as_uri() not in self._client.known and time.monotonic() < deadline:
                self.status(path, 1)
        return self._texts[path]

    def hover(self, path: str, line: int) -> str | None:
        """Return the hover of a line of an open file, 1-based, in Markdown."""
        return self._client.hover(self.folder / path, line - 1)

    def status(self, path: str, line: int) -> str:
        """Return what the status bar says of a line of an open file, 1-based."""
        place = {"uri": (self.folder / path).as_uri(), "line": line - 1}
        return str(self._client.request("backstory/lineState", place)["state"])


@contextmanager
def editor_of(folder: Path) -> Iterator[Editor]:
    """Open a folder; the server ends with the `with` block."""
    with Client(folder) as client:
        client.initialize()
        yield Editor(folder, client)
