import re

import pytest
from hypothesis import example, given, strategies
from markdown_it import MarkdownIt
from markdown_it.token import Token

from backstory.redaction.plain_text import one_line, terminal_safe
from backstory.views.markdown import code, escape, fence

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

AUTOLINK = re.compile(r"www\.\w|(?:https?|ftp|mailto|xmpp|command|file)://|[\w.+-]@\w", re.IGNORECASE)
"""What GFM's autolink extension, and mention finders, look for in the source."""

EMOJI = re.compile(r"(?<!\\):[\w+-]+:")
ICON = re.compile(r"(?<!\\)\$\(")

HOSTILE = (
    "**bold** _em_ __strong__ ~~gone~~ `code` ``co`de``",
    "[link](https://evil.example) ![image](x) <img src=x onerror=alert(1)> <https://auto.example>",
    "[run](command:workbench.action.terminal.new) [a]: https://x",
    "www.evil.example http://evil.example me@evil.example @everyone :smile: $(zap) $x^2$",
    "# heading",
    "- item",
    "1. item",
    "1) item",
    "> quote",
    "---",
    "***",
    "===",
    "```",
    "~~~",
    "| a | b |",
    ":-- | --:",
    "&lt; &#60; &copy; R&D",
    "\\* \\\\ trailing \\",
    "a  \nb\n\n    indented\n\ttab",
    "_",
    "__init__ capture_payment a__b _x",
    "~/.claude and ~/.codex~",
    "\x1b[31mred\x1b[0m \u202eevil\u202c z\u200bw \ud800 \x00",
)

markup = strategies.text(alphabet=strategies.sampled_from("*_`~[]()<>!#+-=|\\&;:@$./w1a \n\t\"'{}"), max_size=40)


def inline_tokens(source: str) -> list[Token]:
    tokens = RENDERER.parse(source)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], source
    return tokens[1].children or []


def check_shows(source: str, expected: str) -> None:
    """`source` is one paragraph of nothing but text, and that text is `expected`."""
    tokens = inline_tokens(source)
    assert {token.type for token in tokens} <= {"text"}, source
    assert "".join(token.content for token in tokens) == expected


def check_escape(text: str) -> None:
    source, expected = escape(text), one_line(text)
    if expected:
        check_shows(source, expected)
        check_shows(f"before {source} after", f"before {expected} after")
    assert not AUTOLINK.search(source)
    assert not EMOJI.search(source)
    assert not ICON.search(source)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(text):
    check_escape(text)


@given(markup)
def test_markup_is_shown_and_does_nothing(text):
    check_escape(text)


@given(strategies.text(max_size=60))
def test_any_text_is_shown_and_does_nothing(text):
    check_escape(text)


@given(strategies.lists(markup, min_size=2, max_size=4))
def test_pieces_side_by_side_do_not_make_markup_together(texts):
    texts = [one_line(text) for text in texts]
    source = " ".join(filter(None, map(escape, texts)))
    expected = " ".join(filter(None, texts))
    if expected:
        check_shows(source, expected)


@given(markup)
def test_emphasis_around_any_text_ends_where_the_text_ends(text):
    text = one_line(text)
    if not text:
        return
    tokens = inline_tokens(f"**{escape(text)}** · _“{escape(text)}”_ end")
    kinds = [token.type for token in tokens if token.type != "text"]
    assert kinds == ["strong_open", "strong_close", "em_open", "em_close"]


@given(markup | strategies.text(max_size=40))
@example("`")
@example("``a`")
@example("$(zap) a@b.example")
def test_a_code_span_holds_its_text_and_nothing_else(text):
    expected = one_line(text)
    tokens = inline_tokens(f"before {code(text)} after")
    kinds = [(token.type, token.content) for token in tokens]
    if expected:
        assert kinds == [("text", "before "), ("code_inline", expected), ("text", " after")]
    else:
        assert kinds == [("text", "before  after")]


@given(markup | strategies.text(max_size=80), strategies.sampled_from(["", "python", "c++", "x`\n# out", "a b"]))
@example("```\n# out\n````", "python")
def test_a_prompts_fence_stays_closed(text, language):
    tokens = RENDERER.parse(f"{fence(text, language)}\n\nafter")
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert tokens[0].content.removesuffix("\n") == terminal_safe(text).removesuffix("\n")
    assert tokens[2].content == "after"


def test_what_needs_no_escape_has_none():
    for text in ("capture_payment", "payments: retry (#812)", "see ~/.claude", "3.5 times, 31 of 44", "refs/notes/ai"):
        assert escape(text) == text
