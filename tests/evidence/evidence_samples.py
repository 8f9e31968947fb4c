"""Samples of records, our own and (where a corpus of real ones is at hand) others'."""

import json
import os
from pathlib import Path

from backstory.evidence.git_ai_note import Note, parse_note

TOP = Path(__file__).parents[2]
SAMPLES = TOP / "tests" / "samples" / "git-ai"
CORPUS = Path(os.environ.get("BACKSTORY_CORPUS") or TOP.parent / "shared" / "corpus") / "git-ai"


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.note").read_bytes()


def real_notes() -> list[Path]:
    """Return the notes of the corpus; none where there is no corpus."""
    return sorted((CORPUS / "notes").glob("*.note"))


def real_oddities() -> list[tuple[str, Path]]:
    """Return each oddity class with each note of the corpus that shows it."""
    index = CORPUS / "index.json"
    if not index.exists():
        return []
    classes: dict[str, list[str]] = json.loads(index.read_text(encoding="utf-8"))
    return sorted((oddity, CORPUS / "notes" / f"{name}.note") for name, found in classes.items() for oddity in found)


def note_of(text: bytes | str) -> Note:
    note = parse_note(text.encode() if isinstance(text, str) else text, "a note")
    assert isinstance(note, Note), note.reason
    return note


def flaw_of(text: bytes | str) -> str:
    note = parse_note(text.encode() if isinstance(text, str) else text, "a note")
    assert not isinstance(note, Note)
    assert (note.source, note.locator) == ("git-ai", "a note")
    return note.reason
