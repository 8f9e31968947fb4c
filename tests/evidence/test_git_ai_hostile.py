"""Notes that somebody broke, or made to break us: nothing is raised, everything odd is reported."""

import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from git_ai_mutations import LONG_LINES, long_line, mutations
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.evidence.git_ai_claims import claims_of
from backstory.evidence.git_ai_legacy import LegacyRecord, parse_legacy, resolve_author
from backstory.evidence.git_ai_note import Note, parse_note
from backstory.evidence.git_ai_prompt import prompt_of
from backstory.evidence.git_ai_records import Records
from backstory.model.evidence import Unreadable
from backstory.model.names import RepoPath
from backstory.model.prompt import Prompt, PromptMissing
from bench.oracle.git_ai import parse

PATHS = [RepoPath("pay.py"), RepoPath("src/part7.py"), RepoPath("docs/how to pay.md"), RepoPath("README.md")]


def use(text: bytes) -> Note | LegacyRecord | Unreadable:
    """Do with a text all that reading it can lead to."""
    for reader in (parse_note, parse_legacy):
        record = reader(text, "a note")
        if isinstance(record, Unreadable):
            assert record.reason
            continue
        metadata = record.metadata if isinstance(record, Note) else None
        resolve = Records(metadata, lambda _: None).resolve if metadata else resolve_author
        for path in PATHS:
            claims = claims_of(record.entries(path), resolve)
            assert all(lines.first >= 1 for _, found in claims.decided for lines in found)
        for key in [*(metadata.prompts or ()), *(metadata.sessions or ())] if isinstance(record, Note) else ():
            assert isinstance(prompt_of(record, key, PATHS[0]), Prompt | PromptMissing)
    return parse_note(text, "a note")


@pytest.fixture
def _numbers_of_any_length() -> Iterator[None]:
    """Let the reference read what Python takes for an attack."""
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    yield
    sys.set_int_max_str_digits(limit)


@pytest.mark.usefixtures("_numbers_of_any_length")
def test_ten_thousand_mutations() -> None:
    """Nothing is raised, and what the slow reference cannot read is reported; we report a little more than that."""
    outcomes = Counter((is_readable_by_reference(text), type(use(text))) for text in mutations())
    assert outcomes.total() == 10_000
    assert outcomes[False, Note] == 0
    assert outcomes[True, Note] > 500, "what is tolerated must occur"
    assert outcomes[False, Unreadable] > 1_000, "what is reported must occur"
    assert outcomes[True, Unreadable] < 100, "other schemas and what the reference skips"


def is_readable_by_reference(text: bytes) -> bool:
    try:
        parse(text.decode("utf-8", "surrogateescape"))
    except (ValueError, TypeError, RecursionError):
        return False
    return True


@pytest.mark.parametrize("place", LONG_LINES)
def test_a_line_of_a_hundred_megabytes(place: str) -> None:
    text = long_line(place)
    assert len(text) > 100_000_000
    record = parse_note(text, "a note")
    assert isinstance(record, Unreadable)
    assert record.reason == "It has 95 MiB; no more than 32 MiB are read."
    assert isinstance(parse_legacy(text, "a note"), Unreadable)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(text: bytes) -> None:
    use(text)


pieces = st.sampled_from(
    [
        "pay.py",
        '"pay.py"',
        "\n",
        "\r\n",
        "  ",
        " ",
        "k",
        "s_1::t_2",
        "h_1",
        "1",
        "-",
        ",",
        "9" * 30,
        "---",
        "{}",
        "{",
        '"prompts"',
        '"sessions"',
        ":",
        "}",
        "[",
        "]",
        '"messages"',
        '"s_1"',
        "\0",
        "é",
        "null",
        "\ufeff",
    ]
)


@settings(deadline=None)
@given(st.lists(pieces, max_size=60).map("".join))
def test_any_text_of_the_notation(text: str) -> None:
    use(text.encode())
