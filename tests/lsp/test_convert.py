import pytest
from lsprotocol.types import (
    Position,
    PositionEncodingKind,
    Range,
    TextDocumentContentChangePartial,
    TextDocumentContentChangeWholeDocument,
)

from backstory.lsp.convert import edit_of
from backstory.model.text import Text

UTF_8, UTF_16, UTF_32 = PositionEncodingKind.Utf8, PositionEncodingKind.Utf16, PositionEncodingKind.Utf32


def changed(source, change, encoding=UTF_16):
    text = Text.of(source)
    return text.apply(edit_of(change, text, encoding))[0].encoded().decode()


def change(first, last, text):
    return TextDocumentContentChangePartial(Range(Position(*first), Position(*last)), text)


@pytest.mark.parametrize(("encoding", "units"), [(UTF_8, 4), (UTF_16, 2), (UTF_32, 1)])
def test_a_change_after_an_astral_character(encoding, units):
    assert changed("a\n😀b\n", change((1, units), (1, units + 1), "c"), encoding) == "a\n😀c\n"


def test_a_change_of_everything():
    assert changed("a\nb", TextDocumentContentChangeWholeDocument("c\n")) == "c\n"
    assert changed("a\n", TextDocumentContentChangeWholeDocument("")) == ""


def test_the_byte_order_mark_does_not_get_into_the_text():
    assert changed("\ufeffa\n", TextDocumentContentChangeWholeDocument("\ufeffb\n")) == "\ufeffb\n"


def test_a_position_beyond_its_line_is_the_lines_end():
    assert changed("ab\nc", change((0, 99), (0, 99), "!")) == "ab!\nc"
    assert changed("ab\nc", change((1, 99), (7, 0), "!")) == "ab\nc!"
