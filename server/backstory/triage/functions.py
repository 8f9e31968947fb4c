"""The functions of a repository's files at a commit, as suspects are looked for among them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision
from backstory.model.region import SyntaxUnit, UnitKind
from backstory.stacktraces.failing_tests import is_test_file
from backstory.stacktraces.function_facts import FunctionFacts
from backstory.stacktraces.words import names_in, words_of
from backstory.syntax.languages import language_of
from backstory.syntax.units import parse_units

LARGEST_FILE_BYTES = 1_000_000
"""Larger files are data, or were generated."""

_IMPORT = re.compile(
    r"^[ \t]*(?:(?:from|import|use|using|require\w*|package)\b|#include|\w.*\brequire\().*$", re.MULTILINE
)
_VALUE = re.compile(
    r"^(?:(?:export|const|let|var|val|static) +)*(\w+) *(?::[^=\n]*)?= *([^=\n].{0,1000})$", re.MULTILINE
)


def functions_at(
    repository: Repository,
    revision: Revision,
    paths: Sequence[RepoPath],
    reader: ObjectReader,
    cancellation: Cancellation,
) -> Iterator[FunctionFacts]:
    """Yield the functions of some files at a commit, file by file; files without a grammar have none.

    Raises: CancelledError.
    """
    known = {f"{revision}:{path}": path for path in paths if language_of(path)}
    for name, content in reader.read_many(list(known)):
        cancellation.raise_if_cancelled()
        if content is not None and len(content) <= LARGEST_FILE_BYTES:
            yield from functions_in(str(repository.directory), known[name], content)


def functions_in(repository: str, path: RepoPath, content: bytes) -> Iterator[FunctionFacts]:
    """Yield the functions of a file's text, then the code outside of them; nothing for a language without a grammar."""
    language = language_of(path, first_line=content[:200].partition(b"\n")[0])
    if language is None:
        return
    units = [unit for unit in parse_units(content, language) if unit.kind is UnitKind.FUNCTION]
    lines = content.decode("utf-8", "replace").split("\n")
    is_test = is_test_file(path)
    for unit in units:
        text = "\n".join(lines[unit.lines.first - 1 : unit.lines.last])
        uses = names_in(text) if is_test else frozenset[str]()
        yield FunctionFacts(repository, path, unit.name, unit.lines, Counter(words_of(text)), uses)
    text = "\n".join(outside(units, lines))
    if is_test:
        yield from _named_values(repository, path, text)
    uses = names_in("\n".join(_IMPORT.findall(text))) if is_test else frozenset[str]()
    yield FunctionFacts(repository, path, None, LineRange(1, len(lines)), Counter(words_of(text)), uses)


def _named_values(repository: str, path: RepoPath, text: str) -> Iterator[FunctionFacts]:
    """Yield what a test's file gives a name to, as functions: `run = partial(main, quiet=True)`."""
    for named in _VALUE.finditer(text):
        yield FunctionFacts(repository, path, named[1], LineRange(1, 1), {}, names_in(named[2]))


def outside(units: Sequence[SyntaxUnit], lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a file that no function holds."""
    last = 0
    for unit in sorted(units, key=lambda unit: unit.lines):
        yield from lines[last : unit.lines.first - 1]
        last = max(last, unit.lines.last)
    yield from lines[last:]
