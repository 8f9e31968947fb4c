"""A blocking JSON-RPC client over a server's stdin and stdout, with nothing between the clock and the pipe."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FLOOR = [sys.executable, "-P", str(Path(__file__).with_name("floor_server.py"))]
BACKSTORY = [sys.executable, "-P", "-m", "backstory.lsp"]

SETTINGS = {"showUnknown": True}  # so that every hover is rendered

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "hover": {"dynamicRegistration": True, "contentFormat": ["markdown", "plaintext"]},
        "synchronization": {"didSave": True},
    },
    "window": {"workDoneProgress": True},
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
    },
}


class LspClient:
    """One running server. Use it in a `with` statement, which shuts the server down."""

    def __init__(self, command: list[str], folder: Path) -> None:
        """Start a server for one workspace folder; nothing is sent yet."""
        self.folder = folder
        self.last_id = 0
        self.progress: list[str] = []
        """What the server has told of its work so far: `begin TITLE`, `report`, `end`."""
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the session
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, stderr=self.log)

    def initialize(self) -> Any:
        """Shake hands; answers what the server can do."""
        uri = self.folder.as_uri()
        folders = [{"uri": uri, "name": self.folder.name}]
        parameters = {"processId": None, "rootUri": uri, "workspaceFolders": folders, "capabilities": CAPABILITIES}
        answer = self.request("initialize", parameters)
        self.notify("initialized", {})
        return answer

    def request(self, method: str, parameters: object) -> Any:
        """Ask and wait. Answers `None` also when the server refuses."""
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": parameters})
        while True:
            message = self.receive()
            if "method" not in message and message.get("id") == self.last_id:
                return message.get("result")
            if "method" in message and "id" in message:
                is_configuration = message["method"] == "workspace/configuration"
                result = [SETTINGS for _ in message["params"]["items"]] if is_configuration else None
                self.send({"id": message["id"], "result": result})

    def notify(self, method: str, parameters: object) -> None:
        """Tell without waiting."""
        self.send({"method": method, "params": parameters})

    def send(self, message: dict[str, object]) -> None:
        """Write one message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """Read one message. Raises `EOFError` when the server is gone."""
        assert self.process.stdout
        length = 0
        while (line := self.process.stdout.readline()) != b"\r\n":
            if not line:
                raise EOFError(f"the server ended with status {self.process.wait()}: {self.logged()}")
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "$/progress":
            value = message["params"]["value"]
            self.progress.append(f"{value['kind']} {value.get('title', '')}".rstrip())
        return message

    def logged(self) -> str:
        """End of what the server wrote to stderr."""
        self.log.seek(0)
        return self.log.read()[-2_000:].decode(errors="replace")

    def open(self, path: Path, language: str) -> None:
        """Open a file as an editor does."""
        text = path.read_bytes().decode()
        document = {"uri": path.as_uri(), "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, path: Path, version: int, edit: dict[str, object]) -> None:
        """Send one incremental change."""
        document = {"uri": path.as_uri(), "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [edit]})

    def hover(self, path: Path, row: int) -> str | None:
        """Markdown of the hover at the start of a row, 0-based; `None` when there is none."""
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": row, "character": 0}}
        answer = self.request("textDocument/hover", place)
        if answer is None:
            return None
        if answer["contents"]["kind"] != "markdown":
            raise ValueError(f"not Markdown: {answer['contents']['kind']}")
        return str(answer["contents"]["value"])

    def hover_until(self, path: Path, row: int, word: str) -> str:
        """Ask for the hover again and again until it has a word, in any case. Raises `TimeoutError` after a minute."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            text = self.hover(path, row) or ""
            if word.lower() in text.lower():
                return text
            time.sleep(0.002)
        raise TimeoutError(f"{path.name}:{row + 1}: no {word!r} in {text!r}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if kind is None:
            self.request("shutdown", None)
            self.notify("exit", None)
        else:
            self.process.kill()
        self.process.communicate()
        self.log.close()


def edit_at(row: int, character: int, text: str, *, until: tuple[int, int] | None = None) -> dict[str, object]:
    """Content change which puts text at a place, 0-based, and removes what is between it and `until`."""
    last_row, last_character = until or (row, character)
    start, end = {"line": row, "character": character}, {"line": last_row, "character": last_character}
    return {"range": {"start": start, "end": end}, "text": text}
