"""docs/editors.md promises for the editors what a check in a real editor proves, and every check is named there."""

import re
from pathlib import Path

TOP = Path(__file__).parent.parent
CHECKS = TOP / "tests" / "e2e"
TITLE = re.compile(r"""^(?:check|test)\(\s*(?:"([^"]+)"|'([^']+)')""", re.MULTILINE)


def test_the_table_of_features_names_exactly_the_checks_that_are_run() -> None:
    page = (TOP / "docs" / "editors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (.+) \|$", page, re.MULTILINE)
    named = [check for _, check in rows[1:]]
    files = sorted(CHECKS.rglob("*.test.mjs"))
    run = [first or second for path in files for first, second in TITLE.findall(path.read_text(encoding="utf-8"))]
    assert sorted(named) == sorted(run)
