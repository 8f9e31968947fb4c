"""Records of JSON: no shape makes a reader fail, a document is found among other lines, foreign text stays text."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.model.stacktrace import Relation
from backstory.stacktraces import RECORDS
from backstory.stacktraces.documents import stretches
from backstory.stacktraces.parse import parse, parse_lines

SAMPLES = Path(__file__).parent.parent / "samples" / "stacktraces"
RECORD_SAMPLES = sorted(path for dialect in RECORDS for path in (SAMPLES / dialect.ID).glob("*.txt"))
NAMES = sorted(
    {
        *(
            "exception",
            "values",
            "stacktrace",
            "frames",
            "entries",
            "type",
            "data",
            "threads",
            "mechanism",
            "parent_id",
        ),
        *(
            "exception_id",
            "filename",
            "lineno",
            "line",
            "stack",
            "stackTrace",
            "attributes",
            "key",
            "value",
            "resource",
        ),
        *(
            "exception.type",
            "exception.stacktrace",
            "code.file.path",
            "processes",
            "cause",
            "errors",
            "release",
            "tags",
        ),
        *("message", "context", "framesOmitted", "error.type", "error", "suppressed", "processID", "in_app"),
    }
)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(NAMES))
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
        st.dictionaries(st.sampled_from(NAMES), inner, max_size=3).map(json.dumps),
    ),
    max_leaves=40,
)


@pytest.mark.parametrize("dialect", RECORDS, ids=lambda dialect: dialect.ID)
@given(value=VALUES)
@settings(max_examples=200, deadline=None)
def test_any_record_is_read(dialect: object, value: object) -> None:
    found = dialect.exceptions(value)
    assert all(told.parent is None or 0 <= told.parent < len(found) for told in found)


@given(value=VALUES)
@settings(max_examples=200, deadline=None)
def test_any_json_is_read_as_text(value: object) -> None:
    for text in (json.dumps(value), json.dumps(value, indent=1), f"2026-11-23 03:25:53 ERROR {json.dumps(value)}"):
        parse(text)


@pytest.mark.parametrize("path", RECORD_SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_record_is_the_same_among_other_lines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    alone = [(trace.exception_type, trace.frames) for trace in parse(text)]
    around = "\n".join(["static int f() {", "  return 1;", "}", "[", "  ordinary", "]", "{", "go()"] * 150)
    among = list(parse_lines(line + "\n" for line in f"{around}\n{text}{around}".split("\n")))
    assert [(trace.exception_type, trace.frames) for trace in among] == alone


def test_a_document_is_one_stretch() -> None:
    lines = ["before", "{", ' "a": "}",', ' "b": [1]', "}", "after", "{", "no json", "}"]
    assert [(part.first, len(part.lines), part.document is not None) for part in stretches(lines)] == [
        (1, 1, False),
        (2, 4, True),
        (6, 4, False),
    ]


def test_a_long_document_costs_what_it_is_long() -> None:
    """Its lines are no block: nothing is read of it but its value."""
    event = json.loads((SAMPLES / "sentry" / "interface.txt").read_text(encoding="utf-8"))
    event["packages"] = {f"package-{number}": "1.0" for number in range(20_000)}
    (first, second) = parse(json.dumps(event, indent=2))
    assert (first.exception_type, second.relation) == ("IllegalStateException", Relation.CAUSE)


@pytest.mark.parametrize(
    ("source", "relation"),
    [("__cause__", Relation.CAUSE), ("__context__", Relation.CONTEXT), ("InnerExceptions[0]", Relation.CAUSE)],
)
def test_the_mechanism_tells_how_exceptions_belong(source: str, relation: Relation) -> None:
    frames = {"frames": [{"filename": "a.py", "lineno": 1, "function": "f"}]}
    values = [
        {"type": "KeyError", "stacktrace": frames, "mechanism": {"exception_id": 1, "parent_id": 0, "source": source}},
        {"type": "ValueError", "stacktrace": frames, "mechanism": {"exception_id": 0}},
    ]
    outer, inner = parse(json.dumps({"exception": {"values": values}}))
    assert (outer.exception_type, inner.relation, inner.parent) == ("ValueError", relation, 0)


def test_breadcrumbs_of_an_event_are_no_traces() -> None:
    traces = parse((SAMPLES / "sentry" / "interface.txt").read_text(encoding="utf-8"))
    assert "Old.java" not in {frame.filename for trace in traces for frame in trace.frames}


def test_records_of_the_same_stack_keep_their_own_builds() -> None:
    stack = "Error: no cart\n    at total (/app/cart.js:1:2)"
    lines = [json.dumps({"level": "error", "release": f"shop@{each}", "stack": stack}) for each in (1, 2)]
    assert [trace.release for trace in parse("\n".join(lines))] == ["shop@1", "shop@2"]
    array = json.dumps([json.loads(line) for line in lines], indent=1)
    assert [trace.release for trace in parse(array)] == ["shop@1", "shop@2"]
