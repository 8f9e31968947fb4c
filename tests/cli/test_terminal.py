import io

import pytest

from backstory.cli.terminal import ProgressLine, terminal
from backstory.views.paint import Tone


class Screen(io.StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")


def is_coloured(color, stdout):
    return terminal(color, stdout).paint(Tone.AGENT, "agent") != "agent"


def test_colours_are_for_terminals():
    assert is_coloured("auto", Screen())
    assert not is_coloured("auto", io.StringIO())


def test_colours_can_be_forced_and_refused():
    assert is_coloured("always", io.StringIO())
    assert not is_coloured("never", Screen())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_the_environment_can_refuse_colours(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert not is_coloured("auto", Screen())
    assert is_coloured("always", Screen())


def test_an_empty_no_color_refuses_nothing(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "")
    assert is_coloured("auto", Screen())


def test_colours_end_where_the_text_ends():
    assert terminal("always", io.StringIO()).paint(Tone.AGENT, "x").endswith("x\x1b[0m")
    assert terminal("always", io.StringIO()).paint(Tone.AGENT, "") == ""


def test_lines_are_cut_for_terminals_only():
    assert terminal("auto", Screen()).width == 120
    assert terminal("auto", io.StringIO()).width is None
    assert terminal("auto", Screen()).prose_width == 100
    assert terminal("auto", io.StringIO()).prose_width == 80


def test_progress_is_shown_late_now_and_then_and_taken_away():
    moments = iter([0.0, 0.1, 0.6, 0.65, 0.9])
    screen = Screen()
    progress = ProgressLine("Reading records", screen, lambda: next(moments))
    for done in (1, 2_000, 3_000, 4_000):
        progress(done, 10_685)
    progress.clear()
    shown = screen.getvalue().split("\r\x1b[K")
    assert shown == ["", "Reading records: 2,000 of 10,685", "Reading records: 4,000 of 10,685", ""]


def test_progress_is_for_terminals():
    moments = iter([0.0, 10.0])
    pipe = io.StringIO()
    progress = ProgressLine("Reading records", pipe, lambda: next(moments))
    progress(1, None)
    progress.clear()
    assert pipe.getvalue() == ""
