import unicodedata

import pytest
from hypothesis import given, strategies

from backstory.redaction.plain_text import one_line, terminal_safe


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain text, tab\tand\nlines", "plain text, tab\tand\nlines"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[1;1Hgone", "gone"),
        ("\x1b]0;title\x07shown", "shown"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("\x1bPdevice", "␛Pdevice"),
        ("bell\x07 null\x00 back\x08", "bell␇ null␀ back␈"),
        ("over\rwritten", "over␍written"),
        ("dos\r\nlines\r\n", "dos\nlines\n"),
        ("next\x85line", "next\N{REPLACEMENT CHARACTER}line"),
        ("\x7f", "␡"),
        ("if access != \u202e\u2066\u2069admin\u202c", "if access != admin"),
        ("zero\u200bwidth\ufeff joined\u200d", "zerowidth joined"),
        ("tag\U000e0041\U000e0042s", "tags"),
        ("lone \udcff surrogate \ud800", "lone � surrogate �"),
        ("para\u2029graph\u2028", "para graph "),
        ("日本語 é 🙂", "日本語 é 🙂"),
    ],
)
def test_what_a_terminal_obeys_is_gone(text, safe):
    assert terminal_safe(text) == safe


@given(strategies.text(alphabet=strategies.characters(exclude_categories=())))
def test_nothing_is_left_that_a_terminal_or_an_editor_obeys(text):
    safe = terminal_safe(text)
    safe.encode("utf-8")
    for character in safe:
        assert character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            *("LRE", "RLE", "LRO", "RLO", "PDF"),
            *("LRI", "RLI", "FSI", "PDI"),
        }


@given(strategies.text())
def test_what_is_safe_stays_as_it_is(text):
    assert terminal_safe(terminal_safe(text)) == terminal_safe(text)
    assert one_line(one_line(text)) == one_line(text)


@given(strategies.text())
def test_one_line_is_one_line(text):
    line = one_line(text)
    assert line.splitlines() in ([line], [])
    assert line == line.strip()
    assert "  " not in line


def test_long_unfinished_sequences_take_no_time():
    assert terminal_safe("\x1b]" * 50_000).startswith("␛]")
    assert terminal_safe("\x1b[" * 50_000).startswith("␛[")
