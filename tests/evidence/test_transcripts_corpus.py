"""Real transcripts, where a corpus of them is at hand: eight checkpoints of entireio/cli."""

import os
from pathlib import Path

from transcript_writing import TOP

from backstory.evidence.entire_transcript import parse_transcript

CORPUS = Path(os.environ.get("BACKSTORY_CORPUS") or TOP.parent / "shared" / "corpus") / "entire" / "checkpoints"
TRANSCRIPTS = sorted(CORPUS.glob("*/*/*/full.jsonl"))


def test_real_transcripts_are_read() -> None:
    for path in TRANSCRIPTS:
        read = parse_transcript(path.read_bytes())
        assert read.tool in {"claude", "gemini"}, path
        assert sum(read.unreadable.values()) <= 1, path
        assert all(edit.at for edit in read.edits), path


def test_real_edits_have_requests_lines_and_models() -> None:
    transcripts = [parse_transcript(path.read_bytes()) for path in TRANSCRIPTS]
    edits = [edit for read in transcripts for edit in read.edits]
    assert len(edits) >= 4 * len(transcripts)
    assert sum(edit.request is not None for edit in edits) >= 0.95 * len(edits)
    assert sum(edit.is_confirmed for edit in edits) >= 0.95 * len(edits)
