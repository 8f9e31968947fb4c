"""What is said of a stack trace's frames: the hover, the lens above the trace, the action."""

import pytest
from answers import PATH, REVISION, TODAY, answer
from markdown_it import MarkdownIt

from backstory.model.lines import LineRange
from backstory.model.located import Candidate, LineState, LocatedFrame, LocatedTrace, Resolved, Suspect
from backstory.model.stacktrace import Frame, StackTrace
from backstory.model.state import State, StateCode
from backstory.views.frame_hover import frame_hover_markdown, frame_hover_plain
from backstory.views.hover import hover_markdown
from backstory.views.trace_lens import lens_title, suspect_title

FOLLOWED = "The line came through unchanged from the build's commit 2860dda."


def resolved(state=LineState.MOVED, *, line=17, function="Payments.capture", because=FOLLOWED, path=PATH):
    return Resolved("/src/shop", path, line, function, state, REVISION, because)


def frame(meant=None, *, because="Its path ends alike.", candidates=(), is_library=False):
    return LocatedFrame(Frame("/app/capture.py", 15, None, "capture"), is_library, because, meant, candidates)


def trace(*frames, exception="TimeoutError"):
    told = StackTrace("python", exception, None, tuple(each.frame for each in frames), LineRange(1, 9))
    return LocatedTrace(told, frames)


def test_a_frames_hover_tells_the_place_what_became_of_it_and_the_origin():
    first, second = frame_hover_markdown(frame(resolved()), answer(), TODAY).split("\n\n")
    assert first == f"**payments/capture.py, line 17** · `Payments.capture`  \n_moved_ · {FOLLOWED}"
    assert second == hover_markdown(answer(), detail="compact", today=TODAY)


@pytest.mark.parametrize(
    ("state", "words"),
    [("exact", "at its place"), ("moved", "moved"), ("deleted", "deleted"), ("unknown", "not followed")],
)
def test_what_became_of_a_line_is_said(state, words):
    assert f"\n{words} · " in frame_hover_plain(frame(resolved(LineState(state))), answer(), TODAY)


@pytest.mark.parametrize("state", [LineState.DELETED, LineState.UNKNOWN])
def test_the_origin_of_another_line_is_not_passed_off_as_the_frames(state):
    told = frame_hover_plain(frame(resolved(state)), answer(), TODAY)
    assert told.split("\n\n")[1].startswith("What stands ")


def test_a_deleted_line_whose_file_has_gone_has_no_origin():
    told = frame_hover_plain(frame(resolved(LineState.DELETED, line=None)), None, TODAY)
    assert told.startswith("payments/capture.py · ")
    assert "stands" not in told


def test_why_there_is_no_origin_is_said():
    paused = State(StateCode.PAUSED, "Backstory is paused for this folder.")
    assert frame_hover_plain(frame(resolved()), paused, TODAY).endswith(paused.reason)


def test_a_frame_that_may_be_several_files_names_them():
    several = tuple(Candidate("/src/shop", f"{each}/capture.py", "Its path ends alike.") for each in range(8))
    told = frame_hover_plain(frame(because="Several files end alike.", candidates=several), None, TODAY)
    assert told.splitlines() == [
        "Several files end alike.",
        *(f"{each}/capture.py · Its path ends alike." for each in range(5)),
        "and 3 more",
    ]


def test_names_in_a_frame_cannot_become_markup():
    hostile = "a](http://evil)<b>`x`**.py"
    told = frame_hover_markdown(frame(resolved(path=hostile, function=hostile, because=hostile)), answer(), TODAY)
    tokens = [each.type for token in MarkdownIt().parse(told) for each in token.children or ()]
    assert "link_open" not in tokens
    assert "html_inline" not in tokens


def test_a_lens_names_the_exception_the_place_and_the_origin():
    meant = frame(resolved(LineState.EXACT))
    words = lens_title([trace(meant)], meant, answer())
    assert words == "TimeoutError · Payments.capture (payments/capture.py:17) · agent · Claude Code"


def test_a_lens_says_that_a_line_moved_or_is_gone():
    moved, deleted = frame(resolved()), frame(resolved(LineState.DELETED))
    assert " · moved since · agent" in lens_title([trace(moved)], moved, answer())
    assert lens_title([trace(deleted)], deleted, answer()).endswith(" · deleted since")


def test_a_lens_of_a_trace_from_elsewhere_says_so():
    assert lens_title([trace(frame())], None, None) == "TimeoutError · no frame is in the open folders"
    assert lens_title([trace(frame(), exception=None)], None, None).startswith("stack trace · ")


def test_a_lens_is_one_line_of_plain_text_whatever_was_printed():
    words = lens_title([trace(frame(), exception="E\n\x1b[31mrror" + "x" * 500)], None, None)
    assert "\n" not in words
    assert "\x1b" not in words
    assert len(words) < 120


def test_an_action_names_the_function_and_its_place():
    suspect = Suspect("/src/shop", PATH, "Payments.capture", 12, 7, ("It raised.",))
    assert suspect_title(suspect) == "Open suspect: Payments.capture (payments/capture.py:12)"
