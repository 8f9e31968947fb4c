"""Hovers over real sessions and real repositories: which line they are of, and when there are none."""

import subprocess

import pytest
from editor import MINIMAL, NEOVIM, VS_CODE, hover_params

from notation.repository import git

REQUEST_CANCELLED = -32800
BOB = ("-c", "user.name=Bob", "-c", "user.email=bob@example.com")
NOBODYS, AGENTS, LAST_OF_AGENTS, PERSONS = 0, 1, 2, 3


def check_agents_lines(editor, uri, *lines, of=8):
    """Exactly `lines` of the first `of` lines are Claude's."""
    found = [line for line in range(of) if "Claude" in (editor.hover(uri, line) or "")]
    assert found == list(lines)


@pytest.mark.parametrize("capabilities", [VS_CODE, NEOVIM], ids=["vs code", "neovim"])
def test_a_hover_tells_which_agent_wrote_the_line(editor, shop, capabilities):
    editor.initialize(capabilities, shop.root)
    uri = editor.open(shop.pay)
    result = editor.ask("textDocument/hover", hover_params(uri, AGENTS, 3))
    assert result["contents"]["kind"] == "markdown"
    assert result["contents"]["value"].startswith("**Claude Opus 4.6**")


def test_without_markdown_a_hover_is_plain_text(editor, shop):
    editor.initialize(MINIMAL, shop.root)
    result = editor.ask("textDocument/hover", hover_params(editor.open(shop.pay), AGENTS))
    assert result["contents"]["kind"] == "plaintext"
    assert result["contents"]["value"].startswith("Claude Opus 4.6")


@pytest.mark.parametrize("options", [None, {"showUnknown": False}])
def test_a_line_without_evidence_has_no_hover(editor, shop, options):
    editor.initialize(MINIMAL, shop.root, options=options)
    assert editor.hover(editor.open(shop.pay), NOBODYS) is None


@pytest.mark.parametrize("options", [{"showUnknown": True}, {"backstory": {"showUnknown": True}}])
def test_who_asks_for_it_is_told_that_nothing_is_known(editor, shop, options):
    editor.initialize(MINIMAL, shop.root, options=options)
    assert "Committed by Ann Lee" in editor.hover(editor.open(shop.pay), NOBODYS)


def test_hovers_can_be_short_or_off(start, shop):
    lengths = {}
    for detail in ("off", "compact", "full"):
        editor = start()
        editor.initialize(MINIMAL, shop.root, options={"hover": detail})
        lengths[detail] = len(editor.hover(editor.open(shop.pay), AGENTS) or "")
        assert editor.shut_down() == 0
    assert 0 == lengths["off"] < lengths["compact"] < lengths["full"]


def test_a_hover_follows_its_line(shop_editor, shop):
    uri = shop_editor.open(shop.pay)
    check_agents_lines(shop_editor, uri, 1, 2)
    shop_editor.change(uri, (0, 0, 0, 0, "# new\n# lines\n"))
    check_agents_lines(shop_editor, uri, 3, 4)
    shop_editor.change(uri, (3, 0, 4, 0, ""))
    check_agents_lines(shop_editor, uri, 3)
    shop_editor.change(uri, (3, 5, 3, 5, "x"))
    check_agents_lines(shop_editor, uri)


def test_several_changes_at_once_are_applied_in_order(shop_editor, shop):
    uri = shop_editor.open(shop.pay)
    shop_editor.change(uri, (0, 0, 0, 0, "a\n"), (1, 0, 1, 0, "b\n"), (2, 11, 2, 11, "\nc"))
    check_agents_lines(shop_editor, uri, 4, 5)


def test_a_change_of_everything_keeps_what_stayed(shop_editor, shop):
    uri = shop_editor.open(shop.pay)
    shop_editor.hover(uri, AGENTS)
    shop_editor.change(uri, "# new\n" + shop.pay.read_text())
    check_agents_lines(shop_editor, uri, 2, 3)


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_columns_are_counted_as_agreed(editor, shop, encoding, units):
    answer = editor.initialize({"general": {"positionEncodings": [encoding]}}, shop.root)
    assert answer["capabilities"]["positionEncoding"] == encoding
    uri = editor.open(shop.pay, shop.pay.read_text().replace("def capture", "😀def capture"))
    editor.wait_for("backstory/stateChanged")
    check_agents_lines(editor, uri, 2)
    editor.change(uri, (1, 0, 1, units, ""))
    editor.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
    editor.wait_for("backstory/stateChanged")
    check_agents_lines(editor, uri, 1, 2)


@pytest.mark.parametrize("mark", ["\f", "\u2028", "\x85", "\x0b", "\x1c"])
def test_what_ends_no_line_for_lsp_moves_no_origin(shop_editor, shop, mark):
    uri = shop_editor.open(shop.pay, f"# a{mark}b\n" + shop.pay.read_text())
    check_agents_lines(shop_editor, uri, 2, 3)
    shop_editor.change(uri, (0, 0, 0, 0, f"# c{mark}d\n"))
    check_agents_lines(shop_editor, uri, 3, 4)


def test_other_line_ends_and_a_byte_order_mark_are_no_edits(shop_editor, shop):
    uri = shop_editor.open(shop.pay, "\ufeff" + shop.pay.read_text().replace("\n", "\r\n"))
    check_agents_lines(shop_editor, uri, 1, 2)


def test_beyond_the_last_line_there_is_nothing(editor, shop):
    editor.initialize(MINIMAL, shop.root, options={"showUnknown": True})
    uri = editor.open(shop.pay)
    for line in (5, 4_000_000):
        assert editor.hover(uri, line) is None
        assert editor.line_state(uri, line)["state"] == "end of file"


def test_all_spellings_of_a_uri_are_one_document(shop_editor, shop):
    uri = shop_editor.open(shop.pay)
    assert shop_editor.hover(uri.replace("pay", "p%61y"), AGENTS)
    shop_editor.tell("textDocument/didClose", {"textDocument": {"uri": uri.replace("pay", "%70ay")}})
    assert shop_editor.hover(uri, AGENTS) is None


def test_a_document_can_be_opened_again(shop_editor, shop):
    for _ in range(2):
        uri = shop_editor.open(shop.pay)
        check_agents_lines(shop_editor, uri, 1, 2)
        shop_editor.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


@pytest.mark.parametrize(
    "uri",
    ["untitled:Untitled-1", 'git:/pay.py?{"ref":"~"}', "vscode-remote://box/pay.py", "vscode-notebook-cell:/a.ipynb#1"],
)
def test_other_schemes_are_left_to_others(shop_editor, shop, uri):
    shop_editor.open(shop.pay, uri=uri)
    assert shop_editor.hover(uri, AGENTS) is None
    assert shop_editor.line_state(uri, AGENTS)["code"] == "scheme"


def test_a_commit_made_elsewhere_is_noticed(shop_editor, shop):
    uri = shop_editor.open(shop.pay)
    shop_editor.wait_for("backstory/stateChanged")
    check_agents_lines(shop_editor, uri, 1, 2)
    shop.pay.write_text("# mine\n" + shop.pay.read_text())
    shop_editor.change(uri, (0, 0, 0, 0, "# mine\n"))
    assert shop_editor.line_state(uri, 0)["revision"] is None
    git(shop.root, *BOB, "commit", "-qam", "payments: mine\n\nCo-authored-by: Copilot <copilot@github.com>")
    check_caught_up(shop_editor, uri)
    assert shop_editor.line_state(uri, 0)["revision"] == git(shop.root, "rev-parse", "HEAD").strip()
    check_agents_lines(shop_editor, uri, 2, 3)


def test_another_branch_is_another_history(shop_editor, shop):
    git(shop.root, "checkout", "-q", "--orphan", "fresh")
    git(shop.root, *BOB, "commit", "-qm", "all anew")
    git(shop.root, "checkout", "-q", "main")
    uri = shop_editor.open(shop.pay)
    shop_editor.wait_for("backstory/stateChanged")
    check_agents_lines(shop_editor, uri, 1, 2)
    git(shop.root, "checkout", "-q", "fresh")
    check_caught_up(shop_editor, uri)
    check_agents_lines(shop_editor, uri)
    git(shop.root, "checkout", "-q", "main")
    check_caught_up(shop_editor, uri)
    check_agents_lines(shop_editor, uri, 1, 2)


def test_a_record_that_comes_later_is_noticed(shop_editor, shop):
    notes = git(shop.root, "rev-parse", "refs/notes/ai").strip()
    git(shop.root, "update-ref", "-d", "refs/notes/ai")
    uri = shop_editor.open(shop.pay)
    shop_editor.wait_for("backstory/stateChanged")
    check_agents_lines(shop_editor, uri)
    git(shop.root, "update-ref", "refs/notes/ai", notes)
    check_caught_up(shop_editor, uri)
    check_agents_lines(shop_editor, uri, 1, 2)


def check_caught_up(editor, uri):
    """Tell the server that git's files changed, as a client that watches does, and wait until it caught up."""
    change = {"uri": uri.replace("pay.py", ".git/HEAD"), "type": 2}
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
    editor.wait_for("backstory/stateChanged", lambda params: params == {"uri": uri})


def test_a_hover_that_waits_for_git_can_be_cancelled(start, shop, watched_git):
    watched_git.hold_blame()
    editor = start(environment=watched_git.environment)
    editor.initialize(NEOVIM, shop.root)
    uri = editor.open(shop.pay)
    waiting = editor.send("textDocument/hover", hover_params(uri, AGENTS))
    patient = editor.send("textDocument/hover", hover_params(uri, AGENTS))
    assert editor.line_state(uri, AGENTS)["code"] == "pending"
    editor.tell("$/cancelRequest", {"id": waiting})
    assert editor.answer_to(waiting)["error"]["code"] == REQUEST_CANCELLED
    watched_git.let_blame_go()
    assert "Claude" in editor.answer_to(patient)["result"]["contents"]["value"]
    editor.wait_for("backstory/stateChanged", lambda params: params == {"uri": uri})
    assert editor.line_state(uri, AGENTS)["tool"] == "claude"
    assert editor.shut_down() == 0
    assert editor.errors == ""


def test_many_files_that_wait_for_git_do_not_make_the_server_deaf(start, shop, watched_git):
    watched_git.hold_blame()
    editor = start(environment=watched_git.environment)
    editor.initialize(NEOVIM, shop.root)
    uri = editor.open(shop.pay)
    for _ in range(40):
        editor.send("textDocument/hover", hover_params(uri, AGENTS))
    assert editor.hover("untitled:Untitled-1", 0) is None
    editor.change(uri, (0, 0, 0, 0, "# new\n"))
    assert editor.shut_down() == 0
    assert editor.errors == ""


def test_a_long_wait_shows_progress(start, shop, watched_git):
    watched_git.hold_blame()
    editor = start(environment=watched_git.environment)
    editor.initialize(NEOVIM, shop.root)
    editor.open(shop.pay)
    begun = editor.wait_for("$/progress")
    assert begun["value"] == {"kind": "begin", "title": "Backstory: reading pay.py"}
    watched_git.let_blame_go()
    ended = editor.wait_for("$/progress")
    assert ended == {"token": begun["token"], "value": {"kind": "end"}}
    assert editor.shut_down() == 0


def test_typing_starts_no_git(start, shop, watched_git):
    editor = start(environment=watched_git.environment)
    editor.initialize(NEOVIM, shop.root)
    uri = editor.open(shop.pay)
    editor.wait_for("backstory/stateChanged")
    editor.hover(uri, AGENTS)
    before = len(watched_git.asked)
    assert before
    for turn in range(100):
        editor.change(uri, (0, turn, 0, turn, "x"))
        if turn % 10 == 0:
            assert "Claude" in editor.hover(uri, AGENTS)
    check_agents_lines(editor, uri, 1, 2)
    assert watched_git.asked[before:] == []


def test_each_folder_has_its_own_settings_and_repository(start, shop, tmp_path):
    other = tmp_path / "other"
    subprocess.run(["cp", "-r", str(shop.root), str(other)], check=True)
    settings = {shop.root.as_uri(): {"hover": "full"}, other.as_uri(): {"paused": True}}
    editor = start(configuration=settings)
    editor.initialize(VS_CODE, shop.root, other)
    here, there = editor.open(shop.pay), editor.open(other / "pay.py")
    editor.wait_for("workspace/configuration")
    assert "Claude" in editor.hover(here, AGENTS)
    assert editor.hover(there, AGENTS) is None
    assert editor.line_state(there, AGENTS)["code"] == "paused"
    settings[other.as_uri()] = {}
    settings[shop.root.as_uri()] = {"hover": "loud"}
    editor.tell("workspace/didChangeConfiguration", {"settings": None})
    told = editor.wait_for("window/showMessage")["message"]
    assert told == "Backstory: The setting backstory.hover should be “off”, “compact” or “full”; its default is used."
    assert "Claude" in editor.hover(there, AGENTS)
    editor.tell(
        "workspace/didChangeWorkspaceFolders",
        {"event": {"added": [], "removed": [{"uri": other.as_uri(), "name": "other"}]}},
    )
    editor.wait_for("workspace/configuration")
    asked = editor.wait_for("workspace/configuration")["items"]
    assert [item.get("scopeUri") for item in asked] == [None, shop.root.as_uri()]
    assert editor.shut_down() == 0
    assert editor.errors == ""


def test_settings_that_are_pushed_are_taken(editor, shop):
    editor.initialize(MINIMAL, shop.root)
    uri = editor.open(shop.pay)
    editor.tell("workspace/didChangeConfiguration", {"settings": {"backstory": {"showUnknown": True}}})
    assert "Committed by Ann Lee" in editor.hover(uri, NOBODYS)
    editor.tell("workspace/didChangeConfiguration", {"settings": {"backstory": {"hover": "off"}}})
    assert editor.hover(uri, AGENTS) is None
