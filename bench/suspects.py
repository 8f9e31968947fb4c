"""How often the right function, and the right file, is among the first suspects of a failing test's output.

    python -m bench.suspects CASES FOLDER [--each]

CASES is a file of cases (`bench.oracle.suspects`); FOLDER holds a clone of each repository they name, as
`bugsinpy-<name>`. The source is that of the commit at which the test failed.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.oracle.suspects import (
    Case,
    Score,
    cases,
    first_error_first,
    functions_of,
    last_error_first,
    score,
    source,
)

BASELINES = {
    "innermost frame, then words": last_error_first,
    "the same, the first error printed first": first_error_first,
}


def main() -> int:
    """Print the table."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("cases", type=Path)
    reader.add_argument("folder", type=Path)
    reader.add_argument("--each", action="store_true")
    arguments = reader.parse_args()
    scores: dict[str, list[Score]] = {}
    for case in cases(arguments.cases):
        functions = functions_of(source(clone_of(arguments.folder, case), case.commit))
        for name, rank in BASELINES.items():
            ranking = rank(case.output, functions)
            scores.setdefault(name, []).append(score(ranking, case, functions))
            if arguments.each:
                print(case.name, scores[name][-1], ranking[:5])
    print(f"{'':44}{'cases':>6}{'first':>10}{'in five':>10}{'file':>10}")
    for name, judged in scores.items():
        print_row(name, judged)
    return 0


def clone_of(folder: Path, case: Case) -> Path:
    """Return where the case's repository is cloned."""
    return folder / f"bugsinpy-{case.repository.rpartition('/')[2]}"


def print_row(name: str, scores: Sequence[Score]) -> None:
    """Print the shares of one ranking."""
    shares = [
        sum(values) / len(scores)
        for values in zip(*((one.first, one.in_five, one.file_in_five) for one in scores), strict=True)
    ]
    print(f"{name:44}{len(scores):6}" + "".join(f"{share:10.2f}" for share in shares))


if __name__ == "__main__":
    sys.exit(main())
