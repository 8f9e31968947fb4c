"""Asking Entire's checkpoints, and a conversation to keep in them."""

from collections.abc import Callable
from pathlib import Path

from entire_writing import FOLDER, Talk, metadata

from backstory.evidence.entire import EntireSource
from backstory.history.cancel import Cancellation
from backstory.model.edit import Edit
from backstory.model.evidence import Evidence
from backstory.model.prompt import Prompt, PromptMissing

Opener = Callable[[Path], EntireSource]

PAY = f"{FOLDER}/pay.py"
TALK = (
    Talk()
    .asks("Capture payments")
    .writes(PAY, "def capture():\n    charge()\n", "toolu_1")
    .asks("Retry three times")
    .edits(PAY, "    charge()\n", "    retry(charge, 3)\n", "toolu_2")
)
NEVER = Cancellation()


def session(text: str | None = None, **fields: object) -> dict[str, str | bytes]:
    """Return the files of one session in a checkpoint."""
    files: dict[str, str | bytes] = {"metadata.json": metadata(**fields)}
    return files | ({"full.jsonl": TALK.text() if text is None else text} if text != "" else {})


def edits(source: EntireSource) -> list[Edit]:
    return [edit for record in source.records(NEVER) for edit in source.edits(record, NEVER).edits]


def lines(edit: Edit) -> list[str]:
    return [line for block in edit.blocks for line in block.lines]


def request(answer: Prompt | PromptMissing) -> str:
    return answer.request if isinstance(answer, Prompt) else f"missing: {answer.reason}"


def asked(source: EntireSource, evidence: Evidence) -> str:
    return request(source.prompt(evidence, NEVER))
