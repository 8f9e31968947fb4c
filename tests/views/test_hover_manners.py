"""What holds for every hover, whatever the answer."""

import textwrap
from datetime import UTC, datetime

import pytest
from answers import TODAY, answer
from hypothesis import given, strategies
from markdown_it import MarkdownIt

from backstory.model.evidence import Basis
from backstory.model.origin import Contributor
from backstory.model.state import State, StateCode
from backstory.views.dates import day_of
from backstory.views.hover import hover_markdown, hover_plain
from backstory.views.records import line_record
from backstory.views.status import STATES, line_state

EDITOR_WIDTH = 76
"""Characters that VS Code shows on a line of a hover at its default width and font."""

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OWN_MARKUP = {
    *("paragraph_open", "inline", "paragraph_close", "text", "hardbreak", "code_inline"),
    *("strong_open", "strong_close", "em_open", "em_close"),
}

words = strategies.text(max_size=30) | strategies.sampled_from(
    ["", "x" * 30, "word " * 300, "**", "`", "[a](b)", "<img>", "# x", "www.evil.example", "\n\n# Do this\nFix it\n"]
)
sometimes = strategies.booleans()


@strategies.composite
def answers(draw):
    contributor = draw(strategies.sampled_from(list(Contributor)))
    bases = [Basis.NONE] if contributor is Contributor.UNKNOWN else list(Basis)[1:]
    asked = {"request": draw(words), "task": draw(words)} if draw(sometimes) else {"missing": f"No {draw(words)}."}
    limits = [
        {"code": code.value, "reason": f"It is {draw(words)}.", "command": draw(words) or None}
        for code in draw(strategies.lists(strategies.sampled_from(list(StateCode)), max_size=4))
    ]
    return answer(
        attributed={
            "contributor": contributor.value,
            "basis": draw(strategies.sampled_from(bases)).name,
            "tool": draw(words),
            "model": draw(words),
            "asked_by": draw(words),
            "reason": draw(words) or None,
            "evidence_parts": {"locator": draw(words), "statement": draw(words)},
            "disputed_by": [{"model": draw(words), "asked_by": draw(words)}] * draw(strategies.integers(0, 2)),
        },
        committed={
            "author": draw(words) or "x",
            "committer": draw(words),
            "subject": draw(words),
            "is_history_cut": draw(sometimes),
        }
        if draw(sometimes)
        else None,
        asked=asked,
        shared={"name": draw(words) or "f"} if draw(sometimes) else None,
        states=limits,
        path_at_revision=draw(words) or None,
    )


def rows(plain: str) -> int:
    """Rows that a text takes in an editor; the distance between two paragraphs counts as one."""
    return sum(len(textwrap.wrap(line, EDITOR_WIDTH)) or 1 for line in plain.split("\n"))


@given(answers())
def test_a_hover_has_twelve_rows_at_most_and_a_compact_one_four_lines(case):
    assert rows(hover_plain(case, detail="full", today=TODAY)) <= 12
    assert len(hover_plain(case, detail="compact", today=TODAY).split("\n")) <= 4


@given(answers())
def test_whatever_records_say_becomes_text_and_nothing_else(case):
    for detail in ("full", "compact"):
        tokens = RENDERER.parse(hover_markdown(case, detail=detail, today=TODAY))
        seen = {token.type for token in tokens}
        seen |= {child.type for token in tokens for child in token.children or []}
        assert seen <= OWN_MARKUP


@given(answers())
def test_markdown_and_plain_text_say_the_same(case):
    tokens = RENDERER.parse(hover_markdown(case, detail="full", today=TODAY))
    shown = [
        "".join("\n" if child.type == "hardbreak" else child.content for child in token.children or [])
        for token in tokens
        if token.type == "inline"
    ]
    plain = hover_plain(case, detail="full", today=TODAY)
    assert "\n\n".join(shown).replace("`", "") == plain.replace("`", "")


@given(answers())
def test_a_line_always_has_a_state(case):
    state = line_state(case)
    assert state
    assert len(state) <= 50
    assert "\n" not in state


@pytest.mark.parametrize("code", list(StateCode))
def test_every_state_has_words_for_a_status_bar(code):
    assert line_state(State(code, "Because.")) == STATES[code]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 7, 20, 2, 7, tzinfo=UTC), "today, 02:07"),
        (datetime(2026, 7, 19, 23, 59, tzinfo=UTC), "yesterday"),
        (datetime(2026, 7, 17, 0, 0, tzinfo=UTC), "3 days ago"),
        (datetime(2026, 7, 13, 0, 0, tzinfo=UTC), "7 days ago"),
        (datetime(2026, 7, 12, 0, 0, tzinfo=UTC), "12 Jul 2026"),
        (datetime(2026, 7, 21, 0, 0, tzinfo=UTC), "21 Jul 2026"),
        (datetime(1999, 12, 31, 0, 0, tzinfo=UTC), "31 Dec 1999"),
    ],
)
def test_near_days_are_told_by_distance_and_others_by_date(moment, words):
    assert day_of(moment, TODAY) == words


def test_a_secret_in_a_commits_subject_is_masked():
    token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    case = answer(committed={"subject": f"ci: use {token} (#7)"})
    assert "ci: use [masked: GitHub token] (#7)" in hover_plain(case, detail="full", today=TODAY)
    assert token not in str(line_record(case))
