"""An editor for tests: it speaks raw JSON-RPC over the server's standard input and output, and waits for answers."""

import contextlib
import itertools
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path

SERVER = (sys.executable, "-m", "backstory.lsp")
PATIENCE_SECONDS = 30
SOURCES = Path(__file__).resolve().parents[2] / "server"

MINIMAL = {}
NEOVIM = {
    "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
    "textDocument": {
        "codeAction": {"dynamicRegistration": True, "codeActionLiteralSupport": {"codeActionKind": {"valueSet": [""]}}},
        "codeLens": {"dynamicRegistration": False},
        "definition": {"dynamicRegistration": True, "linkSupport": True},
        "hover": {"dynamicRegistration": True, "contentFormat": ["markdown", "plaintext"]},
        "synchronization": {"dynamicRegistration": False, "didSave": True, "willSave": True},
    },
    "window": {
        "workDoneProgress": True,
        "showDocument": {"support": True},
        "showMessage": {"messageActionItem": {"additionalPropertiesSupport": True}},
    },
    "workspace": {
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": False},
        "didChangeWatchedFiles": {"dynamicRegistration": False, "relativePatternSupport": True},
        "workspaceFolders": True,
    },
}
VS_CODE = {
    "general": {"positionEncodings": ["utf-16"], "staleRequestSupport": {"cancel": True, "retryOnContentModified": []}},
    "textDocument": {
        "codeAction": {"dynamicRegistration": True, "codeActionLiteralSupport": {"codeActionKind": {"valueSet": [""]}}},
        "codeLens": {"dynamicRegistration": True},
        "definition": {"dynamicRegistration": True, "linkSupport": True},
        "documentLink": {"dynamicRegistration": True, "tooltipSupport": True},
        "hover": {"dynamicRegistration": True, "contentFormat": ["markdown", "plaintext"]},
        "synchronization": {"dynamicRegistration": True, "didSave": True, "willSave": True, "willSaveWaitUntil": True},
    },
    "window": {"workDoneProgress": True, "showDocument": {"support": True}},
    "workspace": {
        "applyEdit": True,
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
        "workspaceFolders": True,
    },
}


class Editor:
    """One session. It answers `workspace/configuration` from `configuration` by folder, if any; all else with null."""

    def __init__(self, command=SERVER, environment=None, configuration=None):
        variables = {**os.environ, "PYTHONPATH": str(SOURCES), "BACKSTORY_RAISE": "1", **(environment or {})}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=variables)
        self.configuration = configuration
        self.refuses = False
        self.heard = []
        self._arrived = threading.Condition()
        self._ids = itertools.count(1)
        self._answers = {}
        self._errors = []
        self._outgoing = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._listen, self._collect_errors, self._write)
        ]
        for thread in self._threads:
            thread.start()

    # Requests and notifications

    def ask(self, method, params=None):
        """Send a request, wait and return its result; an error of the server is an error here."""
        answer = self.answer_to(self.send(method, params))
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def send(self, method, params=None):
        """Send a request and return its id."""
        number = next(self._ids)
        self.post({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    def answer_to(self, number):
        """Wait for the answer to a request."""
        return self._wait(lambda: self._answers.pop(number, None), f"an answer to request {number}")

    def tell(self, method, params=None):
        """Send a notification."""
        self.post({"jsonrpc": "2.0", "method": method, "params": params})

    def post(self, message):
        """Send a message as it is."""
        body = json.dumps(message).encode()
        self.post_raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def post_raw(self, data):
        """Send bytes as they are."""
        self._outgoing.put(data)

    # A session

    def initialize(self, capabilities, *folders, options=None):
        """Begin; return the server's answer."""
        result = self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": folders[0].as_uri() if folders else None,
                "capabilities": capabilities,
                "initializationOptions": options,
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name} for folder in folders] or None,
            },
        )
        self.tell("initialized", {})
        return result

    def open(self, path, text=None, language="python", uri=None):
        """Open a document and return its URI."""
        uri = uri or path.as_uri()
        text = path.read_bytes().decode() if text is None else text
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri, *changes):
        """Edit: each change is (line, character, line, character, text), or a text that replaces everything."""
        self.tell(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [_change(each) for each in changes]},
        )

    def hover(self, uri, line, character=0):
        """Return the words of a hover, None when there is none."""
        result = self.ask("textDocument/hover", hover_params(uri, line, character))
        return result and result["contents"]["value"]

    def line_state(self, uri, line):
        """Return the state of a line."""
        return self.ask("backstory/lineState", {"uri": uri, "line": line})

    def shut_down(self):
        """End as the protocol says and return the exit status."""
        if self.process.poll() is None:
            self.ask("shutdown")
            self.tell("exit")
        return self.end()

    def end(self):
        """Wait for the server's end and return its exit status."""
        status = self.process.wait(PATIENCE_SECONDS)
        self._outgoing.put(None)
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
        return status

    def hang_up(self):
        """Close the server's input and say nothing more."""
        self._outgoing.put(None)

    def kill(self):
        """Make an end, whatever happened."""
        if self.process.poll() is None:
            self.process.kill()
            self.end()

    # What the server said

    def wait_for(self, method, claim=lambda _: True):
        """Wait for a notification, or a request of the server, and take it off the list."""

        def take():
            for message in self.heard:
                if message["method"] == method and claim(message.get("params")):
                    self.heard.remove(message)
                    return message
            return None

        return self._wait(take, method).get("params")

    def said(self, method):
        """Return what the server said of a kind so far and nobody waited for."""
        return [message["params"] for message in self.heard if message["method"] == method]

    @property
    def errors(self):
        """What the server logged so far."""
        return b"".join(self._errors).decode()

    def _wait(self, take, what):
        with self._arrived:
            found = take()
            while found is None:
                assert self._arrived.wait(PATIENCE_SECONDS), f"no {what}; heard {self.heard}; logged {self.errors}"
                found = take()
        return found

    def _listen(self):
        while header := self.process.stdout.readline():
            length = int(header.removeprefix(b"Content-Length:"))
            while self.process.stdout.readline() != b"\r\n":
                pass
            message = json.loads(self.process.stdout.read(length))
            if "id" in message and "method" in message:
                self.post({"jsonrpc": "2.0", "id": message["id"]} | self._answer(message))
            with self._arrived:
                if "method" in message:
                    self.heard.append(message)
                else:
                    self._answers[message.get("id")] = message
                self._arrived.notify_all()

    def _answer(self, message):
        if self.refuses:
            return {"error": {"code": -32601, "message": "never heard of it"}}
        if message["method"] != "workspace/configuration" or self.configuration is None:
            return {"result": None}
        return {"result": [self.configuration.get(item.get("scopeUri")) for item in message["params"]["items"]]}

    def _collect_errors(self):
        for line in self.process.stderr:
            self._errors.append(line)

    def _write(self):
        while (data := self._outgoing.get()) is not None:
            try:
                self.process.stdin.write(data)
                self.process.stdin.flush()
            except OSError:
                break
        with contextlib.suppress(OSError):
            self.process.stdin.close()


def hover_params(uri, line, character=0):
    """Return the parameters of a hover."""
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def _change(change):
    if isinstance(change, str):
        return {"text": change}
    first_line, first_character, last_line, last_character, text = change
    start, end = {"line": first_line, "character": first_character}, {"line": last_line, "character": last_character}
    return {"range": {"start": start, "end": end}, "text": text}
