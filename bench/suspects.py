"""How often the right function, and the right file, is among the first suspects of a failing test's output.

    python -m bench.suspects CASES FOLDER [--with-tests] [--each]

CASES is a file of cases (`bench.oracle.suspects`); FOLDER holds a clone of each repository they name, as
`bugsinpy-<name>`. The source is that of the commit at which the test failed; `--with-tests` puts the failing test's
files over it, as they stood when it ran. Two plain rankings are judged beside.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository, discover
from backstory.model.lines import LineRange
from backstory.model.located import LineState, LocatedFrame, LocatedTrace, Resolved, Suspect
from backstory.model.names import RepoPath, Revision
from backstory.model.region import SyntaxUnit, UnitKind
from backstory.model.stacktrace import Frame
from backstory.stacktraces.parse import parse
from backstory.syntax.units import parse_units
from backstory.triage.suspects import Ground, find_suspects
from bench.oracle.suspects import (
    MODULE,
    Case,
    Score,
    cases,
    first_error_first,
    functions_of,
    last_error_first,
    score,
    source,
    with_tests,
)

BASELINES = {
    "innermost frame, then words": last_error_first,
    "the same, the first error printed first": first_error_first,
}
PRODUCT = "suspects"
TARGETS = (0.50, 0.75, 0.92)


def main() -> int:
    """Print the table; 1 when a target is missed or a plain ranking is as good."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("cases", type=Path)
    reader.add_argument("folder", type=Path)
    reader.add_argument("--with-tests", action="store_true")
    reader.add_argument("--each", action="store_true")
    arguments = reader.parse_args()
    scores: dict[str, list[Score]] = {}
    for case in cases(arguments.cases):
        clone = clone_of(arguments.folder, case)
        commit = with_tests(clone, case) if arguments.with_tests else case.commit
        functions = functions_of(source(clone, commit))
        for name, rank in BASELINES.items():
            scores.setdefault(name, []).append(score(rank(case.output, functions), case, functions))
        found = suspected(clone, Revision(commit), case.output)
        ranking = [(suspect.path, suspect.function or MODULE) for suspect in found]
        scores.setdefault(PRODUCT, []).append(score(ranking, case, functions))
        if arguments.each:
            print_case(case, scores[PRODUCT][-1], found)
    print(f"{'':44}{'cases':>6}{'first':>10}{'in five':>10}{'file':>10}")
    shares = {name: print_row(name, judged) for name, judged in scores.items()}
    floors = [max(values) for values in zip(*(shares[name] for name in BASELINES), strict=True)]
    print(f"{'aim':50}" + "".join(f"{target:10.2f}" for target in TARGETS))
    return int(
        any(value < aim or value <= floor for value, aim, floor in zip(shares[PRODUCT], TARGETS, floors, strict=True))
    )


def suspected(clone: Path, commit: Revision, output: str) -> tuple[Suspect, ...]:
    """Return what the product suspects."""
    repository = discover(clone)
    reader = ObjectReader(repository)
    try:
        traces = located(repository, commit, output, reader)
        return find_suspects(traces, output, [Ground(repository, commit, reader)], Cancellation())
    finally:
        reader.close()


def located(repository: Repository, commit: Revision, output: str, reader: ObjectReader) -> list[LocatedTrace]:
    """Return the traces of an output; the cases print paths as the repository has them, so a frame's file is known."""
    files: dict[str, bytes | None] = {}
    traces = []
    for trace in parse(output):
        frames = []
        for frame in trace.frames:
            path = frame.filename or ""
            if path not in files:
                files[path] = None if path.startswith(("/", "<")) or not path else reader.read(f"{commit}:{path}")
            frames.append(placed(repository, commit, frame, files[path]))
        traces.append(LocatedTrace(trace, tuple(frames), build=commit))
    return traces


def placed(repository: Repository, commit: Revision, frame: Frame, content: bytes | None) -> LocatedFrame:
    """Return a frame in its file, or as a library's."""
    if content is None or frame.filename is None:
        return LocatedFrame(frame, is_library=True, because="not in the repository")
    units = [unit for unit in parse_units(content, "python") if unit.kind is UnitKind.FUNCTION]
    held = holding(units, frame)
    path, root = RepoPath(frame.filename), str(repository.directory)
    resolved = Resolved(root, path, frame.lineno, held, LineState.EXACT, commit, "the case's own path")
    return LocatedFrame(frame, is_library=False, because="the case's own path", resolved=resolved)


def holding(units: Sequence[SyntaxUnit], frame: Frame) -> str | None:
    """Return the function that a frame means: by its line where the name agrees, else by its name."""
    if frame.function in {None, MODULE}:
        return None
    around = [unit for unit in units if frame.lineno in unit.lines]
    named = [unit for unit in units if unit.name.rpartition(".")[2] == frame.function]
    both = [unit for unit in around if unit in named]
    found = max(
        both or around or named[:1],
        key=lambda unit: unit.depth,
        default=SyntaxUnit(UnitKind.FUNCTION, "", LineRange(1, 1), 0),
    )
    return found.name or None


def clone_of(folder: Path, case: Case) -> Path:
    """Return where the case's repository is cloned."""
    return folder / f"bugsinpy-{case.repository.rpartition('/')[2]}"


def print_case(case: Case, judged: Score, found: Sequence[Suspect]) -> None:
    """Print the first suspects of one case with their reasons."""
    print(f"{case.name}: first {judged.first}, in five {judged.in_five}, file {judged.file_in_five}")
    for suspect in found[:5]:
        print(f"    {suspect.score:4} {suspect.path} {suspect.function}: {'; '.join(suspect.reasons)}")


def print_row(name: str, scores: Sequence[Score]) -> list[float]:
    """Print and return the shares of one ranking."""
    hits = zip(*((one.first, one.in_five, one.file_in_five) for one in scores), strict=True)
    shares = [sum(values) / len(scores) for values in hits]
    print(f"{name:44}{len(scores):6}" + "".join(f"{share:10.2f}" for share in shares))
    return shares


if __name__ == "__main__":
    sys.exit(main())
