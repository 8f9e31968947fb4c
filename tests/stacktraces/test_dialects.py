"""Each dialect reads its samples as a person wrote down, and keeps the promises of a plug-in."""

import json
from pathlib import Path

import pytest
from stacktrace_notation import as_data

from backstory.stacktraces import DIALECTS, RECORDS
from backstory.stacktraces.parse import parse
from backstory.stacktraces.signs import literal

SAMPLES = Path(__file__).parent.parent / "samples" / "stacktraces"
ALL = (*RECORDS, *DIALECTS)
TEXTS = sorted(SAMPLES.glob("*/*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(SAMPLES).with_suffix("").as_posix())
def test_sample_is_read_as_expected(path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    read = as_data(parse(text), text)
    expected = path.with_suffix(".json")
    if request.config.getoption("--update"):
        expected.write_text(json.dumps(read, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(SAMPLES).with_suffix("").as_posix())
def test_sample_is_read_by_its_dialect_alone(path: Path) -> None:
    assert {trace.dialect for trace in parse(path.read_text(encoding="utf-8"))} == {path.parent.name}


def test_every_dialect_has_samples() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == {dialect.ID for dialect in ALL}
    assert {path.parent.name for path in TEXTS} == {dialect.ID for dialect in ALL}


def test_every_dialect_is_told_apart() -> None:
    assert len({dialect.ID for dialect in ALL}) == len(ALL)


@pytest.mark.parametrize("dialect", ALL, ids=lambda dialect: dialect.ID)
def test_signs_begin_with_a_literal(dialect: object) -> None:
    """Otherwise looking for them costs as much as reading each line."""
    assert [sign for sign in dialect.SIGNS if not literal(sign)] == []
