"""Who is suspected of an error: reads no more of the repositories than the report asks for."""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from attrs import frozen

from backstory.evidence.trailers import declarations
from backstory.history.cancel import Cancellation
from backstory.history.line_changes import line_changes
from backstory.history.listing import paths_at
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.located import LocatedTrace, Suspect
from backstory.model.names import RepoPath, Revision
from backstory.stacktraces.failing_tests import failing_tests, is_test_file
from backstory.stacktraces.function_facts import FunctionFacts
from backstory.stacktraces.suspects import suspects
from backstory.syntax.languages import language_of
from backstory.triage.function_history import with_histories
from backstory.triage.functions import functions_at

MOST_FILES = 3_000
"""Files that are read for words; of a larger repository the first ones near the frames."""

SHORTLIST = 40
"""Suspects whose files' history is looked at."""


@frozen
class Ground:
    """A repository, and the commit whose text is looked at."""

    repository: Repository
    revision: Revision
    reader: ObjectReader


def find_suspects(
    traces: Sequence[LocatedTrace], report: str, grounds: Sequence[Ground], cancellation: Cancellation
) -> tuple[Suspect, ...]:
    """Return who is suspected of the error that the traces of one report tell, the most suspicious first.

    Where a frame of the product tells the place and no test failed, only the files of the frames are read; else all
    files of the frames' languages are.

    Raises: CancelledError.
    """
    return suspects(traces, report, functions_around(traces, report, grounds, cancellation))


def functions_around(
    traces: Sequence[LocatedTrace], report: str, grounds: Sequence[Ground], cancellation: Cancellation
) -> list[FunctionFacts]:
    """Return the functions among which suspects are looked for; the first ones of them with their history.

    Raises: CancelledError.
    """
    functions = _functions(traces, report, grounds, cancellation)
    first = suspects(traces, report, functions, SHORTLIST)
    for ground in grounds:
        root = str(ground.repository.directory)
        paths = sorted({one.path for one in first if one.repository == root})
        functions = _with_history(ground, functions, paths, cancellation)
    return functions


def _functions(
    traces: Sequence[LocatedTrace], report: str, grounds: Sequence[Ground], cancellation: Cancellation
) -> list[FunctionFacts]:
    framed = _framed(traces)
    is_told = any(not is_test_file(path) for paths in framed.values() for path in paths)
    reads_all = not is_told or bool(failing_tests(report))
    found: list[FunctionFacts] = []
    for ground in grounds:
        own = framed.get(str(ground.repository.directory), [])
        is_whole = reads_all and not ground.repository.is_partial  # which lacks texts, and takes a git for each
        paths = _all_near(ground, own, cancellation) if is_whole else own
        found += functions_at(ground.repository, ground.revision, paths, ground.reader, cancellation)
    return found


def _framed(traces: Sequence[LocatedTrace]) -> Mapping[str, list[RepoPath]]:
    """Return the files of the frames by repository, each once."""
    framed: dict[str, list[RepoPath]] = {}
    for frame in (frame for located in traces for frame in located.frames):
        if frame.resolved and not frame.is_library:
            paths = framed.setdefault(frame.resolved.repository, [])
            paths += [frame.resolved.path] if frame.resolved.path not in paths else []
    return framed


def _all_near(ground: Ground, framed: Sequence[RepoPath], cancellation: Cancellation) -> list[RepoPath]:
    """Return the files in the frames' languages, of tests those of frames alone; of too many the nearest to a frame."""
    listed = paths_at(ground.repository, ground.revision, cancellation)
    languages = {language_of(path) for path in framed} - {None} or None
    known = set(framed)
    readable = [path for path in listed if (spoken := language_of(path)) and (not languages or spoken in languages)]
    paths = [path for path in readable if path in known or not is_test_file(path)]
    if len(paths) > MOST_FILES:
        paths.sort(key=lambda path: (-max((_shared(path, frame) for frame in framed), default=0), path))
    return paths[:MOST_FILES]


def _shared(path: str, other: str) -> int:
    folders = zip(path.split("/")[:-1], other.split("/")[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], folders))


def _with_history(
    ground: Ground, functions: Sequence[FunctionFacts], paths: Sequence[RepoPath], cancellation: Cancellation
) -> list[FunctionFacts]:
    root, wanted = str(ground.repository.directory), set(paths)
    here = [one for one in functions if one.repository == root and one.path in wanted]
    others = [one for one in functions if one.repository != root or one.path not in wanted]
    changes = line_changes(ground.repository, ground.revision, paths, cancellation)
    return [*others, *with_histories(here, changes, _agent_in)]


def _agent_in(message: str) -> str | None:
    """Return the agent that a commit's message names first; “an agent” when it says no more than that."""
    for declared in declarations(message):
        return declared.agent.tool or declared.agent.model or "an agent"
    return None
