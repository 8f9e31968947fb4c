"""What was asked in one repository is never shown in another: by no folder's name, fork, copied file or note."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from joined_shop import CAPTURE, CAPTURED, REFUND, TALK, Asking, talk_of, transcript_path, write_shop

from notation.authorship import note_text
from notation.environment import isolated_environment
from notation.repository import RepositoryWriter

PRIVATE = ("Retry the capture", "write the refund", "drop the logs")


@pytest.fixture
def ask(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asking:
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    return Asking(capsys)


@pytest.fixture
def private(tmp_path: Path, home: Path) -> Path:
    """The file of a private shop; what was asked for it is told there."""
    file = write_shop(tmp_path / "private" / "shop")
    talk_of(file.parent).save(transcript_path(home))
    return file


def everything(ask: Asking, file: Path) -> str:
    """Return all that the command line says of a file and its repository."""
    commands = [
        ("blame", str(file)),
        ("blame", str(file), "--json"),
        ("explain", str(file), "--json"),
        *(("explain", f"{file}:{line}") for line in range(1, 8)),
        *(("prompt", f"{file}:{line}") for line in range(1, 8)),
        ("doctor", str(file.parent)),
        ("store", "keep", str(file.parent)),
    ]
    os.chdir(file.parent)
    commands.append(("store", "export", "--here"))
    return "".join(told.out + told.err for told in (ask(*words) for words in commands))


def check_silent(ask: Asking, file: Path) -> None:
    said = everything(ask, file)
    assert file.name in said
    assert not [words for words in PRIVATE if words in said]


def copy_into(folder: Path, *, note: bool) -> Path:
    """Write another repository with the same text, and the same note if need be."""
    with RepositoryWriter(folder) as history:
        made = history.commit("Another shop", {"pay.py": CAPTURE + REFUND, "README": "Ours.\n"})
        if note:
            history.note(made, note_text({"pay.py": ["a1"] * 7}, [TALK], base=made))
    return folder / "pay.py"


def test_in_its_own_repository_it_is_told(ask, private):
    assert PRIVATE[0] in everything(ask, private)


@pytest.mark.usefixtures("private")
def test_a_copied_file(ask, tmp_path):
    check_silent(ask, copy_into(tmp_path / "other", note=False))


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize("note", [False, True])
def test_two_folders_of_one_name(ask, tmp_path, note):
    check_silent(ask, copy_into(tmp_path / "public" / "shop", note=note))


def test_two_paths_that_the_agent_gives_one_folder(ask, tmp_path, home):
    """`/work/a/shop` and `/work/a-shop` are `-work-a-shop` to Claude Code."""
    here = write_shop(tmp_path / "a" / "shop")
    talk_of(here.parent).save(transcript_path(home))
    check_silent(ask, copy_into(tmp_path / "a-shop", note=True))


def test_a_fork_with_all_of_the_notes(ask, private, tmp_path, home):
    fork = tmp_path / "fork"
    environment = isolated_environment(home)
    subprocess.run(["git", "clone", "-q", "--mirror", private.parent, fork / ".git"], env=environment, check=True)
    subprocess.run(["git", "config", "core.bare", "false"], cwd=fork, env=environment, check=True)
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=fork, env=environment, check=True)
    check_silent(ask, fork / "pay.py")


def test_a_repository_inside_the_private_one(ask, private):
    check_silent(ask, copy_into(private.parent / "vendor" / "shop", note=True))


def test_a_work_tree_of_the_private_one_is_no_other_repository(ask, private, tmp_path, home):
    tree = tmp_path / "tree"
    command = ["git", "worktree", "add", "-q", "--detach", tree]
    subprocess.run(command, cwd=private.parent, env=isolated_environment(home), check=True)
    assert ask("prompt", f"{tree / 'pay.py'}:2", "--json").json["request"] == CAPTURED


def test_a_kept_request_stays_in_its_repository(ask, private, tmp_path, home):
    assert ask("store", "keep", str(private.parent)).out.startswith("2 requests kept")
    transcript_path(home).unlink()
    assert ask("prompt", f"{private}:2", "--json").json["request"] == CAPTURED
    check_silent(ask, copy_into(tmp_path / "public" / "shop", note=True))


def test_a_repository_that_stands_where_the_private_one_stood(ask, private, home):
    assert ask("store", "keep", str(private.parent)).out.startswith("2 requests kept")
    transcript_path(home).unlink()
    shutil.rmtree(private.parent)
    check_silent(ask, copy_into(private.parent, note=True))


def test_a_file_of_another_repository_in_a_transcript_of_this_one(ask, tmp_path, home):
    """Somebody at work here lets the agent change a file elsewhere as well."""
    here, elsewhere = write_shop(tmp_path / "here"), copy_into(tmp_path / "elsewhere", note=True)
    talk = talk_of(elsewhere.parent)
    for number, line in enumerate(talk.lines):
        talk.lines[number] = line.replace(f'"cwd": "{elsewhere.parent}"', f'"cwd": "{here.parent}"')
    talk.save(transcript_path(home))
    check_silent(ask, elsewhere)
