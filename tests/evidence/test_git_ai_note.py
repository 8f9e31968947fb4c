"""The grammar of git-ai notes: what is read, what is tolerated, what is reported."""

import pytest
from evidence_samples import flaw_of, note_of, sample

from backstory.evidence.git_ai_note import LAST_LINE, MAX_RANGES, Entry
from backstory.model.names import RepoPath

EMPTY = '{"schema_version": "authorship/3.0.0", "prompts": {}}'
PAY = RepoPath("pay.py")


def entries(attestation: str, path: str = "pay.py") -> list[tuple[str, list[tuple[int, int]]]]:
    note = note_of(f"{attestation}---\n{EMPTY}")
    return [(entry.key, list(entry.ranges)) for entry in note.entries(RepoPath(path))]


def test_entries_come_in_the_order_written() -> None:
    written = "pay.py\n  h_1 4\n  s_1::t_1 1-3,9\n  h_1 2\n"
    assert entries(written) == [("h_1", [(4, 4)]), ("s_1::t_1", [(1, 3), (9, 9)]), ("h_1", [(2, 2)])]


def test_a_file_that_the_note_does_not_name_has_no_entries() -> None:
    assert entries("pay.py\n  k 1\n", "pay.pyi") == []
    assert entries("src/pay.py\n  k 1\n") == []
    assert entries("pay.py.bak\n  k 1\n") == []


@pytest.mark.parametrize(
    "written",
    [
        "pay.py\r\n  k 1-2,4\r\n",
        "pay.py  \t\n  k 1-2,4   \n",
        "\n\npay.py\n\n  k 1-2,4\n\n   \n",
        "pay.py\n  k 1-2,,4,\n",
        "pay.py\n  k ,1-2,4\n",
        '"pay.py"\n  k 1-2,4\n',
        "pay.py\nother.py\n  j 9\npay.py\n  k 1-2,4\n",
        "pay.py\n  k 1-2,4\npay.py\n  j 9\n",
        "pay.py\n  k 0000000000001-2,4\n",
    ],
    ids=[
        "carriage returns",
        "spaces at the end",
        "blank lines",
        "empty item",
        "empty first item",
        "quotes nobody needs",
        "block without entries",
        "second block of the same name",
        "leading zeros",
    ],
)
def test_tolerated(written: str) -> None:
    assert entries(written) == [("k", [(1, 2), (4, 4)])]


@pytest.mark.parametrize(
    "path", ["docs/how to pay.md", "tab\there", "ünïcode.py", 'with"quote', "a", "---x", " indented"]
)
def test_any_path(path: str) -> None:
    assert entries(f'"{path}"\n  k 1\n', path) == [("k", [(1, 1)])]
    if not path.startswith("  "):
        assert entries(f"{path}\n  k 1\n", path) == [("k", [(1, 1)])]


def test_a_path_in_quotes_of_its_own_is_written_with_two_pairs() -> None:
    assert entries('""a""\n  k 1\n', '"a"') == [("k", [(1, 1)])]
    assert entries('"a"\n  k 1\n', '"a"') == []
    assert entries('"a"\n  k 1\n', "a") == [("k", [(1, 1)])]


def test_a_path_that_is_not_utf8() -> None:
    note = note_of(b"caf\xe9.py\n  k 1\n---\n" + EMPTY.encode())
    assert note.entries(RepoPath(b"caf\xe9.py".decode("utf-8", "surrogateescape"))) == (Entry("k", ((1, 1),)),)


def test_ranges_are_kept_as_written() -> None:
    assert entries("pay.py\n  k 9-3,0,5-5,1-9999999\n") == [("k", [(9, 3), (0, 0), (5, 5), (1, 9_999_999)])]


def test_numbers_beyond_all_files_are_cut() -> None:
    digits = "9" * 5_000
    assert entries(f"pay.py\n  k 3-{digits},{digits}\n") == [("k", [(3, LAST_LINE), (LAST_LINE, LAST_LINE)])]


@pytest.mark.parametrize("ending", ["---\n", "---\r\n", "---"])
def test_the_divider_is_the_first_line_of_three_hyphens(ending: str) -> None:
    text = f"pay.py\n  k 1\n{ending}"
    if ending.endswith("\n"):
        assert note_of(text + EMPTY + "\n---\n".replace("\n---\n", "")).entries(PAY)
    else:
        assert "not the JSON" in flaw_of(text)


def test_a_line_that_only_begins_like_the_divider_is_a_path() -> None:
    assert entries("----\n  k 1\n", "----") == [("k", [(1, 1)])]
    assert entries("--- \n  k 1\n---x\n  j 2\n", "---x") == [("j", [(2, 2)])]


@pytest.mark.parametrize(
    ("attestation", "line"),
    [
        ("  k 1\n", 1),
        ("pay.py\n  k\n", 2),
        ("pay.py\n  k \n", 2),
        ("pay.py\n   k 1\n", 2),
        ("pay.py\n  k 1\n  k 1-\n", 3),
        ("pay.py\n  k -1\n", 2),
        ("pay.py\n  k 1-2-3\n", 2),
        ("pay.py\n  k 1, 2\n", 2),
        ("pay.py\n  k one\n", 2),
        ("pay.py\n  k ١\n", 2),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_breaks_the_grammar_is_reported_with_its_line(attestation: str, line: int) -> None:
    assert flaw_of(f"{attestation}---\n{EMPTY}") == f"Line {line} is neither a path nor an entry of a path."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "It is empty."),
        ("pay.py\n  k 1\n", "a note that was cut, or another tool's text"),
        ("tracy-id: 0a1b2c", "another tool's text"),
        ("\0\1\2", "binary data"),
        ("version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"),
        ('{"version": 2, "session": {}, "prompts": [], "files": []}', "JSON of whogitit"),
        ('{"version": 1, "timestamp": 1, "attributions": []}', "JSON of agentblame"),
        ('{"id": "1", "version": "0.1.0", "timestamp": "", "files": []}', "JSON of Agent Trace"),
        ('{"something": "else"}', "JSON of another tool"),
        ('{"version": 2, "session": {', "a note that was cut"),
        ("pay.py\n  k 1\n---\n", "not the JSON of an authorship log"),
        ("---\n[]", "not the JSON of an authorship log"),
        ('---\n{"prompts": []}', "not the JSON of an authorship log"),
        ("---\n{} {}", "not the JSON of an authorship log"),
        ("---\n" + "[" * 100_000, "not the JSON of an authorship log"),
        ('---\n{"x": ' + "[" * 100_000, "nested too deeply"),
        ('---\n{"schema_version": "authorship/4.0.0"}', "Its schema is not authorship/3."),
        (f"a\n  k {'1,' * MAX_RANGES}\n---\n{EMPTY}", "more than 500,000 ranges"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_note_is_reported_in_words_of_ours(text: str, words: str) -> None:
    reason = flaw_of(text)
    assert words in reason
    assert reason.endswith(".")


def test_nothing_of_the_text_is_in_the_report() -> None:
    assert "hunter2" not in flaw_of('{"hunter2": 1}') + flaw_of("hunter2") + flaw_of("---\nhunter2")


@pytest.mark.parametrize(
    ("name", "claims"), [("empty_attestation", False), ("human_word", True), ("quoted_path", True)]
)
def test_whether_a_note_claims_lines(name: str, *, claims: bool) -> None:
    assert note_of(sample(name)).claims_lines is claims
