"""`make demo` prints the same on every machine; `tour.txt` is what it prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from notation.repository import RepositoryWriter, git

TOP = Path(__file__).parents[2]
TRANSCRIPT = Path(__file__).with_name("tour.txt")


def run_demo(*arguments: str) -> str:
    environment = os.environ | {"PYTHONPATH": f"{TOP / 'tests'}{os.pathsep}{TOP}"}
    demo = [sys.executable, "-m", "demo", *arguments]
    finished = subprocess.run(demo, cwd=TOP, env=environment, capture_output=True, check=False)
    assert finished.returncode == 0, finished.stderr.decode()
    return finished.stdout.decode()


def test_tour(pytestconfig: pytest.Config) -> None:
    said = re.sub(r"git \d+[.\d]*", "git VERSION", run_demo().replace(str(TOP), "TOP"))
    if pytestconfig.getoption("--update"):
        TRANSCRIPT.write_text(said, encoding="utf-8")
    assert said == TRANSCRIPT.read_text(encoding="utf-8")
    assert [line for line in said.splitlines() if len(line) > 80] == []


def test_a_repository_without_any_record_gets_an_answer(tmp_path: Path) -> None:
    with RepositoryWriter(tmp_path / "plain") as history:
        history.commit("begin", {"main.c": "int main(void) { return 0; }\n"})
    said = run_demo(str(tmp_path / "plain"))
    assert "No record" in said
    assert "backstory explain main.c:1" in said
    assert "backstory doctor" in said


def test_most_agent_written_files_come_first(tmp_path: Path) -> None:
    with RepositoryWriter(tmp_path / "mixed") as history:
        declared = "add\n\nCo-authored-by: Claude <noreply@anthropic.com>\n"
        history.commit("begin", {"few.py": "a = 1\n" * 5, "none.py": "b = 1\n"})
        history.commit(declared, {"few.py": "a = 1\n" * 5 + "c = 2\n", "many file.py": "d = 3\n" * 4})
    said = run_demo(str(tmp_path / "mixed"))
    assert said.index("many file.py") < said.index("few.py")
    assert "none.py" not in said


def test_a_folder_that_is_no_repository_is_told_so(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": f"{TOP / 'tests'}{os.pathsep}{TOP}"}
    demo = [sys.executable, "-m", "demo", str(tmp_path)]
    finished = subprocess.run(demo, cwd=TOP, env=environment, capture_output=True, check=False)
    assert finished.returncode == 4
    assert b"Traceback" not in finished.stderr


def test_an_empty_repository_gets_an_answer(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "empty")
    assert "backstory doctor" in run_demo(str(tmp_path / "empty"))
