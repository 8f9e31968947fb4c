"""Which points the clues would get if they were chosen by some cases, and what those points are worth on others.

    python -m bench.suspects_weights CHOOSING FOLDER JUDGING FOLDER [--with-tests] [--step N]

Points are chosen one clue after the other on the cases of CHOOSING (every N-th of them), and judged on those of
JUDGING, which they have not seen. Then they are chosen on both together, and on JUDGING alone, leaving out one
repository after the other, and judged on the one left out. The points that the product has are judged beside.
"""

import argparse
import heapq
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import discover
from backstory.model.names import Revision
from backstory.stacktraces.clues import POINTS, Clue
from backstory.stacktraces.suspects import suspicions
from backstory.triage.suspects import Ground, functions_around
from bench.oracle.suspects import MODULE, Case, cases, functions_of, source, with_tests
from bench.suspects import clone_of, located

CLUES = tuple(POINTS)
STEPS = (0, 1, 2, 4, 7, 10, 15, 20, 25, 30, 40, 50, 60, 80)
ROUNDS = 2
ATTENTION = (1.0, 1.0, 0.5, 0.5)
"""What counts while choosing: first, in five, file in five, and the reciprocal rank, which knows no threshold."""

Points = Mapping[Clue, int]


@dataclass(frozen=True)
class Weighed:
    """A case, with the share of each clue of each function."""

    repository: str
    columns: dict[Clue, list[tuple[int, float]]]
    truth: tuple[int, ...]
    in_file: tuple[bool, ...]


def main() -> int:
    """Print what is chosen, and what it is worth."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("choosing", "choosing_folder", "judging", "judging_folder"):
        reader.add_argument(name, type=Path)
    reader.add_argument("--with-tests", action="store_true")
    reader.add_argument("--step", type=int, default=1)
    given = reader.parse_args()
    judging = [weighed(case, given.judging_folder, over=given.with_tests) for case in cases(given.judging)]
    choosing = [
        weighed(case, given.choosing_folder, over=given.with_tests) for case in cases(given.choosing)[:: given.step]
    ]
    show("the product's points, on the cases that choose", choosing, POINTS)
    show("the product's points, on the cases that judge", judging, POINTS)
    points = chosen(choosing)
    print({str(clue): value for clue, value in points.items() if value})
    show("points chosen by the cases that choose, on those", choosing, points)
    show("the same, on the cases that judge", judging, points)
    leave_out("chosen by both, without the repository judged", choosing, judging)
    leave_out("chosen by the judging alone, without that repository", [], judging)
    return 0


def leave_out(name: str, always: Sequence[Weighed], judging: Sequence[Weighed]) -> None:
    """Print what points achieve that were chosen without the repository that they are judged on."""
    outcomes = []
    for repository in sorted({case.repository for case in judging}):
        points = chosen([*always, *(case for case in judging if case.repository != repository)])
        outcomes += [outcome(case, points) for case in judging if case.repository == repository]
    print_shares(name, outcomes)


def weighed(case: Case, folder: Path, *, over: bool) -> Weighed:
    """Return a case with its clues."""
    clone = clone_of(folder, case)
    commit = Revision(with_tests(clone, case) if over else case.commit)
    repository = discover(clone)
    reader = ObjectReader(repository)
    traces = located(repository, commit, case.output, reader)
    functions = functions_around(traces, case.output, [Ground(repository, commit, reader)], Cancellation())
    found = sorted(suspicions(traces, case.output, functions), key=lambda one: one.place)
    reader.close()
    named = {(one.path, one.name): one.named_by_classes for one in functions_of(source(clone, commit))}
    columns: dict[Clue, list[tuple[int, float]]] = {}
    for number, one in enumerate(found):
        for finding in one.findings:
            columns.setdefault(finding.clue, []).append((number, finding.share))
    places = [(one.place.path, one.place.function or MODULE) for one in found]
    truth = tuple(at for at, (path, name) in enumerate(places) if (path, named.get((path, name), name)) in case.truth)
    files = {path for path, _ in case.truth}
    return Weighed(case.repository, columns, truth, tuple(path in files for path, _ in places))


def chosen(judged: Sequence[Weighed]) -> Points:
    """Return the points that serve some cases best, changed one at a time from those of the product."""
    points = dict(POINTS)
    sums = [scores(case, points) for case in judged]
    best = worth([ranked(case, own) for case, own in zip(judged, sums, strict=True)])
    for _ in range(ROUNDS):
        before = best
        for clue in CLUES:
            for value in STEPS if POINTS[clue] >= 0 else [-step for step in STEPS]:
                moved = [shifted(case, own, clue, value - points[clue]) for case, own in zip(judged, sums, strict=True)]
                found = worth([ranked(case, own) for case, own in zip(judged, moved, strict=True)])
                if found > best + 1e-9:
                    best, sums, points[clue] = found, moved, value
        if best == before:
            break
    return points


def scores(case: Weighed, points: Points) -> list[float]:
    """Return the sum of points of each function."""
    sums = [0.0] * len(case.in_file)
    for clue in case.columns:
        sums = shifted(case, sums, clue, points[clue])
    return sums


def shifted(case: Weighed, sums: list[float], clue: Clue, by: int) -> list[float]:
    """Return the sums with so many points more for a clue."""
    moved = list(sums)
    for number, share in case.columns.get(clue, ()) if by else ():
        moved[number] += by * share
    return moved


def outcome(case: Weighed, points: Points) -> tuple[float, ...]:
    """Return what points achieve on a case."""
    return ranked(case, scores(case, points))


def ranked(case: Weighed, sums: Sequence[float]) -> tuple[float, ...]:
    """Return first, in five, file in five and the reciprocal rank."""
    top = heapq.nsmallest(5, range(len(sums)), key=lambda number: (-sums[number], number))
    best = max((sums[number] for number in case.truth), default=float("-inf"))
    rank = sum(1 for value in sums if value > best)
    return (
        float(top[:1] != [] and top[0] in case.truth),
        float(any(number in case.truth for number in top)),
        float(any(case.in_file[number] for number in top)),
        1 / (1 + rank) if case.truth else 0.0,
    )


def worth(outcomes: Sequence[tuple[float, ...]]) -> float:
    """Return one number for some outcomes."""
    return sum(weight * value for one in outcomes for weight, value in zip(ATTENTION, one, strict=True)) / len(outcomes)


def show(name: str, judged: Sequence[Weighed], points: Points) -> None:
    """Print what points achieve."""
    print_shares(name, [outcome(case, points) for case in judged])


def print_shares(name: str, outcomes: Sequence[tuple[float, ...]]) -> None:
    """Print the averages of some outcomes."""
    shares = (sum(values) / len(outcomes) for values in zip(*outcomes, strict=True))
    print(f"{name:52}{len(outcomes):6}" + "".join(f"{share:8.2f}" for share in shares), flush=True)


if __name__ == "__main__":
    sys.exit(main())
