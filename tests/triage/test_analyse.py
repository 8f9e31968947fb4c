"""A report and repositories in, frames in today's text out: the build, the editor's text, several reports, none."""

import json
from pathlib import Path

import pytest

from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.located import LineState
from backstory.model.text import Text
from backstory.triage.analyse import NO_REPOSITORY, analyse
from backstory.triage.build import NO_BUILD
from notation.repository import RepositoryWriter

OLD = "def total(cart):\n    return cart['sum']\n"
NEW = f"import json\n\n\n{OLD}"
CRASH = 'Traceback (most recent call last):\n  File "/app/shop/cart.py", line 2, in total\n    return cart\nKeyError'


@pytest.fixture
def shop(tmp_path: Path) -> tuple[Path, str]:
    """Return a repository whose cart grew by three lines since its build, and the build."""
    with RepositoryWriter(tmp_path / "shop") as history:
        build = history.commit("cart", {"shop/cart.py": OLD})
        history.commit("json", {"shop/cart.py": NEW})
    return tmp_path / "shop", build


def event(build: str) -> str:
    frame = {"filename": "shop/cart.py", "lineno": 2, "function": "total", "in_app": True}
    values = [{"type": "KeyError", "value": "'sum'", "stacktrace": {"frames": [frame]}}]
    return json.dumps({"exception": {"values": values}, "release": f"shop@{build}"})


def test_a_records_release_leads_to_todays_line(shop) -> None:
    root, build = shop
    (located,) = analyse(event(build), [discover(root)], cancellation=Cancellation())
    assert located.build == build
    assert located.remarks == ()
    (frame,) = located.frames
    assert (frame.resolved.path, frame.resolved.line, frame.resolved.state) == ("shop/cart.py", 5, LineState.MOVED)
    assert (located.suspects[0].function, located.suspects[0].line) == ("total", 5)


def test_the_open_text_counts(shop) -> None:
    root, build = shop
    opened = Text.of("# typed just now\n" + NEW)
    (located,) = analyse(
        event(build), [discover(root)], open_text=lambda _root, _path: opened, cancellation=Cancellation()
    )
    assert located.frames[0].resolved.line == 6


def test_without_a_build_it_is_said(shop) -> None:
    (located,) = analyse(CRASH, [discover(shop[0])], cancellation=Cancellation())
    assert located.remarks == (NO_BUILD,)
    assert located.frames[0].resolved.state is not LineState.EXACT


def test_without_a_repository_frames_are_told_as_printed() -> None:
    (located,) = analyse(CRASH, [], cancellation=Cancellation())
    assert located.remarks == (NO_REPOSITORY,)
    assert located.frames[0].resolved is None


def test_each_report_has_suspects_of_its_own_on_its_first_trace(shop) -> None:
    root, build = shop
    text = f"{event(build)}\nordinary\n{event(build)}"
    found = analyse(text, [discover(root)], cancellation=Cancellation())
    assert len(found) == 2
    assert found[0].suspects == found[1].suspects != ()
