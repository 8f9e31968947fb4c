"""What a ranking of suspects is judged by: cases, their source, the score, and the plain baseline to beat.

Imports nothing of the product. A case is a failing test's output, the commit that it failed at and the functions that
the later fix changed; the baseline is *innermost frame, then words*: the product's frames from the last one printed
upwards, then all functions by BM25 of their words against the words of the output.
"""

import json
import math
import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from types import MappingProxyType

MODULE = "<module>"
"""The name of code outside any function."""

K1, B = 1.2, 0.75
"""BM25's constants, as everybody sets them."""

_DEFINITION = re.compile(r"([ \t]*)(?:async[ \t]+)?(def|class)[ \t]+(\w+)")
_FRAME = re.compile(r'^ *File "([^"]+)", line (\d+), in (\S+)$|^([\w./-]+\.py):(\d+): in (\S+)$', re.MULTILINE)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TEST = re.compile(r"(^|/)(tests?|testing)/|(^|/)(tests?_[^/]*|[^/]*_tests?|conftest)\.py$")

Place = tuple[str, str]
"""A path, and the function's name qualified with the classes and functions around it."""


@dataclass(frozen=True)
class Function:
    """A function of the source, by its indentation."""

    path: str
    name: str
    named_by_classes: str
    """The name as the truth writes it: qualified with classes alone."""

    first: int
    last: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class Case:
    """One failing test."""

    name: str
    project: str
    repository: str
    commit: str
    fixed: str
    tests: tuple[str, ...]
    output: str
    truth: frozenset[Place]


@dataclass(frozen=True)
class Score:
    """What of a ranking was right."""

    first: bool
    in_five: bool
    file_in_five: bool


def cases(path: Path) -> list[Case]:
    """Read the cases of a file, one JSON object a line."""
    read = []
    for line in path.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        truth = frozenset((place["path"], place["function"]) for place in found["truth"])
        name = f"{found['project']} {found['bug']}"
        commits = found["buggy_commit"], found["fixed_commit"]
        read.append(
            Case(name, found["project"], found["repository"], *commits, tuple(found["tests"]), found["trace"], truth)
        )
    return read


def score(ranking: Sequence[Place], case: Case, functions: Iterable[Function]) -> Score:
    """Judge a ranking: the files that count are those of the first five suspects, not five files."""
    named = {(function.path, function.name): function.named_by_classes for function in functions}
    hits = [(path, named.get((path, name), name)) in case.truth for path, name in ranking[:5]]
    files = {path for path, _ in case.truth}
    return Score(hits[:1] == [True], any(hits), any(path in files for path, _ in ranking[:5]))


def source(repository: Path, commit: str) -> dict[str, str]:
    """Return the Python files of a commit."""
    listed = git(repository, "ls-tree", "-r", "-z", commit).decode("utf-8", "replace").split("\0")
    entries = [line.partition("\t") for line in listed if line.startswith("100") and line.endswith(".py")]
    asked = "".join(f"{facts.split()[2]}\n" for facts, _, _ in entries).encode()
    answer = git(repository, "cat-file", "--batch", given=asked)
    texts, place = {}, 0
    for _, _, path in entries:
        end = answer.index(b"\n", place)
        size = int(answer[place:end].split()[2])
        texts[path] = answer[end + 1 : end + 1 + size].decode("utf-8", "replace")
        place = end + size + 2
    return texts


def with_tests(repository: Path, case: Case) -> str:
    """Return a commit of the source that failed with the tests that ran: those of the fix, over the failing commit."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git(repository, "read-tree", case.commit, more=index)
        listed = git(repository, "ls-tree", "-r", "-z", case.fixed, "--", *case.tests)
        git(repository, "update-index", "-z", "--index-info", given=listed, more=index)
        tree = git(repository, "write-tree", more=index).decode().strip()
    named = [f"{who}_{what}" for who in ("GIT_AUTHOR", "GIT_COMMITTER") for what in ("NAME", "EMAIL")]
    dates = {"GIT_AUTHOR_DATE": "2000-01-01T00:00Z", "GIT_COMMITTER_DATE": "2000-01-01T00:00Z"}
    more = {**dict.fromkeys(named, "bench"), **dates}
    return git(repository, "commit-tree", "-m", "Tests", "-p", case.commit, tree, more=more).decode().strip()


def functions_of(texts: dict[str, str]) -> list[Function]:
    """Return all functions of some files."""
    return [function for path, text in texts.items() for function in functions_in(path, text)]


def functions_in(path: str, text: str) -> Iterator[Function]:
    """Yield the functions of a file: from `def` to the last line that is indented deeper."""
    lines = text.expandtabs().splitlines()
    around: list[tuple[int, str, str]] = []  # indentation, kind, name
    for number, line in enumerate(lines, 1):
        found = _DEFINITION.match(line)
        if not found:
            continue
        indent, kind, name = len(found[1]), found[2], found[3]
        around = [*(outer for outer in around if outer[0] < indent), (indent, kind, name)]
        if kind == "def":
            qualified = ".".join(outer[2] for outer in around)
            by_classes = ".".join([*(outer[2] for outer in around[:-1] if outer[1] == "class"), name])
            last = _last_line(lines, number, indent)
            yield Function(path, qualified, by_classes, number, last, "\n".join(lines[number - 1 : last]))


def last_error_first(output: str, functions: Sequence[Function]) -> list[Place]:
    """Rank by frames, innermost first, then by words; of several tracebacks the last one printed first."""
    return _frames_then_words(output, reversed(frames_of(output)), functions)


def first_error_first(output: str, functions: Sequence[Function]) -> list[Place]:
    """Rank as `last_error_first`, but of several tracebacks the first one printed first."""
    tracebacks = (reversed(frames_of(traceback)) for traceback in re.split(r"(?m)^Traceback", output))
    return _frames_then_words(output, chain.from_iterable(tracebacks), functions)


def by_words(output: str, functions: Sequence[Function]) -> list[Place]:
    """Rank functions by BM25 of the words in their text, name and path."""
    documents = [Counter(words(f"{function.path} {function.text}")) for function in functions]
    frequency = Counter(word for document in documents for word in document)
    average = sum(document.total() for document in documents) / max(1, len(documents))
    asked = set(words(_FRAME.sub("", output)))
    scored = []
    for function, document in zip(functions, documents, strict=True):
        length = K1 * (1 - B + B * document.total() / average)
        value = sum(
            math.log(1 + (len(documents) - frequency[word] + 0.5) / (frequency[word] + 0.5))
            * (document[word] * (K1 + 1) / (document[word] + length))
            for word in asked & document.keys()
        )
        scored.append((-value, function.path, function.name))
    return [(path, name) for _, path, name in sorted(scored)]


def frames_of(output: str) -> list[tuple[str, int, str]]:
    """Return (path, line, function) of each frame, as printed."""
    return [(one or three, int(two or four), name or other) for one, two, name, three, four, other in _found(output)]


def words(text: str) -> list[str]:
    """Return the words of a text, parts of identifiers each by themselves."""
    return [word.lower() for word in _WORD.findall(text) if len(word) > 1]


def is_test(path: str) -> bool:
    """Tell whether a file is a test by its name or folder."""
    return _TEST.search(path) is not None


def git(repository: Path, *arguments: str, given: bytes = b"", more: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Return what a git command says, with `more` variables besides its usual ones."""
    command = ["git", "-C", repository, *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=True, env={**os.environ, **more}).stdout


def _frames_then_words(
    output: str, frames: Iterable[tuple[str, int, str]], functions: Sequence[Function]
) -> list[Place]:
    product = [function for function in functions if not is_test(function.path)]
    paths = {function.path for function in product}
    framed = [_framed(path, line, name, product) for path, line, name in frames if path in paths]
    return list(dict.fromkeys([*framed, *by_words(output, product)]))


def _found(output: str) -> list[tuple[str, ...]]:
    return _FRAME.findall(output)


def _framed(path: str, line: int, name: str, functions: Sequence[Function]) -> Place:
    around = [function for function in functions if function.path == path and function.first <= line <= function.last]
    held = [function for function in around if function.name.rpartition(".")[2] == name] or around
    return (path, max(held, key=lambda function: function.first).name) if held and name != MODULE else (path, MODULE)


def _last_line(lines: Sequence[str], number: int, indent: int) -> int:
    last = number
    is_in_signature = True
    for at in range(number, len(lines) + 1):
        line = lines[at - 1]
        stripped = line.strip()
        if at > number and stripped and not is_in_signature and len(line) - len(line.lstrip()) <= indent:
            if not stripped.startswith("#"):
                break
            continue
        if stripped:
            last = at
        is_in_signature = is_in_signature and not stripped.split("#")[0].rstrip().endswith(":")
    return last
