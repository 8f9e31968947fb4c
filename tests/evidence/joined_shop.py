"""A shop whose notes name sessions and hold no text; the transcripts of these sessions lie in a home."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from transcript_writing import BEGINS, ClaudeTranscript

from backstory.cli.main import main
from notation.authorship import Conversation, note_text
from notation.repository import ANN, Identity, RepositoryWriter

CAPTURE = "def capture(order):\n    retry(order, times=3)\n    return charge(order)\n"
REFUND = "\n\ndef refund(order):\n    return give_back(order)\n"
TALK = Conversation("a1", tool="claude", model="claude-opus-4-6", asked_by=ANN)

CAPTURED, REFUNDED = "Retry the capture three times.", "Now write the refund."


@frozen
class Told:
    """What the command line answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Asking:
    """Asks the command line."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Told:
        status = main(list(words))
        captured = self._capsys.readouterr()
        return Told(status, captured.out, captured.err)


def write_shop(
    folder: Path, *, gutter: list[str | None] | None = None, asked_by: Identity | None = ANN, subject: str = "Pay"
) -> Path:
    """Write the repository: all of `pay.py` by session a1, in one commit, at the end of its first two hours."""
    talk = Conversation("a1", tool="claude", model="claude-opus-4-6", asked_by=asked_by)
    config = f"[user]\n\tname = {ANN.name}\n\temail = {ANN.email}\n"
    with RepositoryWriter(folder, config=config) as history:
        made = history.commit(subject, {"pay.py": CAPTURE + REFUND}, when=BEGINS + timedelta(hours=2))
        marks = gutter or ["a1"] * (CAPTURE + REFUND).count("\n")
        history.note(made, note_text({"pay.py": marks}, [talk], base=made))
    return folder / "pay.py"


def talk_of(folder: Path, session: str = TALK.id) -> ClaudeTranscript:
    """Return the conversation that wrote the file: two requests, an edit each, and one thing that was said after."""
    talk = ClaudeTranscript(str(folder), session)
    talk.ask(CAPTURED)
    talk.write(str(folder / "pay.py"), CAPTURE)
    talk.ask(REFUNDED)
    talk.write(str(folder / "test_pay.py"), "def test_refund(): ...\n")
    talk.call("Edit", "toolu_refund", file_path=str(folder / "pay.py"), old_string="charge(order)\n", new_string=REFUND)
    patch = {"oldStart": 3, "oldLines": 1, "newStart": 3, "newLines": 5}
    lines = [" " + CAPTURE.splitlines()[-1], *(f"+{line}" for line in REFUND.splitlines())]
    talk.result("toolu_refund", {"filePath": str(folder / "pay.py"), "structuredPatch": [{**patch, "lines": lines}]})
    talk.ask("Thanks, and drop the logs.")
    return talk


def transcript_path(home: Path, session: str = TALK.id) -> Path:
    return home / ".claude" / "projects" / "-work-shop" / f"{session}.jsonl"
