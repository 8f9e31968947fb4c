"""Which of the latest commits changed which function: their hunks, taken back one after the other."""

import re
from collections.abc import Callable, Iterable, Sequence

from attrs import define, evolve

from backstory.history.line_changes import LineChanges, ReplacedLines
from backstory.model.names import RepoPath, Revision
from backstory.stacktraces.function_facts import FunctionFacts, FunctionHistory

_FIX = re.compile(r"\b(?:fix(?:e[sd]|ing)?|bugs?|hotfix|regressions?|crash(?:e[sd])?|broken|revert)\b", re.IGNORECASE)


@define
class _Told:
    """What is known of a function so far, the commits coming newest first."""

    latest: Revision
    age: int
    agent: str | None
    changes: int = 0
    fixes: int = 0


def with_histories(
    functions: Sequence[FunctionFacts], changes: Iterable[LineChanges], agent_of: Callable[[str], str | None]
) -> list[FunctionFacts]:
    """Return functions of one repository with what some commits did to them.

    `changes` are those of the files up to the commit of the functions' text, the newest first, each commit's new lines
    the next one's old lines; `agent_of` tells which agent a commit's message names.
    """
    owners = _owners(functions)
    told: dict[int, _Told] = {}
    for age, commit in enumerate(changes):
        touched = {number for path, hunks in commit.files.items() for number in _taken_back(owners.get(path), hunks)}
        is_fix = _FIX.search(commit.message) is not None
        for number in touched:
            known = told.setdefault(number, _Told(commit.revision, age, None))
            if not known.changes:
                known.agent = agent_of(commit.message)
            known.changes += 1
            known.fixes += is_fix
    return [
        evolve(function, history=_history(told[number])) if number in told else function
        for number, function in enumerate(functions)
    ]


def _owners(functions: Sequence[FunctionFacts]) -> dict[RepoPath, list[int | None]]:
    """Return which function each line belongs to, the innermost; index 0 stands for no line."""
    owners: dict[RepoPath, list[int | None]] = {}
    for number, function in enumerate(functions):
        lines = owners.setdefault(function.path, [None])
        if function.name is None:
            continue
        lines += [None] * (function.lines.last + 1 - len(lines))
        lines[function.lines.first : function.lines.last + 1] = [number] * len(function.lines)
    return owners


def _taken_back(lines: list[int | None] | None, hunks: Sequence[ReplacedLines]) -> set[int]:
    """Return the functions that some hunks changed, and make of the owners of new lines those of the old ones."""
    touched: set[int] = set()
    if lines is None:
        return touched
    for hunk in reversed(hunks):
        first = hunk.new_first if hunk.new_count else hunk.new_first + 1
        held = lines[first : first + hunk.new_count] if hunk.new_count else lines[hunk.new_first : hunk.new_first + 1]
        owners = {owner for owner in held if owner is not None}
        touched |= owners
        one = owners.pop() if len(owners) == 1 else None
        lines += [None] * (first - len(lines))
        lines[first : first + hunk.new_count] = [one] * hunk.old_count
    return touched


def _history(told: _Told) -> FunctionHistory:
    return FunctionHistory(told.changes, told.fixes, told.latest, told.age, told.agent)
