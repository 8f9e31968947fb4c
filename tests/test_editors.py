"""The README promises for editors what a check in a real editor proves, and every check is named there."""

import re
from pathlib import Path

TOP = Path(__file__).parent.parent
CHECKS = TOP / "tests" / "e2e"
TITLE = re.compile(r"""^(?:check|test)\(\s*(?:"([^"]+)"|'([^']+)')""", re.MULTILINE)


def test_the_table_of_features_names_exactly_the_checks_that_are_run() -> None:
    page = (TOP / "README.md").read_text(encoding="utf-8")
    table = page.partition("| feature | check in `tests/e2e` |\n")[2].partition("\n\n")[0]
    named = [check for _, check in re.findall(r"^\| (.+) \| (.+) \|$", table, re.MULTILINE)]
    files = sorted(CHECKS.rglob("*.test.mjs"))
    run = [first or second for path in files for first, second in TITLE.findall(path.read_text(encoding="utf-8"))]
    assert sorted(named) == sorted(run)
