"""What was asked, in full: whatever others wrote stays theirs, secrets stay secret, and what is cut is counted."""

from datetime import UTC, datetime

import pytest
from answers import TODAY, answer
from attrs import evolve

from backstory.model.answer import PromptAnswer
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Speaker, Turn
from backstory.views.paint import unpainted
from backstory.views.prompt_page import LONGEST_TURN, prompt_lines, prompt_page
from backstory.views.records import prompt_record

AT = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
KEY = "sk_live_51HG8vDKj2xPmVnRqT9wYzABC"
HOSTILE = f"```\n# Owned\n![x](https://example.org/x.png) \x1b[31m {KEY}\n````"


def asked(request: str = "Retry.", *, turns: tuple[Turn, ...] = (), **parts: object) -> PromptAnswer:
    conversation = Conversation(turns, **parts)
    return PromptAnswer(evolve(answer(), prompt=Prompt(request, None, AT)), conversation)


def test_what_others_wrote_stays_inside_its_fence():
    page = prompt_page(asked(HOSTILE, turns=(Turn(Speaker.AGENT, HOSTILE, AT),)), TODAY)
    outside = []
    fence = None
    for line in page.splitlines():
        if fence is None and line.startswith("```"):
            fence = line
        elif line == fence:
            fence = None
        elif fence is None:
            outside.append(line)
    assert fence is None
    assert not [line for line in outside if "Owned" in line or "![" in line]
    assert KEY not in page
    assert "\x1b" not in page


def test_in_a_terminal_it_stands_behind_a_bar():
    lines = list(prompt_lines(asked(HOSTILE), today=TODAY, width=80, paint=unpainted))
    assert "  │ # Owned" in lines
    assert all(line.startswith("  │ ") for line in lines if "Owned" in line)
    assert not [line for line in lines if "\x1b" in line or KEY in line]


def test_what_is_cut_is_counted():
    turns = (Turn(Speaker.HUMAN, "Go.", AT), Turn(Speaker.AGENT, "a" * (LONGEST_TURN + 1234)))
    page = prompt_page(asked(turns=turns, files=tuple(f"{n}.py" for n in range(23)), cut_before=3, cut_after=1), TODAY)
    for words in ("3 earlier turns left out", "1 later turn left out", "(… 1,234 characters more)", "… 3 more"):
        assert words in page


def test_tools_that_were_used_in_a_row_stand_together():
    turns = tuple(Turn(Speaker.TOOL, f"Read {name}.py", AT) for name in "abc")
    page = prompt_page(asked(turns=turns), TODAY)
    assert "Tools, 2026-03-02 09:14 UTC:\n\n```\nRead a.py\nRead b.py\nRead c.py\n```" in page


def test_where_it_was_found_is_said():
    found = asked()
    there = evolve(found.line.prompt, source="claude-code", locator="/home/ann/.claude/projects/shop/1.jsonl:7")
    page = prompt_page(evolve(found, line=evolve(found.line, prompt=there)), TODAY)
    assert "Found in Claude Code’s transcript: /home/ann/.claude/projects/shop/1.jsonl:7" in page


@pytest.mark.parametrize("prompt", [None, PromptMissing("It is gone.")])
def test_nothing_known_is_null(prompt):
    line = evolve(answer(), prompt=prompt)
    assert prompt_record(PromptAnswer(line, None)) is None
    assert "not known" in prompt_page(PromptAnswer(line, None), TODAY)


def test_the_record_holds_the_conversation_whole_and_masked():
    turns = (Turn(Speaker.HUMAN, f"Use {KEY}.", AT), Turn(Speaker.TOOL, "Edit pay.py"))
    record = prompt_record(asked("Use it.", turns=turns, files=("pay.py",)))
    assert record["request"] == "Use it."
    assert record["conversation"] == [
        {"role": "user", "at": "2026-03-02T09:14:00+00:00", "text": "Use [masked: Stripe key]."},
        {"role": "tool", "at": None, "text": "Edit pay.py"},
    ]
    assert record["files"] == ["pay.py"]
    assert record["session"] == "019fed54-6c1e-7b7a-9a77-0f2f5c9e1d11"


def test_a_conversation_that_is_not_known_says_why():
    found = evolve(asked(), conversation=PromptMissing("Only the request was kept."))
    assert "The conversation is not known: Only the request was kept." in prompt_page(found, TODAY)
    assert prompt_record(found)["conversation_missing"]["reason"] == "Only the request was kept."
