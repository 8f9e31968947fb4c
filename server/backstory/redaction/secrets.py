"""Secrets in text, replaced by a word for what they were. Commit ids, UUIDs and digests stay."""

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import partial

from backstory.redaction.randomness import is_placeholder, looks_like_key, looks_random
from backstory.redaction.token_kinds import TOKEN_KINDS

_MOST_CHARACTERS = 512
"""Of a value that an assignment names; longer ones are no passwords."""

_LONGEST_NAME = 64
_FEWEST_DIFFERENT = 8
"""Characters in a token of a known kind; fewer, and it is a row of crosses that stands for one."""

_PRIVATE_KEY_BEGINS = re.compile(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_PRIVATE_KEY_ENDS = re.compile(r"-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_KEY_LINES = re.compile(r"(?:(?:\s|\\[nrt]|[\"'+,])*+(?:[\w-]{1,20}: [^\n\\]{1,80}|[A-Za-z0-9+/=]{16,}+))*+")
"""What can be seen of a private key whose end is missing."""

_URL_PASSWORD = re.compile(r"(?<=://)([^\s:/@\"'`<>]{0,256}):([^\s/@\"'`<>]{1,512})@")

_VALUE = (
    rf"(?:\"([^\"\n]{{6,{_MOST_CHARACTERS}}})\"|'([^'\n]{{6,{_MOST_CHARACTERS}}})'|`([^`\n]{{6,{_MOST_CHARACTERS}}})`"
    rf"|([^\s\"'`,;&()\[\]{{}}<>]{{6,{_MOST_CHARACTERS}}}))"
)
_SEPARATOR = r"[\"'`\]*]{0,4}(?:\s{0,3}(?:=>|:=|={1,3}|:)\s{0,3}|\s{1,3}(?:is|was):?\s{1,3})"
_ALWAYS_NAMED = (
    r"passw(?:or)?d|passphrase|pwd|secret|credentials?|bearer|"
    r"(?:api|access|private|account|encryption|signing|license|shared_?access)[_\s-]?key|auth[_-]?token"
)
_NAMED_ASSIGNMENT = re.compile(rf"(?:{_ALWAYS_NAMED})[\w-]{{0,30}}+{_SEPARATOR}{_VALUE}", re.IGNORECASE)
_KEY_ASSIGNMENT = re.compile(rf"(?:token|auth|(?<![A-Za-z])key)[\w-]{{0,30}}+{_SEPARATOR}{_VALUE}", re.IGNORECASE)
_OPTION = re.compile(rf"--(?:[a-z]{{1,15}}-){{0,3}}(?:password|passwd|token|secret|key)\s{{1,3}}{_VALUE}")
_USER_OPTION = re.compile(rf"(?:-u|--user)[\s=]{{1,3}}[\"']?[\w.@-]{{1,64}}:([^\s\"'`]{{6,{_MOST_CHARACTERS}}})")
_AUTHORIZATION = re.compile(
    rf"(?:bearer|basic|authorization:\s{{0,3}}token)\s{{1,3}}([\w.~+/=-]{{12,{_MOST_CHARACTERS}}})", re.IGNORECASE
)

_NAMES = ("passw", "passphrase", "pwd", "secret", "credential", "key", "token", "auth", "bearer", "basic ", "-u")
"""One of these is in every text in which a value is named as a secret."""


def mask_secrets(text: str) -> str:
    """Return `text` with each secret replaced by `[masked: what it was]`.

    Known kinds of tokens are found by their shape, others by the name they are given and the look of their value. Time
    grows with the length of the text, whatever the text is.
    """
    if "PRIVATE KEY" in text:
        text = _mask_private_keys(text)
    for kind in TOKEN_KINDS:
        if any(needle in text for needle in kind.needles):
            text = kind.pattern.sub(partial(_mask_token, kind.name), text)
    if "://" in text:
        text = _URL_PASSWORD.sub(_mask_url_password, text)
    lowered = text.lower()
    if any(name in lowered for name in _NAMES):
        text = _mask_named_values(text)
    return text


def _mask_named_values(text: str) -> str:
    text = _mask_where(text, _OPTION, looks_random, "secret")
    text = _mask_where(text, _AUTHORIZATION, looks_random, "authorization")
    text = _mask_where(text, _NAMED_ASSIGNMENT, looks_random, "secret")
    text = _mask_where(text, _KEY_ASSIGNMENT, looks_like_key, "key")
    return _mask_where(text, _USER_OPTION, looks_random, "password")


def _mask_where(text: str, pattern: re.Pattern[str], is_secret: Callable[[str], bool], kind: str) -> str:
    """Mask the value (the group that matched) of each match of `pattern` that `is_secret`."""
    parts: list[str] = []
    copied = position = 0
    while match := pattern.search(text, position):
        group = match.lastindex or 0
        first, last = match.span(group)
        if is_secret(match[group]):
            parts += (text[copied:first], _mask(kind))
            copied = position = last
        else:
            # a short value may itself name the next one: `secret: password: …`
            position = first if last - first <= _LONGEST_NAME else last
    parts.append(text[copied:])
    return "".join(parts)


def _mask_token(kind: str, match: re.Match[str]) -> str:
    group = match.lastindex or 0
    if len(set(match[group])) < _FEWEST_DIFFERENT:
        return match[0]
    first, last = match.span(group)
    start = match.start()
    return match[0][: first - start] + _mask(kind) + match[0][last - start :]


def _mask_url_password(match: re.Match[str]) -> str:
    user, password = match.groups()
    if user == password or is_placeholder(password) or "[masked" in match[0]:
        return match[0]
    return f"{user}:{_mask('password')}@"


def _mask_private_keys(text: str) -> str:
    ends = [match.end() for match in _PRIVATE_KEY_ENDS.finditer(text)]
    parts: list[str] = []
    copied = 0
    for begin in _PRIVATE_KEY_BEGINS.finditer(text):
        if begin.start() < copied:
            continue
        body = _KEY_LINES.match(text, begin.end())
        last = body.end() if body else begin.end()
        index = bisect_left(ends, last)
        if index < len(ends) and ends[index] - last <= _MOST_CHARACTERS:
            last = ends[index]
        parts += (text[copied : begin.start()], _mask("private key"))
        copied = last
    parts.append(text[copied:])
    return "".join(parts)


def _mask(kind: str) -> str:
    return f"[masked: {kind}]"
