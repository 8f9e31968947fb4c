"""Runs every benchmark and prints one table of what each cost beside its floor; `make bench REPO=…` starts it.

    python -m bench [REPOSITORY]

Without a repository, what needs a real one is left out; a repository with git-ai notes is the one to take. The
agreement with the reference is judged apart, by `bench.agreement`.
"""

import sys
from pathlib import Path

from bench import cold, hover, index, isolation, start, typing
from bench.result import conclude


def main() -> int:
    """Run all, one after the other; 1 when a target is missed."""
    results = [*start.measure(), *hover.measure(), *typing.measure(), *isolation.measure()]
    if sys.argv[1:]:
        repository = Path(sys.argv[1]).resolve()
        results += [*cold.measure(repository), *index.measure(repository)]
    return conclude(results)


if __name__ == "__main__":
    sys.exit(main())
