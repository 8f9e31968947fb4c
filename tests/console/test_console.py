"""Console transcripts: every `.console` in this folder is what a person sees who types its commands.

    # What the transcript shows
    story shop.story

    $ backstory explain pay.py:5
    …stdout…
    2> …stderr, line by line…
    [exit 2]            only where it is not 0

`$ cd FOLDER` goes elsewhere, `$ rm -rf FILE` and `$ printf TEXT > FILE` change the work tree.
`pytest tests/console --update` rewrites what the commands answer; read the diff.
"""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backstory.cli.main import main
from notation.build import build
from notation.story import read_story

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.glob("*.console"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path, tmp_path, monkeypatch, capsys, request):
    text = path.read_text(encoding="utf-8")
    head, *exchanges = re.split(r"^\$ ", text, flags=re.MULTILINE)
    root = tmp_path / "shop"
    if story := re.search(r"^story (\S+)$", head, re.MULTILINE):
        build(read_story(HERE / story[1]), root)
    else:
        root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.delenv("NO_COLOR", raising=False)
    told = [head]
    for exchange in exchanges:
        command = exchange.split("\n", 1)[0]
        told.append("\n".join((f"$ {command}", *answers(command, monkeypatch, capsys, tmp_path))) + "\n\n")
    actual = "".join(told).rstrip("\n") + "\n"
    if request.config.getoption("--update"):
        path.write_text(actual, encoding="utf-8")
    else:
        assert text == actual


def answers(command: str, monkeypatch, capsys, tmp_path: Path) -> Iterator[str]:
    """Run one line of a transcript; yield what stands below it."""
    program, *arguments = shlex.split(command)
    match program, arguments:
        case "backstory", _:
            status = main(arguments)
        case "cd", [folder]:
            monkeypatch.chdir(tmp_path if folder == ".." else folder)
            return
        case "rm", ["-rf", name]:
            shutil.rmtree(name) if Path(name).is_dir() else Path(name).unlink()
            return
        case "printf", [words, ">", name]:
            Path(name).write_bytes(words.encode().decode("unicode_escape").encode("latin-1"))
            return
        case _:
            raise AssertionError(f"no transcript runs {command}")
    printed = capsys.readouterr()
    yield from anywhere(printed.out, tmp_path).splitlines()
    yield from (f"2> {line}" for line in anywhere(printed.err, tmp_path).splitlines())
    if status:
        yield f"[exit {status}]"


def anywhere(text: str, folder: Path) -> str:
    """Return what was printed without what differs from machine to machine."""
    return re.sub(r'(git |"git_version": ")\d[\w.]*', r"\g<1>2.x", text.replace(str(folder), "…"))


def test_there_are_transcripts():
    assert len(TRANSCRIPTS) >= 5
