import pytest
from annotations import annotated_file
from hypothesis import given, strategies

from backstory.model.state import State, StateCode
from backstory.views.columns import cut, padded, width_of
from backstory.views.gutter import DOUBTFUL, WORDS, annotated
from backstory.views.paint import unpainted

CODE = ["def capture(order):", "\treturn order", "x", "y", "z", "a", "b", "c"]


def printed(width, texts=CODE, states=()):
    return list(annotated(annotated_file(states), texts, width=width, paint=unpainted))


def test_a_roomy_gutter_tells_agent_person_and_commit():
    assert printed(None) == [
        "payments/capture.py · 8 lines: 2 agent, 1 agent?, 1 human, 1 robot, 3 unknown",
        "",
        "agent  Claude Opus 4.6 Ann Lee       2860dda 1 │def capture(order):",
        "agent                                        2 │    return order",
        "?                      Cy Fox        411cf74 3 │x",
        "?                                            4 │y",
        "human                  Bob Ray       411cf74 5 │z",
        "agent? Claude Code     Cy Fox        411cf74 6 │a",
        "robot  dependabot                    411cf74 7 │b",
        "?                      not committed ······· 8 │c",
        "",
        "agent?  An agent took part in the commit; which lines are its own is not recorded.",
    ]


def test_a_narrow_gutter_leaves_room_for_the_code():
    assert printed(80)[2:8] == [
        "agent  Claude Code  2860dda 1 │def capture(order):",
        "agent                       2 │    return order",
        "?      Cy Fox       411cf74 3 │x",
        "?                           4 │y",
        "human  Bob Ray      411cf74 5 │z",
        "agent? Claude Code  411cf74 6 │a",
    ]


@pytest.mark.parametrize("width", [40, 80, 109, 110, 200])
def test_no_line_is_wider_than_the_terminal(width):
    texts = ["x" * 300, "\t" * 90, "日本語" * 60, "e\u0301" * 200, "a", "b", "c", "d"]
    assert all(width_of(line) <= width for line in printed(width, texts)[2:-2])


def test_nothing_is_cut_in_a_pipe():
    assert "x" * 300 in printed(None, ["x" * 300, *CODE[1:]])[2]


def test_code_cannot_play_tricks_on_the_terminal():
    texts = ["\x1b[2Jgone", "a\rb", "\u202eevil", "form\ffeed", "a", "b", "c", "d"]
    lines = printed(None, texts)
    assert [line.partition("│")[2] for line in lines[2:6]] == ["gone", "a␍b", "evil", "form␌feed"]


def test_states_stand_above_the_lines_with_the_command_that_helps():
    shallow = State(StateCode.SHALLOW, "This clone is shallow.", "git fetch --unshallow")
    assert printed(80, states=[shallow])[1] == "This clone is shallow. Run `git fetch --unshallow`."


def test_every_word_fits_its_column():
    assert all(len(word) <= len(DOUBTFUL) for word in WORDS.values())


@given(strategies.text(), strategies.integers(0, 40))
def test_padded_text_has_its_cells(text, cells):
    assert width_of(cut(text, cells)) <= cells
    assert width_of(padded(text, cells)) == cells
