"""The words of names and sentences: `strip_jsonp`, `StripJSONP` and "strip JSONP" are the same two."""

import re

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_NAME = re.compile(r"[^\W\d]\w*")
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a an and as at be been but by can do does for from had has have if in into is it its not of on or self should "
        "so spec that the then this to was were when which will with",
    )
)
"""Words that are in every sentence and every name of a test."""

_OF_TESTS = frozenset({"case", "test", "tests", "testing"})


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, parts of names each by themselves."""
    return [word.lower() for word in _WORD.findall(text) if len(word) > 1]


def telling_words(text: str) -> frozenset[str]:
    """Return the words that may tell what a text is about."""
    return frozenset(words_of(text)) - _EMPTY - _OF_TESTS


def names_in(text: str) -> frozenset[str]:
    """Return the names of a piece of code, keywords among them."""
    return frozenset(_NAME.findall(text))
