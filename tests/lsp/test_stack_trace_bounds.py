"""Stack traces: which documents are looked at, which clients are offered what, what is never opened; pasted texts."""

import pytest
from editor import NEOVIM, VS_CODE, hover_params
from pasting import CAPTURE, TRACE, actions, definitions, lenses, links, of, paste

from notation.repository import git

STATIC = {
    "textDocument": {
        "codeAction": {},
        "codeLens": {},
        "definition": {},
        "documentLink": {},
    },
}


@pytest.mark.parametrize("place", ["/etc/hostname", "../../../../etc/hostname", "link/secret.py"])
def test_a_path_outside_the_workspace_is_never_opened(code, shop, place):
    outside = shop.root.parent / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text("secret = 1\n")
    (shop.root / "link").symlink_to(outside)
    trace = TRACE.replace("/app/pay.py", place)
    uri = paste(code, trace)
    assert links(code, uri) == []
    assert definitions(code, uri, CAPTURE) == []
    assert [command["command"] for _, command in lenses(code, uri)] == [""]
    for named in (outside / "secret.py", shop.root / "link" / "secret.py", "/etc/hostname"):
        opened = {"uri": f"file://{named}", "line": 0}
        code.ask("workspace/executeCommand", {"command": "backstory.openPlace", "arguments": [opened]})
    assert code.said("window/showDocument") == []


@pytest.mark.parametrize("arguments", [None, [], [7], [{"uri": 7, "line": 0}], [{"uri": "file:///x"}], ["x", "y"]])
def test_a_command_that_makes_no_sense_opens_nothing(code, arguments):
    code.ask("workspace/executeCommand", {"command": "backstory.openPlace", "arguments": arguments})
    assert code.said("window/showDocument") == []


@pytest.mark.parametrize("language", ["python", "markdown", "Log4j"])
def test_source_code_gets_nothing(code, shop, language):
    (shop.root / "notes.py").write_text(TRACE)
    uri = code.open(shop.root / "notes.py", language=language)
    for method in ("textDocument/documentLink", "textDocument/codeLens"):
        assert code.ask(method, of(uri)) is None
    assert code.ask("textDocument/definition", hover_params(uri, CAPTURE, 10)) is None
    assert actions(code, uri, CAPTURE) is None
    assert code.hover(uri, CAPTURE) is None


@pytest.mark.parametrize("language", ["log", "plaintext", "text"])
def test_a_log_on_disk_is_a_text(code, shop, tmp_path, language):
    (tmp_path / "app.log").write_text(TRACE)
    uri = code.open(tmp_path / "app.log", language=language)
    assert definitions(code, uri, CAPTURE) == [(shop.pay.as_uri(), 2)]


def test_a_paused_folder_is_left_alone(editor, shop):
    editor.initialize(VS_CODE, shop.root, options={"paused": True})
    editor.wait_for("client/registerCapability")
    assert editor.ask("textDocument/documentLink", of(paste(editor))) is None


def test_nothing_leads_into_a_paused_folder(start, shop):
    editor = start(configuration={shop.root.as_uri(): {"paused": True}})
    editor.initialize(VS_CODE, shop.root)
    editor.wait_for("client/registerCapability")
    assert links(editor, paste(editor)) == []


def test_a_file_that_git_learns_of_is_found(code, shop):
    new = shop.root / "new.py"
    new.write_text("x = 1\n" * 5)
    uri = paste(code, TRACE.replace("pay.py", "new.py"))
    assert definitions(code, uri, CAPTURE) == []
    git(shop.root, "add", "new.py")
    assert definitions(code, uri, CAPTURE) == [(new.as_uri(), 2)]


def test_features_are_registered_for_texts_only_where_the_client_can(editor, shop):
    editor.initialize(VS_CODE, shop.root)
    registered = editor.wait_for("client/registerCapability")["registrations"]
    selectors = {
        each["method"]: each["registerOptions"]["documentSelector"]
        for each in registered
        if each["method"].startswith("textDocument/")
    }
    texts = [{"language": "log"}, {"language": "plaintext"}, {"language": "text"}, {"scheme": "untitled"}]
    methods = ["documentLink", "definition", "codeLens", "codeAction"]
    assert selectors == {f"textDocument/{method}": texts for method in methods}


def test_a_client_that_registers_nothing_is_told_at_once(editor, shop):
    offered = editor.initialize(STATIC, shop.root)["capabilities"]
    assert offered["documentLinkProvider"] == {"resolveProvider": True}
    assert offered["codeLensProvider"] == {"resolveProvider": True}
    assert offered["definitionProvider"] is True
    assert offered["codeActionProvider"] is True
    uri = paste(editor)
    assert definitions(editor, uri, CAPTURE) == [(shop.pay.as_uri(), 2)]
    ((_, command),) = lenses(editor, uri)
    assert command["command"] == ""  # it cannot be told to open anything
    assert actions(editor, uri, CAPTURE) is None


def test_editors_that_can_do_some_of_it_get_that(editor, shop):
    editor.initialize(NEOVIM, shop.root)
    registered = editor.wait_for("client/registerCapability")["registrations"]
    assert {each["method"] for each in registered} == {"textDocument/definition", "textDocument/codeAction"}
    uri = paste(editor)
    assert definitions(editor, uri, CAPTURE) == [(shop.pay.as_uri(), 2)]
    assert actions(editor, uri, CAPTURE)[0]["command"]["command"] == "backstory.openPlace"


def test_a_text_that_is_in_no_document_is_analysed(code, shop):
    trace = code.ask("backstory/stacktrace", {"text": TRACE})["traces"][0]
    library, capture, refund = trace["frames"]
    pay = shop.pay.as_uri()
    assert trace["exception_type"] == "json.decoder.JSONDecodeError"
    assert library["resolved"] is None
    assert [(each["resolved"]["uri"], each["resolved"]["line"]) for each in (capture, refund)] == [(pay, 3), (pay, 5)]
    assert all(each["uri"] == pay for each in trace["suspects"])


def test_of_a_single_line_as_in_a_terminal_nobody_is_suspected(code, shop):
    line = TRACE.split("\n")[CAPTURE]
    (trace,) = code.ask("backstory/stacktrace", {"text": f"{line}\n"})["traces"]
    assert trace["frames"][0]["resolved"]["uri"] == shop.pay.as_uri()
    assert trace["suspects"] == []


def test_candidates_have_their_uris(code, shop):
    for folder in ("one", "two"):
        (shop.root / folder).mkdir()
        (shop.root / folder / "twin.py").write_text(f"# {folder}\n" * 9)
    git(shop.root, "add", "--all")
    uri = paste(code, TRACE.replace("pay.py", "twin.py"))
    twins = [(shop.root / folder / "twin.py").as_uri() for folder in ("one", "two")]
    frame = code.ask("backstory/stacktrace", {"text": TRACE.replace("pay.py", "twin.py")})["traces"][0]["frames"][1]
    assert frame["resolved"] is None
    assert sorted(each["uri"] for each in frame["candidates"]) == twins
    assert sorted(definitions(code, uri, CAPTURE)) == [(twin, 2) for twin in twins]
    assert links(code, uri) == []


def test_the_build_can_be_named(code, shop):
    code.change(code.open(shop.pay), (0, 0, 0, 0, "# new\n"))
    frames = code.ask("backstory/stacktrace", {"text": TRACE, "at": "HEAD"})["traces"][0]["frames"]
    assert [(each["resolved"]["line"], each["resolved"]["state"]) for each in frames[1:]] == [
        (4, "moved"),
        (6, "moved"),
    ]


def test_a_text_can_be_asked_for_from_a_document_without_any_folder(editor, shop):
    editor.initialize(VS_CODE)
    assert editor.ask("backstory/stacktrace", {"text": TRACE})["traces"][0]["frames"][1]["resolved"] is None
    found = editor.ask("backstory/stacktrace", {"text": TRACE, "uri": shop.pay.as_uri()})
    assert found["traces"][0]["frames"][1]["resolved"]["uri"] == shop.pay.as_uri()


def test_a_text_that_is_too_large_is_not_looked_at_and_says_so(code):
    answer = code.ask("backstory/stacktrace", {"text": "x" * 5_000_001})
    assert answer["traces"] == []
    assert "5 MB" in answer["reason"]


def test_repositories_below_a_folder_are_looked_at(editor, shop):
    editor.initialize(VS_CODE, shop.root.parent)
    editor.wait_for("client/registerCapability")
    assert definitions(editor, paste(editor), CAPTURE) == [(shop.pay.as_uri(), 2)]


def test_a_folder_that_is_a_link_keeps_its_spelling(editor, shop):
    link = shop.root.parent / "a link"
    link.symlink_to(shop.root)
    editor.initialize(VS_CODE, link)
    editor.wait_for("client/registerCapability")
    assert definitions(editor, paste(editor), CAPTURE) == [((link / "pay.py").as_uri(), 2)]
