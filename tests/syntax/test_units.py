"""Each language's sample says in its own comments where its units are: `⟦function Cart.total` opens, `⟧` closes."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.model.lines import LineRange
from backstory.model.region import SyntaxUnit, UnitKind
from backstory.syntax.languages import LANGUAGES, language_of
from backstory.syntax.units import DEEPEST_UNIT, parse_units

SAMPLES = {path.stem: path for path in (Path(__file__).parents[1] / "samples" / "syntax").iterdir()}
MARK = re.compile(r"⟦(function|class) ([^⟦⟧\n]+)|⟧")


def marked_units(text: str) -> list[SyntaxUnit]:
    """Read the marks of a sample; depth is how many are open around one."""
    units: list[SyntaxUnit | None] = []
    opened: list[tuple[int, str, str, int]] = []
    for line, written in enumerate(text.split("\n")[1:], start=2):
        for mark in MARK.finditer(written):
            if mark[1]:
                opened.append((len(units), mark[1], mark[2].strip(), line))
                units.append(None)
            else:
                place, kind, name, first = opened.pop()
                units[place] = SyntaxUnit(UnitKind(kind), name, LineRange(first, line), len(opened))
    assert not opened
    return [unit for unit in units if unit]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_units_of_each_language_are_those_that_its_sample_marks(language):
    path = SAMPLES[language]
    text = path.read_text("utf-8")
    assert list(parse_units(text.encode(), language)) == marked_units(text)
    assert marked_units(text)
    assert language_of(path.name) == language
