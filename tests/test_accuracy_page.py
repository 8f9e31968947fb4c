"""`docs/accuracy.md` has what its commands print: tables with every row, and what was measured with what."""

import re
from pathlib import Path

import pytest

from rewrites.classes import REWRITES

TOP = Path(__file__).parent.parent
PAGE = (TOP / "docs" / "accuracy.md").read_text(encoding="utf-8")
REWRITES_SECTION = "Rewrites"
ROWS = {
    "git-ai: hidden notes found again": ["recoverable", "precision", "strict precision", "recall"],
    "git-ai: every line at HEAD": ["ai", "unknown"],
    "entireio/cli: added lines explained": ["explained by the plain reference (baseline)", "of these with its request"],
    "whogitit: agreement with its snapshots": ["AI", "AIModified", "Human", "Original", "all"],
}


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def table(heading: str) -> list[list[str]]:
    rows = [line for line in section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("heading", [*ROWS, REWRITES_SECTION])
def test_each_table_says_how_it_was_made(heading: str) -> None:
    command = re.search(r"^    \$ python -m (bench\.\w+)", section(heading), re.MULTILINE)
    assert command
    module = TOP / command[1].replace(".", "/")
    assert module.with_suffix(".py").exists() or (module / "__main__.py").exists()
    assert re.search(r"backstory [0-9a-f]{12}, git \d+\.\d+", section(heading))


@pytest.mark.parametrize("heading", ROWS)
def test_each_table_has_its_rows_with_numbers(heading: str) -> None:
    header, _, *rows = table(heading)
    names = [row[0] for row in rows]
    assert set(ROWS[heading]) <= set(names)
    assert all(len(row) == len(header) for row in rows)
    assert all(re.search(r"\d", " ".join(row[1:])) for row in rows)
    assert re.search(r"HEAD [0-9a-f]{12}", section(heading))
    assert re.search(r"^[\d,]+ s, peak [\d,]+ MiB", section(heading), re.MULTILINE)


def test_every_rewrite_has_a_row() -> None:
    _, _, *rows = table(REWRITES_SECTION)
    assert [row[0] for row in rows] == list(REWRITES)
