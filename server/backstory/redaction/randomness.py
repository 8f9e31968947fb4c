"""Whether a value looks drawn at random, as keys are, or made of words, as names and placeholders are."""

import re
from collections import Counter
from itertools import pairwise
from math import log2

_LETTERS = re.compile(r"[a-z]+")
_HEXADECIMAL = re.compile(r"(?:0x)?[0-9a-fA-F]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DIGEST = re.compile(r"(?:sha\d{1,3}|md5|blake\w{1,4}|h1)[:-]", re.IGNORECASE)

_CODE = re.compile(r"[(){}<>$*\\…]|\.\.\.|::|://|->|env\.|^\[|^@|^%|^/|^\./|^~/")
"""What stands where a secret would be, when the text is code, a template or a path."""

_STAND_INS = (
    "example|placeholder|change.?me|your|dummy|sample|redacted|masked|fixture|fake|mock|test|todo|xxx|foo.?bar|passw|"
    "secret|token|api.?key|hidden"
)
_PLACEHOLDER = re.compile(_STAND_INS, re.IGNORECASE)
_PLACEHOLDER_WORD = re.compile(rf"(?<![A-Za-z])(?i:{_STAND_INS})(?![a-z])")
"""The same as a word of its own: inside a long value the letters may stand there by chance."""

_OFTEN_FOLLOWED_BY = {
    "a": "bcdgilmnprstvy",
    "b": "elo",
    "c": "aehikot",
    "d": "eio",
    "e": "acdeflmnrstvx",
    "f": "eior",
    "g": "eho",
    "h": "aeio",
    "i": "acdeglmnorstv",
    "k": "e",
    "l": "adeiloy",
    "m": "aeiopu",
    "n": "acdegiost",
    "o": "flmnoprstuw",
    "p": "aelor",
    "r": "aeiosty",
    "s": "aehiostu",
    "t": "aehiorsuy",
    "u": "ilnprst",
    "v": "ei",
    "w": "aehio",
    "y": "s",
}
"""The pairs of letters that make up four fifths of English text and a fifth of random letters, by the first."""


def looks_random(value: str) -> bool:
    """Tell whether `value`, named as a secret by its context, is one and not a word, a name or a piece of code."""
    if len(value) < 8 or _is_stand_in(value):
        return False
    kinds = _character_kinds(value)
    if len(value) < 16:
        return kinds >= 3 and _entropy(value) >= 2.7
    has_digit = any(map(str.isdigit, value))
    return (kinds >= 3 or (kinds == 2 and has_digit)) and _entropy(value) >= 3.0


def looks_like_key(value: str) -> bool:
    """Tell whether `value` is long and mixed enough to be a key even where its context says little.

    Commit ids, UUIDs and digests are none.
    """
    if len(value) < 20 or is_identifier(value) or _is_stand_in(value):
        return False
    has_both_cases = value.lower() != value != value.upper()
    return has_both_cases and any(map(str.isdigit, value)) and _entropy(value) >= 3.5


def is_identifier(value: str) -> bool:
    """Tell whether `value` is shaped like a commit id, a UUID or a digest, which are no secrets."""
    return bool(_HEXADECIMAL.fullmatch(value) or _UUID.fullmatch(value) or _DIGEST.match(value))


def is_placeholder(value: str) -> bool:
    """Tell whether `value` only stands for a secret: `changeme`, `${TOKEN}`, `xxxxxxxx`."""
    words = _PLACEHOLDER if len(value) < 20 else _PLACEHOLDER_WORD
    return len(set(value)) < 4 or bool(words.search(value) or _CODE.search(value))


def _is_stand_in(value: str) -> bool:
    return value.isdigit() or bool(_DIGEST.match(value)) or is_placeholder(value) or _is_made_of_words(value)


def _is_made_of_words(value: str) -> bool:
    runs = _LETTERS.findall(value.lower())
    pairs = [pair for run in runs for pair in pairwise(run)]
    if not pairs or sum(map(len, runs)) < 0.6 * len(value):
        return False
    return sum(second in _OFTEN_FOLLOWED_BY.get(first, "") for first, second in pairs) >= 0.55 * len(pairs)


def _character_kinds(value: str) -> int:
    return sum(
        (
            any(map(str.islower, value)),
            any(map(str.isupper, value)),
            any(map(str.isdigit, value)),
            not value.isalnum(),
        )
    )


def _entropy(value: str) -> float:
    """Return the Shannon entropy of the characters of `value`, in bits a character."""
    total = len(value)
    return -sum(count / total * log2(count / total) for count in Counter(value).values())
