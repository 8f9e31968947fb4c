"""Golden hovers: `tests/hovers/*.md` hold a sentence, the case's values, and the hovers exactly.

`pytest tests/views/test_hover_cases.py --update` rewrites what is expected; read the diff before committing.
"""

import tomllib
from pathlib import Path

import pytest
from answers import TODAY, answer

from backstory.model.answer import LineAnswer
from backstory.views.hover import hover_markdown, hover_plain
from backstory.views.status import line_state

CASES = sorted((Path(__file__).parent.parent / "hovers").glob("*.md"))
OPENING, CLOSING = "````toml\n", "````\n"


def rendered(case: LineAnswer) -> str:
    """The expected part of a case's file."""
    parts = [
        ("Full", hover_markdown(case, detail="full", today=TODAY)),
        ("Compact", hover_markdown(case, detail="compact", today=TODAY)),
        ("Plain", hover_plain(case, detail="full", today=TODAY)),
        ("Status bar", line_state(case)),
    ]
    return "".join(f"\n---- {title}\n{text}\n" for title, text in parts)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_hover(path, request):
    text = path.read_text(encoding="utf-8")
    opening = text.index(OPENING) + len(OPENING)
    closing = text.index(CLOSING, opening)
    actual = rendered(answer(**tomllib.loads(text[opening:closing])))
    if request.config.getoption("--update"):
        path.write_text(text[: closing + len(CLOSING)] + actual, encoding="utf-8")
    else:
        assert text[closing + len(CLOSING) :] == actual


def test_there_are_cases():
    assert len(CASES) >= 20
