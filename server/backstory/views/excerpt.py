"""What of a long request is worth quoting: its first sentence that asks for something."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from attrs import frozen

from backstory.redaction.plain_text import one_line, terminal_safe
from backstory.redaction.secrets import mask_secrets

_MOST_CHARACTERS = 20_000
"""Of a request that are looked at: who asks for something after ten pages has asked before."""

_VERBS = (
    r"add|address|adjust|allow|align|analy[sz]e|apply|avoid|build|bump|change|check|clean|commit|"
    r"configure|convert|copy|correct|create|cut|debug|delete|deploy|deprecate|disable|document|"
    r"drop|edit|enable|ensure|expand|explain|expose|extend|extract|figure|find|finish|fix|follow|"
    r"format|generate|get|give|go|grab|handle|help|hide|implement|improve|include|increase|inline|"
    r"install|integrate|introduce|investigate|keep|limit|list|log|look|make|map|measure|merge|"
    r"migrate|modify|move|open|optimi[sz]e|parse|pass|patch|port|prevent|print|pull|push|put|"
    r"read|rebase|redesign|reduce|refactor|release|remove|rename|replace|restore|restructure|retry|"
    r"return|reuse|revert|review|rewrite|rework|run|save|send|set|show|simplify|skip|sort|speed|"
    r"split|start|stop|store|support|swap|switch|take|tell|test|track|translate|try|turn|tweak|"
    r"undo|unify|update|upgrade|use|validate|verify|wire|wrap|write"
)
_LEAD_IN = (
    r"(?:(?:ok(?:ay)?|hey|hi|hello|hmm+|well|so|now|then|next|first|also|and|but|great|thanks|nice|cool|please|just|"
    r"yes|no|oh|actually|step \d+|\d{1,2}[.)]|[-*•>]|@\S{1,200}(?: \([\d-]{1,20}\))?)[\s,:!.–-]{1,4}){0,6}"
)
_DEMANDS = re.compile(
    rf"{_LEAD_IN}(?:do not|don['’]t|never|always|let['’]?s|{_VERBS})\b(?! [=(])"
    rf"|(?:when(?:ever)?|if|once|after|before|while|as|for|in|on)\b.{{0,160}}?, (?:please |then )?(?:{_VERBS})\b"
    r"|.{0,200}?\b(?:please|(?:can|could|would|will) you|can we|(?:i|we) (?:really |do )?(?:want|need)|i['’]?d like|"
    r"(?:your|the) (?:task|goal|job) is)\b",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"\b(?:(?:we|you|it|this|they|there) (?:should|must|needs? to|has to|have to)|make sure)\b|\?$", re.IGNORECASE
)
_FENCED = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][\w:-]{0,60}>")
_MARKER = re.compile(r"^#+ *my request for \w{1,20}:?[ \t]*$", re.IGNORECASE | re.MULTILINE)
"""Codex's editor extension puts the open files first, then this heading, then the request."""

_SENTENCE_END = re.compile(r"(?<=[.!?…:])[\"”'’)]{0,2} +(?=[\"“'‘(@`]{0,2}[^\W\d_])")
_SAYS_LITTLE = 50
_WRAPPED_AT = 60
"""A line of at least so many characters that does not end a sentence goes on in the next line."""


@frozen
class Excerpt:
    """A quotation, secrets masked, on one line."""

    text: str
    words_in_all: int | None
    """Words of the whole request; None when the quotation is the whole."""


@lru_cache(maxsize=512)
def excerpt(request: str, limit: int) -> Excerpt:
    """Return the part of `request` to quote in at most `limit` characters."""
    text = mask_secrets(request[:_MOST_CHARACTERS])
    whole = one_line(text)
    if len(whole) <= limit and len(request) <= _MOST_CHARACTERS:
        return Excerpt(whole, None)
    if marker := _MARKER.search(text):
        text = text[marker.end() :]
    sentences = list(_sentences(text)) or [whole]
    start = _first(sentences, _DEMANDS.match)
    if start is None:
        start = _first(sentences, _WISHES.search) or 0
    return Excerpt(_from(sentences, start, limit), len(request.split()))


def _first(sentences: Sequence[str], asks: Callable[[str], object]) -> int | None:
    return next((index for index, sentence in enumerate(sentences) if asks(sentence)), None)


def _from(sentences: Sequence[str], start: int, limit: int) -> str:
    """Return the sentence at `start`; with those after it while it is too short to say much ("Fix this bug:")."""
    quoted = sentences[start]
    for sentence in sentences[start + 1 :]:
        if len(quoted) >= _SAYS_LITTLE:
            break
        quoted = f"{quoted} {sentence}"
    return shortened(quoted, limit)


def shortened(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters, cut between words where that loses little."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit * 2 // 3)
    return f"{cut[:space] if space > 0 else cut}…"


def _sentences(text: str) -> Iterator[str]:
    """Yield what a person would read as sentences: no code, no tables, no lists of files."""
    text = _TAG.sub("\n", _FENCED.sub("\n\n", terminal_safe(text)))
    for line in _unwrapped(text):
        for sentence in _SENTENCE_END.split(one_line(line)):
            if _is_prose(sentence):
                yield sentence.lstrip("#-*•> ")


def _unwrapped(text: str) -> Iterator[str]:
    """Yield the lines as they were meant: what an editor wrapped is one line again."""
    held = ""
    for line in text.split("\n"):
        goes_on = len(held) >= _WRAPPED_AT and held[-1] not in ".!?:;" and line[:1].islower()
        if goes_on:
            held = f"{held} {line}"
            continue
        if held.strip():
            yield held
        held = line.rstrip()
    if held.strip():
        yield held


def _is_prose(sentence: str) -> bool:
    words = [word for word in sentence.split() if word[:1].isalpha() and "/" not in word]
    letters = sum(map(str.isalpha, sentence))
    return len(words) >= 2 and letters >= 0.6 * len(sentence)
