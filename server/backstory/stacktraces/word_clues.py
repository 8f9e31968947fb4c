"""What the words of a report say about functions: its failing tests, its message, the lines of tests that it quotes."""

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from backstory.model.located import LocatedTrace
from backstory.stacktraces.clues import Clue, Finding
from backstory.stacktraces.failing_tests import failing_tests, tested_name
from backstory.stacktraces.frame_clues import frames_of_tests
from backstory.stacktraces.function_facts import FunctionFacts
from backstory.stacktraces.word_ranking import Likeness, WordRanking
from backstory.stacktraces.words import names_in, telling_words, words_of

LINES_BEFORE = 30
LINES_AFTER = 80
"""Of a report, so much around its traces is read for words."""

LONGEST_LINE = 1_000
MOST_WORDS = 400
WORDS_SHOWN = 4

_BREAK = re.compile(r"\r\n|\n|\r")


@frozen
class Asked:
    """What a report asks for, in words."""

    names: frozenset[str]
    """Words of the failing tests' names; of the messages where no test is named."""

    suites: frozenset[str]
    words: frozenset[str]
    """Words of the messages and of what stands around the traces."""

    called: frozenset[str]
    """Names in the lines of tests that the trace quotes."""

    used: frozenset[str]
    """Names in the failing tests' text."""

    imported: frozenset[str]
    """Names that the failing tests' files import."""

    files: frozenset[str]
    """Names of the tests' files, without what makes them tests'."""

    what: str
    """Where `names` come from, in words."""


def asked_by(traces: Sequence[LocatedTrace], report: str, tests: Sequence[FunctionFacts]) -> Asked:
    """Return what a report asks for, with what is known of the functions of tests."""
    named = failing_tests(_around(traces, report))
    frames = [frame for frame in frames_of_tests(traces) if frame.resolved]
    own = {test.name for test in named} or {frame.frame.function or "" for frame in frames}
    messages = " ".join(f"{one.trace.exception_type or ''} {one.trace.message or ''}" for one in traces)
    names = telling_words(" ".join(own))
    places = {(frame.resolved.path, _last(frame.frame.function)) for frame in frames if frame.resolved}
    paths = {path for path, _ in places}
    text = [test for test in tests if test.name and (test.path, _last(test.name)) in places]
    imports = [test for test in tests if test.name is None and test.path in paths]
    quoted = " ".join(frame.frame.context_line or "" for frame in frames)
    return Asked(
        names=names or telling_words(messages),
        suites=telling_words(" ".join(test.around for test in named)),
        words=_telling(_around(traces, report), messages, quoted),
        called=names_in(quoted),
        used=_used(text, tests),
        imported=frozenset().union(*(test.uses for test in imports)),
        files=frozenset({tested_name(path) for path in paths} | {test.file for test in named}) - {""},
        what="the failing test's name" if names else "the message",
    )


class WordClues:
    """Functions, and what the words that are asked for say about each."""

    def __init__(self, functions: Sequence[FunctionFacts], asked: Asked) -> None:
        names = [_name_words(function) for function in functions]
        in_names = WordRanking.of([dict.fromkeys(words, 1) for words in names])
        in_texts = WordRanking.of([function.words for function in functions])
        self._functions = functions
        self._asked = asked
        self._likenesses = (
            (Clue.NAME, "its name", asked.what, in_names.likenesses(asked.names)),
            (Clue.SUITE, "its name", "the test's class", in_names.likenesses(asked.suites)),
            (Clue.TEXT, "its text", asked.what, in_texts.likenesses(asked.names)),
            (Clue.REPORT, "its text", "the report", in_texts.likenesses(asked.words)),
        )
        self._namesakes: dict[str, int] = {}
        for function in functions:
            self._namesakes[_last(function.name)] = self._namesakes.get(_last(function.name), 0) + 1

    def findings(self, number: int) -> Iterator[Finding]:
        """Yield what speaks for one of the functions, by its index."""
        for clue, where, whence, likenesses in self._likenesses:
            if likenesses[number].share:
                yield Finding(clue, likenesses[number].share, _shared(where, whence, likenesses[number]))
        yield from self._named(self._functions[number])

    def _named(self, function: FunctionFacts) -> Iterator[Finding]:
        asked, name, around = self._asked, _last(function.name), _around_name(function.name)
        file = tested_name(function.path)
        stem = function.path.split("/")[-2] if file == "__init__" and "/" in function.path else file.strip("_")
        share = 1 / max(1, self._namesakes.get(name, 1))
        if name in asked.called:
            yield Finding(Clue.CALLED, share, f"the test's line that failed names {name}")
        elif name in asked.used:
            yield Finding(Clue.USED, share, f"the failing test names {name}")
        if around in asked.called:
            yield Finding(Clue.CLASS_CALLED, 1.0, f"the test's line that failed names {around}")
        elif around in asked.used:
            yield Finding(Clue.CLASS_USED, 1.0, f"the failing test names {around}")
        if stem in asked.files:
            yield Finding(Clue.FILE, 1.0, f"the test's file is named after {stem}")
        if name in asked.files:
            yield Finding(Clue.FILE_NAMED_AFTER, 1.0, f"the test's file is named after {name}")
        imported = next((one for one in (name, around, stem) if one in asked.imported), None)
        if imported:
            yield Finding(Clue.IMPORTED, 1.0, f"the test's file imports {imported}")


def _used(failing: Sequence[FunctionFacts], tests: Sequence[FunctionFacts]) -> frozenset[str]:
    """Return the names in failing tests, and in what those of the same file that they name stand for."""
    used = frozenset[str]().union(*(test.uses for test in failing))
    paths = {test.path for test in failing}
    named = (test for test in tests if test.name and test.path in paths and _last(test.name) in used)
    return used.union(*(test.uses for test in named if test not in failing))


def _name_words(function: FunctionFacts) -> list[str]:
    return words_of(f"{function.path.rpartition('/')[2].rsplit('.', 1)[0]} {function.name or ''}")


def _shared(where: str, whence: str, likeness: Likeness) -> str:
    quoted = ", ".join(f"“{word[:40]}”" for word in likeness.words[:WORDS_SHOWN])
    more = len(likeness.words) - WORDS_SHOWN
    others = f" and {more} more {'word' if more == 1 else 'words'}" if more > 0 else ""
    return f"{where} shares {quoted}{others} with {whence}"


def _around(traces: Sequence[LocatedTrace], report: str) -> str:
    """Return what stands around the traces, without the traces."""
    lines = _BREAK.split(report)
    if not traces:
        return "\n".join(line[:LONGEST_LINE] for line in lines[:LINES_AFTER])
    first = min(one.trace.lines.first for one in traces) - LINES_BEFORE
    last = max(one.trace.lines.last for one in traces) + LINES_AFTER
    inside = {number for one in traces for number in one.trace.lines}
    return "\n".join(
        line[:LONGEST_LINE] for number, line in enumerate(lines, 1) if first <= number <= last and number not in inside
    )


def _telling(*texts: str) -> frozenset[str]:
    return frozenset(sorted(telling_words("\n".join(texts)))[:MOST_WORDS])


def _last(name: str | None) -> str:
    return (name or "").rpartition(".")[2]


def _around_name(name: str | None) -> str:
    return _last((name or "").rpartition(".")[0]) or "."
