"""The page about dialects says what the list holds, and the list holds every dialect there is."""

import ast
import re
from pathlib import Path

from backstory import stacktraces
from backstory.stacktraces import DIALECTS, RECORDS

PAGE = Path(__file__).parent.parent.parent / "docs" / "stacktraces.md"
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| (.+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    table = PAGE.read_text(encoding="utf-8").split("## Dialects\n", 1)[1].split("\n## ", 1)[0]
    return ROW.findall(table)


def test_every_dialect_has_a_row_in_the_order_of_recognition() -> None:
    assert [dialect for dialect, _, _ in rows()] == [dialect.ID for dialect in (*RECORDS, *DIALECTS)]


def test_every_dialect_says_whether_it_is_verified() -> None:
    for dialect, _, verified in rows():
        assert re.match(r"\*verified\*: .+|\*unverified\*", verified), dialect


def test_every_module_that_reads_is_in_the_list() -> None:
    folder = Path(stacktraces.__file__).parent
    reading = {
        path.stem
        for path in folder.glob("*.py")
        if any(isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "SIGNS" for node in parsed(path).body)
    }
    assert reading == {dialect.__name__.rpartition(".")[2] for dialect in (*RECORDS, *DIALECTS)}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
