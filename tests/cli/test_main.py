import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backstory.cli import main as command_line
from backstory.cli.main import COMMANDS, main
from backstory.model.errors import BackstoryError, GitMissingError
from notation.repository import ANN, RepositoryWriter


@pytest.fixture
def shop(tmp_path, monkeypatch):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("pay: capture", {"pay.py": "import time\n" * 40_000}, author=ANN)
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


def run_instead(monkeypatch, failure: BaseException):
    """Let every command end in `failure`."""

    def fail(_words):
        raise failure

    monkeypatch.setattr(command_line, "_run", fail)


def test_trouble_of_the_environment_is_one_line_its_command_and_its_status(monkeypatch, capsys):
    run_instead(monkeypatch, GitMissingError("There is no git on PATH.", "apt install git"))
    assert main(["doctor"]) == GitMissingError.exit_code
    assert capsys.readouterr().err == "backstory: There is no git on PATH.\n  Run: apt install git\n"


def test_a_bug_is_told_by_kind_and_place_and_never_by_its_text(monkeypatch, capsys):
    run_instead(monkeypatch, ValueError("what somebody asked"))
    assert main(["doctor"]) == 70
    printed = capsys.readouterr()
    assert "ValueError at test_main.py:" in printed.err
    assert "--traceback" in printed.err
    assert "what somebody asked" not in printed.err
    assert len(printed.err.splitlines()) == 2


def test_a_bug_is_told_in_full_when_asked(monkeypatch, capsys):
    run_instead(monkeypatch, ValueError("what somebody asked"))
    assert main(["--traceback", "doctor"]) == 70
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_an_interrupted_command_is_quiet(monkeypatch, capsys):
    run_instead(monkeypatch, KeyboardInterrupt())
    assert main(["doctor"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_has_seen_enough_is_no_trouble(shop):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "backstory", "blame", "pay.py"]
    with subprocess.Popen(
        command, cwd=shop, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline().startswith(b"pay.py")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_output_survives_a_terminal_that_cannot_write_it(shop):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "backstory", "explain", "pay.py:1"]
    finished = subprocess.run(command, cwd=shop, env=environment, capture_output=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert b"pay.py:1" in finished.stdout


def test_every_failure_has_a_status_of_its_own():
    def children(kind):
        return [kind, *(grandchild for child in kind.__subclasses__() for grandchild in children(child))]

    statuses = {kind.exit_code for kind in children(BackstoryError)}
    assert 0 not in statuses
    assert 70 not in statuses


def test_the_version_is_told_without_loading_the_workspace():
    program = "import sys; from backstory.cli.main import main; main(['--version']); print(*sys.modules, sep='\\n')"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    finished = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
    )
    assert finished.stdout.startswith("backstory ")
    loaded = finished.stdout.split()
    assert not {"git", "tree_sitter", "lsprotocol", "msgspec", "backstory.workspace.queries"} & set(loaded)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name, capsys):
    assert main([name, "--help"]) == 0
    assert f"usage: backstory {name}" in capsys.readouterr().out


def test_every_command_is_a_module_of_its_own():
    folder = Path(command_line.__file__).parent
    others = {"__init__", "main", "asking", "open_editor", "place", "terminal"}
    assert {path.stem for path in folder.glob("*.py")} - others == set(COMMANDS)


@pytest.mark.usefixtures("shop")
def test_what_is_asked_for_is_on_stdout_and_progress_is_not(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert main(["explain", "pay.py:1"]) == 0
    assert capsys.readouterr().out.startswith("pay.py:1\n")
    assert sys.stderr.getvalue() == ""
