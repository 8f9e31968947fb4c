import io
import json
import sys
from datetime import UTC, datetime

import pytest

from backstory.cli.main import main
from backstory.history.repository import discover
from backstory.history.roots import identify
from backstory.model.origin import Agent, Person, Session
from backstory.model.prompt import Prompt
from backstory.store.cache import open_cache
from backstory.store.facts import open_facts
from backstory.store.kept_prompt import KeptPrompt
from notation.repository import RepositoryWriter

KEPT = KeptPrompt(
    "claude-code",
    "s_1#4",
    Prompt("Round half up.", None, datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
    "~/.claude/projects/shop/s_1.jsonl",
    datetime(2026, 3, 3, 9, tzinfo=UTC),
    Session("s_1", "0b5c\x1b[2J"),
    Agent("claude", "claude-opus-4-6"),
    Person("Ann Lee", "ann@example.com"),
)


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A repository, the folder we are in, with one kept request and a cache."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("Begin", {"pay.py": "pay\n"})
    monkeypatch.chdir(tmp_path / "shop")
    identity = identify(discover(tmp_path / "shop"))
    open_cache(identity).close()
    facts = open_facts()
    facts.of(identity).keep([KEPT])
    facts.close()
    return tmp_path


def test_info_tells_what_is_where(shop, capsys):
    assert main(["store", "info"]) == 0
    told = capsys.readouterr().out
    assert f"facts    {shop}/state/backstory/facts.sqlite3 (" in told
    assert "1 request kept, of 1 session, the first on 2026-03-03" in told
    assert f"of {shop}/shop/.git\n" in told


def test_info_says_what_limits_the_store(shop, capsys):
    (shop / "state" / "backstory" / "facts.sqlite3").write_bytes(b"no database " * 999)
    assert main(["store", "info"]) == 0
    told = capsys.readouterr().out
    assert "facts.sqlite3 is damaged" in told
    assert "Run: backstory store export > facts.jsonl" in told


def test_info_as_json(shop, capsys):
    assert main(["store", "info", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["kept_prompts"], record["sessions"], record["people"], record["repositories"]) == (1, 1, 1, 1)
    assert record["oldest"] == "2026-03-03T09:00:00+00:00"
    assert record["caches"][0]["clone"] == f"{shop}/shop/.git"
    assert record["states"] == []


def test_what_is_exported_is_imported_elsewhere(shop, capsys, monkeypatch):
    assert main(["store", "export", "--here"]) == 0
    exported = capsys.readouterr().out
    assert exported.isascii()
    (shop / "facts.jsonl").write_text(exported)
    monkeypatch.setenv("XDG_STATE_HOME", str(shop / "elsewhere"))
    assert main(["store", "import", str(shop / "facts.jsonl")]) == 0
    assert capsys.readouterr().out == "1 fact added, 0 here already.\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(exported.encode())))
    assert main(["store", "import"]) == 0
    assert capsys.readouterr().out == "0 facts added, 1 here already.\n"
    assert main(["store", "export"]) == 0
    assert capsys.readouterr().out == exported


def test_lines_that_were_left_out_are_named(shop, capsys):
    (shop / "facts.jsonl").write_text("what?\n")
    assert main(["store", "import", str(shop / "facts.jsonl")]) == 1
    assert capsys.readouterr().err == "backstory: Not understood and left out: line 1.\n"


def test_an_export_that_is_not_there(shop, capsys):
    assert main(["store", "import", str(shop / "nothing.jsonl")]) == 2
    assert "No such file" in capsys.readouterr().err


@pytest.mark.usefixtures("shop")
def test_forget_tells_what_is_gone_without_its_text(capsys):
    assert main(["store", "forget", "ann@example.com"]) == 0
    assert capsys.readouterr().out == (
        "Forgot 1 kept request.\n"
        "  2026-03-02 09:30  claude  0b5c\n"
        "Emptied 1 cache: made again from what the repositories hold.\n"
    )
    assert main(["store", "forget", "ann@example.com"]) == 0
    assert capsys.readouterr().out.startswith("Forgot 0 kept requests.\n")


def test_a_damaged_store_forgets_nothing_and_says_so(shop, capsys):
    (shop / "state" / "backstory" / "facts.sqlite3").write_bytes(b"no database " * 999)
    assert main(["store", "forget", "ann@example.com"]) == 10
    assert "damaged" in capsys.readouterr().err


@pytest.mark.usefixtures("shop")
def test_retain_chooses_for_how_long(capsys):
    assert main(["store", "retain", "1"]) == 0
    assert capsys.readouterr().out == "Kept requests are deleted after 1 day.\nDeleted 1 older request.\n"
    assert main(["store", "info"]) == 0
    assert "each is deleted after 1 day" in capsys.readouterr().out
    assert main(["store", "retain", "forever"]) == 0
    assert capsys.readouterr().out == "Kept requests stay until you forget them.\n"


@pytest.mark.parametrize("days", ["0", "-1", "soon", "99999999999"])
def test_days_that_make_no_sense_are_refused(days, capsys):
    assert main(["store", "retain", days]) == 2
    assert "DAYS" in capsys.readouterr().err
