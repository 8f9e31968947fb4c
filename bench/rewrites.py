"""The whole matrix of rewrites: what share of agents' lines keeps its origin, per class, over many random histories.

    python -m bench.rewrites [SEEDS [CLASS...]]

prints a table for `docs/accuracy.md`; what was wrong goes to stderr. It exits with 1 when a class keeps less than 98 %
of the agents' lines that are neither trivial nor repeated, or shows anybody's line as another's.
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from bench.accuracy.tools import tools
from notation.environment import isolate
from rewrites.classes import REWRITES
from rewrites.judge import KINDS, Tally, judge

SEEDS = 20
KEPT = 0.98
SHOWN = 12
COLUMNS = [
    "rewrite",
    "kept",
    "trivial kept",
    "repeated kept",
    "another's shown",
    "people's claimed",
    "mixed up by blame",
]


def main() -> int:
    """Run it; 1 when a target is missed."""
    seeds = int(sys.argv[1]) if sys.argv[1:] else SEEDS
    is_met = True
    print(f"{seeds} random histories per class; {tools()}.\n")
    print(f"| {' | '.join(COLUMNS)} |")
    print("|---" * len(COLUMNS) + "|")
    for name in sys.argv[2:] or REWRITES:
        tally = Tally()
        with tempfile.TemporaryDirectory(prefix="backstory-rewrites-") as folder:
            isolate(os.environ, Path(folder) / "home")
            for seed in range(seeds):
                tally.add(judge(name, seed, Path(folder) / str(seed)))
        is_met = report(name, tally) and is_met
    return 0 if is_met else 1


def report(name: str, tally: Tally) -> bool:
    """Print one row; True when the class is as good as it must be."""
    shares = [f"{tally.share(kind):.1%} of {tally.agents[kind]:,}" for kind in KINDS]
    wrong = [len(tally.foreign), len(tally.claimed) + len(tally.unproven)]
    is_met = tally.share("plain") >= KEPT and not any(wrong)
    verdict = "" if is_met else " missed"
    print(f"| {name} | {' | '.join(shares)} | {wrong[0]} | {wrong[1]} | {len(tally.taken)} |{verdict}", flush=True)
    for row in [*tally.foreign[:SHOWN], *tally.claimed[:SHOWN], *tally.unproven[:SHOWN], *tally.lost[:SHOWN]]:
        print(f"    {row}", file=sys.stderr)
    return is_met


if __name__ == "__main__":
    sys.exit(main())
