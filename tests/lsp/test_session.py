"""A session from its first to its last byte, without any document."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from editor import MINIMAL, NEOVIM, SERVER, SOURCES, VS_CODE, hover_params

from backstory import __version__

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCES)}
ODD_SERVER = Path(__file__).with_name("odd_server.py")

METHOD_NOT_FOUND, INVALID_PARAMS, INVALID_REQUEST, PARSE_ERROR, NOT_INITIALIZED = -32601, -32602, -32600, -32700, -32002


def check_lives(editor):
    assert editor.hover("untitled:Untitled-1", 0) is None


@pytest.mark.parametrize(
    ("capabilities", "encoding", "beside"),
    [
        pytest.param(MINIMAL, "utf-16", set(), id="minimal"),
        pytest.param(NEOVIM, "utf-8", {"codeLensProvider"}, id="neovim"),
        pytest.param(VS_CODE, "utf-16", set(), id="vs code"),
    ],
)
def test_the_server_offers_hovers_and_nothing_of_the_languages_own(editor, tmp_path, capabilities, encoding, beside):
    offered = editor.initialize(capabilities, tmp_path)["capabilities"]
    assert offered["positionEncoding"] == encoding
    assert offered["textDocumentSync"]["change"] == 2
    assert {name for name, value in offered.items() if name.endswith("Provider") and value is not None} == {
        "hoverProvider",
        "executeCommandProvider",
        *beside,
    }
    check_lives(editor)


def test_what_a_client_cannot_do_is_not_asked_of_it(editor, tmp_path):
    editor.initialize(MINIMAL, tmp_path)
    check_lives(editor)
    assert editor.heard == []


def test_a_client_that_can_is_asked_to_watch_git_and_for_settings(editor, tmp_path):
    editor.initialize(VS_CODE, tmp_path)
    registered = editor.wait_for("client/registerCapability")["registrations"]
    assert {each["method"] for each in registered if not each["method"].startswith("textDocument/")} == {
        "workspace/didChangeWatchedFiles",
        "workspace/didChangeConfiguration",
    }
    items = editor.wait_for("workspace/configuration")["items"]
    assert items == [{"section": "backstory"}, {"section": "backstory", "scopeUri": tmp_path.as_uri()}]


def test_a_client_that_refuses_what_it_promised_is_served_all_the_same(editor, tmp_path):
    editor.refuses = True
    editor.initialize(VS_CODE, tmp_path)
    editor.wait_for("workspace/configuration")
    editor.wait_for("client/registerCapability")
    check_lives(editor)


def test_exit_without_shutdown_is_an_error(start):
    editor = start()
    editor.initialize(MINIMAL)
    editor.tell("exit")
    assert editor.end() == 1


def test_exit_before_initialize_is_an_error(start):
    editor = start()
    editor.tell("exit")
    assert editor.end() == 1


def test_an_editor_that_goes_away_takes_the_server_with_it(start):
    editor = start()
    editor.initialize(MINIMAL)
    check_lives(editor)
    editor.hang_up()
    assert editor.end() == 1


def test_nothing_is_answered_before_initialize(editor):
    refused = editor.answer_to(editor.send("textDocument/hover", hover_params("file:///a.py", 0)))
    assert refused["error"]["code"] == NOT_INITIALIZED
    editor.tell("textDocument/didOpen", {})
    editor.initialize(MINIMAL)
    check_lives(editor)


def test_a_session_begins_once(editor):
    editor.initialize(MINIMAL)
    refused = editor.answer_to(editor.send("initialize", {"capabilities": {}, "processId": None, "rootUri": None}))
    assert refused["error"]["code"] == INVALID_REQUEST


def test_after_shutdown_requests_are_refused(editor):
    editor.initialize(MINIMAL)
    editor.ask("shutdown")
    refused = editor.answer_to(editor.send("textDocument/hover", hover_params("file:///a.py", 0)))
    assert refused["error"]["code"] == INVALID_REQUEST
    editor.tell("exit")
    assert editor.end() == 0


def test_an_unknown_request_is_refused_and_an_unknown_notification_ignored(editor):
    editor.initialize(MINIMAL)
    editor.tell("$/fromTheFuture", {"jsonrpc": "2.0", "type_name": "1 2"})
    editor.tell("backstory/fromTheFuture", [1, 2])
    refused = editor.answer_to(editor.send("textDocument/definition", hover_params("file:///a.py", 0)))
    assert refused["error"]["code"] == METHOD_NOT_FOUND
    check_lives(editor)


@pytest.mark.parametrize("params", [{"textDocument": 3}, {}, [], None, {"textDocument": {"uri": "x"}, "position": {}}])
def test_a_request_with_wrong_parameters_is_refused_without_a_traceback(start, params):
    editor = start()
    editor.initialize(MINIMAL)
    refused = editor.answer_to(editor.send("textDocument/hover", params))["error"]
    assert refused == {"code": INVALID_PARAMS, "message": refused["message"]}
    assert "Traceback" not in refused["message"]
    check_lives(editor)


@pytest.mark.parametrize(
    ("rubbish", "code"),
    [
        (b"Content-Length: 9\r\n\r\nnot json!", PARSE_ERROR),
        (b"Content-Length: 4\r\n\r\n\xff\xfe\x00\x80", PARSE_ERROR),
        (b"Content-Length: 2\r\n\r\n[]", INVALID_REQUEST),
        (b'Content-Length: 15\r\n\r\n{"jsonrpc":1.0}', INVALID_REQUEST),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", PARSE_ERROR),
        (b"Content-Length: -5\r\n\r\n", PARSE_ERROR),
        (b"Content-Length: 99999999999\r\n\r\n", PARSE_ERROR),
        (b"Content-Length: 100000\r\n\r\n" + b"[" * 100_000, PARSE_ERROR),
        (b"x" * 100_000 + b"\r\n\r\n", PARSE_ERROR),
    ],
    ids=["no json", "no text", "no object", "another version", "http", "negative", "huge", "deep", "no header"],
)
def test_rubbish_is_answered_and_survived(start, rubbish, code):
    editor = start()
    editor.initialize(MINIMAL)
    check_lives(editor)
    editor.post_raw(rubbish)
    check_lives(editor)
    assert editor.answer_to(None)["error"]["code"] == code
    assert editor.shut_down() == 0
    assert "Traceback" not in editor.errors


def test_headers_may_be_written_in_any_way(editor):
    editor.initialize(MINIMAL)
    for number, header in enumerate(
        (b"content-length:%d\r\n\r\n", b"Content-Type: x\r\nCONTENT-LENGTH: %d\r\n\r\n", b"Content-Length: %d\n\n")
    ):
        body = b'{"jsonrpc":"2.0","id":"n%d","method":"backstory/lineState","params":{"uri":"a:b","line":0}}' % number
        editor.post_raw(header % len(body) + body)
        assert editor.answer_to(f"n{number}")["result"]["code"] == "scheme"


def test_what_is_printed_goes_to_standard_error(start):
    editor = start(command=(sys.executable, str(ODD_SERVER)))
    editor.initialize(MINIMAL)
    assert editor.ask("test/print", {}) == "said"
    assert editor.shut_down() == 0
    assert "printed by Python" in editor.errors
    assert "printed by a child" in editor.errors


def test_a_bug_answers_nothing_and_the_session_lives(start):
    editor = start(command=(sys.executable, str(ODD_SERVER)), environment={"BACKSTORY_RAISE": ""})
    editor.initialize(MINIMAL)
    for method in ("test/bug", "test/asyncBug"):
        assert editor.ask(method, {}) is None
    editor.tell("test/bug", {})
    check_lives(editor)
    assert editor.shut_down() == 0
    assert editor.errors.count("bug failed: KeyError") == 3
    assert "odd_server.py" in editor.errors
    assert "somebody" not in editor.errors
    assert editor.heard == []


def test_in_tests_a_bug_is_let_through_but_its_traceback_is_not(start):
    editor = start(command=(sys.executable, str(ODD_SERVER)))
    editor.initialize(MINIMAL)
    error = editor.answer_to(editor.send("test/bug", {}))["error"]
    assert "data" not in error


def test_trouble_of_the_environment_is_told_once(start):
    editor = start(command=(sys.executable, str(ODD_SERVER)))
    editor.initialize(MINIMAL)
    for _ in range(3):
        assert editor.ask("test/trouble", {}) is None
    [told] = editor.said("window/showMessage")
    assert told == {"type": 2, "message": "Backstory: There is no git. Try: apt install git"}
    assert editor.shut_down() == 0
    assert editor.errors == ""


def test_the_version_is_told_without_a_session():
    told = run("--version")
    assert (told.returncode, told.stdout) == (0, f"backstory-lsp {__version__}\n")


@pytest.mark.parametrize("address", ["localhost", "localhost:http", ":"])
def test_an_address_needs_a_port(address):
    told = run("--tcp", address)
    assert told.returncode == 2
    assert "HOST:PORT" in told.stderr


def test_over_tcp_a_port_probe_is_no_client():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*SERVER, "--tcp", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE) as server:
        connected(port).close()
        with connected(port) as client:
            for body in (
                b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}',
                b'{"jsonrpc":"2.0","id":2,"method":"shutdown"}',
                b'{"jsonrpc":"2.0","method":"exit"}',
            ):
                client.sendall(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            received = b"".join(iter(lambda: client.recv(1 << 16), b""))
        assert re.search(rb'"id": ?2', received)
        assert server.wait(30) == 0
        assert server.stderr.read() == b""


def run(*arguments):
    """Run the server's command to its end."""
    return subprocess.run([*SERVER, *arguments], capture_output=True, text=True, check=False, env=ENVIRONMENT)


def connected(port):
    """Connect to a server that may not listen yet."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
