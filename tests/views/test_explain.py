from answers import PATH, TODAY, answer, attribution, commit, prompt, share

from backstory.model.answer import Portion, RangeAnswer
from backstory.model.attribution import NOTHING_KNOWN
from backstory.model.lines import LineRange
from backstory.views.explain import explained_line, explained_range
from backstory.views.paint import unpainted


def line_printed(case, width=80):
    return "\n".join(explained_line(case, today=TODAY, width=width, paint=unpainted))


def range_printed(case, width=80):
    return "\n".join(explained_range(case, today=TODAY, width=width, paint=unpainted))


def portion(*ranges, known=True, **parts):
    lines = tuple(LineRange(first, last) for first, last in ranges)
    asked = prompt() if known and "contributor" not in parts else None
    return Portion(attribution(**parts) if known else NOTHING_KNOWN, lines, asked, commit())


def test_a_line_is_told_with_all_records_that_speak_of_it():
    case = answer(
        attributed={"disputed_by": [{"source": "commit", "basis": "declared", "tool": "cursor", "model": ""}]}
    )
    assert line_printed(case).split("\n\n")[-2:] == [
        (
            "Evidence\n"
            "  refs/notes/ai@2860dda · recorded: Claude Opus 4.6 (Claude Code)\n"
            "  against: 2860dda Co-authored-by · declared: Cursor"
        ),
        "Session 019fed54-6c1e-7b7a-9a77-0f2f5c9e1d11 (key s_1a2b3c4d5e6f70)",
    ]


def test_a_long_request_stands_below_in_full_and_without_its_secrets():
    token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    request = "Please retry the capture.\n\n" + "".join(f"    step({each})\n" for each in range(30)) + f"Use {token}."
    text = line_printed(answer(asked={"request": request}))
    assert "Asked in full\n  │ Please retry the capture.\n  │\n  │     step(0)\n" in text
    assert "  … 13 lines more: --json has them all" in text
    assert token not in line_printed(answer(asked={"request": f"{token} " + "word " * 100}))


def test_a_short_request_is_not_told_twice():
    assert "Asked in full" not in line_printed(answer())


def test_a_command_is_never_broken_over_two_lines():
    command = "git fetch origin 'refs/notes/*:refs/notes/*' --and --some --more --words"
    limit = {"code": "shallow", "reason": "This clone is shallow and so blame ends early.", "command": command}
    text = line_printed(answer(committed={"is_history_cut": True}, states=[limit]), width=60)
    assert f"`{command}`" in text


def test_a_selection_is_told_by_its_portions_and_the_unknown_once():
    case = RangeAnswer(
        PATH,
        LineRange(1, 20),
        (
            portion((4, 12)),
            portion((1, 3), (13, 15), known=False),
            portion((16, 19), known=False),
            portion((20, 20), contributor="human", asked_by="Bob Ray"),
        ),
        (share("capture", 9, 12), share("refund", 0, 5)),
    )
    assert range_printed(case) == (
        "payments/capture.py:1-20 · 20 lines\n"
        "\n"
        "9 lines (4-12): Claude Opus 4.6 · Claude Code — asked by Ann Lee, committed 12\n"
        "Mar 2026\n"
        "  “When the provider times out, retry the capture up to three times instead of\n"
        "  failing.”\n"
        "  2860dda payments: retry captures (#812)\n"
        "  Recorded by git-ai for these lines · refs/notes/ai@2860dda\n"
        "\n"
        "1 line (20): Bob Ray’s own — 12 Mar 2026\n"
        "  2860dda payments: retry captures (#812)\n"
        "  Recorded by git-ai as typed by a person · refs/notes/ai@2860dda\n"
        "\n"
        "10 lines (1-3, 13-19): No record says who or what wrote them.\n"
        "\n"
        "Lines that agents wrote\n"
        "  9 of 12 in capture"
    )


def test_many_portions_end_in_a_count():
    portions = tuple(portion((line, line), session=f"s_{line}") for line in range(1, 13))
    text = range_printed(RangeAnswer(PATH, LineRange(1, 12), portions, ()))
    assert "… 4 smaller portions: --json has them all" in text
