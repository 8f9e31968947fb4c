"""Lines not committed yet, found in the transcript of the session that wrote them, with what was asked."""

import json
import os
from pathlib import Path

import pytest

from backstory.history.cancel import Cancellation
from backstory.model.evidence import Basis
from backstory.model.origin import Contributor
from backstory.model.prompt import Prompt
from backstory.workspace.queries import Queries

ASKED = "Add a discount for regular customers."
DISCOUNT = "\n\ndef discount(order):\n    regular = order.customer.is_regular\n    return 10 if regular else 0\n"
COMMITTED = 7
"""Lines of `pay.py` at HEAD."""

SESSION = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CLAUDE_CONFIG_DIR", raising=False)
    return tmp_path / "home"


@pytest.fixture
def transcript(home: Path, shop: Path) -> Path:
    """A session that wrote `DISCOUNT` into `pay.py`."""
    call = {"type": "tool_use", "id": "toolu_1", "name": "Edit", "input": {"file_path": str(shop / "pay.py")}}
    done = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "done"}
    patch = {"oldStart": 7, "oldLines": 0, "newStart": 8, "newLines": 5}
    result = {
        "filePath": str(shop / "pay.py"),
        "structuredPatch": [{**patch, "lines": [f"+{line}" for line in DISCOUNT.splitlines()]}],
    }
    entries: list[dict[str, object]] = [
        {"type": "user", "message": {"role": "user", "content": ASKED}},
        {"type": "assistant", "message": {"role": "assistant", "model": "claude-opus-4-6", "content": [call]}},
        {"type": "user", "message": {"role": "user", "content": [done]}, "toolUseResult": result},
    ]
    folder = home / ".claude" / "projects" / "shop"
    folder.mkdir(parents=True)
    common = {"sessionId": SESSION, "cwd": str(shop), "timestamp": "2026-03-02T09:00:00Z"}
    lines = [
        json.dumps(
            {**common, "uuid": f"entry-{number}", "parentUuid": f"entry-{number - 1}" if number else None, **entry}
        )
        for number, entry in enumerate(entries)
    ]
    (folder / f"{SESSION}.jsonl").write_text("\n".join(lines) + os.linesep)
    return folder / f"{SESSION}.jsonl"


def write(shop: Path, more: str) -> None:
    (shop / "pay.py").write_text((shop / "pay.py").read_text() + more)


def test_a_terminal_hears_who_wrote_them_and_what_was_asked(shop: Path, transcript: Path, queries: Queries) -> None:
    write(shop, DISCOUNT + "mine = True\n")
    file = queries.annotate_with_prompts(shop / "pay.py", Cancellation())
    told = [(line.attribution.basis, line.attribution.origin.contributor) for line in file.lines]
    assert told[COMMITTED:-1] == [(Basis.MATCHED, Contributor.AI)] * len(DISCOUNT.splitlines())
    assert told[-1] == (Basis.NONE, Contributor.UNKNOWN)
    prompt = file.lines[-2].prompt
    assert isinstance(prompt, Prompt)
    assert prompt.request == ASKED
    answer = queries.line(shop / "pay.py", COMMITTED + 3, Cancellation())
    assert answer.commit is None
    assert isinstance(answer.prompt, Prompt)
    conversation = queries.prompt(shop / "pay.py", COMMITTED + 3, Cancellation()).conversation
    assert conversation is not None
    assert str(transcript) in getattr(conversation, "locator", "")


def test_a_new_file_is_looked_up_too(shop: Path, transcript: Path, queries: Queries) -> None:
    transcript.write_text(transcript.read_text().replace("pay.py", "discount.py"))
    (shop / "discount.py").write_text(DISCOUNT)
    lines = queries.annotate(shop / "discount.py", Cancellation()).lines
    assert {line.attribution.basis for line in lines} == {Basis.MATCHED}


@pytest.mark.usefixtures("transcript")
def test_an_editor_learns_of_them_after_a_look_and_typing_moves_them(
    shop: Path, monkeypatch: pytest.MonkeyPatch, editor
) -> None:
    monkeypatch.setattr("backstory.workspace.buffer.REST_SECONDS", 0)
    write(shop, DISCOUNT)
    buffer = editor.open(shop / "pay.py")
    line = COMMITTED + 3
    asked = 0
    while editor.answer(buffer, line).attribution.basis is not Basis.MATCHED:
        asked += 1
        assert asked < 10_000_000
    editor.type(buffer, 1, "# typed\n")
    answer = editor.answer(buffer, line + 1)
    assert answer.attribution.basis is Basis.MATCHED
    assert isinstance(answer.prompt, Prompt)
