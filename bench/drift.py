"""How right lines of old revisions are found in today's files.

    python -m bench.drift REPOSITORY... [--revisions N] [--files N] [--lines N] [--misses]

Truth is blame at both revisions (`bench/oracle/drift.py`). A line that survives must be found exactly, path and number.
One that does not must be said to be deleted, or to have moved to a line of the same text; blanks at both ends do not
count. What differs in other blanks too has a column of its own (`respaced`): a formatter's work. Anything else is
another text, of which there may be none.

Exits with 1 when fewer than 99 % of the surviving lines are exact, or another text was given for any line.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from backstory.history.cancel import Cancellation
from backstory.history.drift import Drift, DriftReader
from backstory.history.repository import discover
from backstory.model.located import LineState
from backstory.model.names import RepoPath, Revision
from backstory.model.text import Text
from bench.oracle.drift import Asked, Scope, sample, text_of_today
from bench.oracle.git_ai import git

EXACT = 0.99
COLUMNS = (
    "surviving",
    "exact",
    "said deleted",
    "elsewhere",
    "gone",
    "deleted",
    "moved",
    "respaced",
    "another text",
    "unknown",
)


def main() -> int:
    """Ask for every sampled line; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+", type=Path)
    parser.add_argument("--revisions", type=int, default=Scope.revisions)
    parser.add_argument("--files", type=int, default=Scope.files)
    parser.add_argument("--lines", type=int, default=Scope.lines)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    scope = Scope(arguments.revisions, arguments.files, arguments.lines)
    total: Counter[str] = Counter()
    print(f"{'':24}{''.join(f'{name:>14}' for name in COLUMNS)}{'seconds':>10}")
    for repository in arguments.repositories:
        started = time.perf_counter()
        asked = list(sample(str(repository), scope))
        print(f"{repository}: {len(asked):,} lines, truth in {time.perf_counter() - started:.0f} s", file=sys.stderr)
        started = time.perf_counter()
        found = judge(repository, asked, shows_misses=arguments.misses)
        report(repository.name, found, time.perf_counter() - started)
        total += found
    report("all", total)
    return 0 if total["exact"] >= EXACT * total["surviving"] and not total["another text"] else 1


def judge(repository: Path, asked: list[Asked], *, shows_misses: bool) -> Counter[str]:
    """Ask the product for every line and count what it said."""
    found: Counter[str] = Counter()
    head = git(str(repository), "rev-parse", "HEAD").decode("ascii").strip()
    with DriftReader(discover(repository), Revision(head), _as_committed(repository)) as reader:
        for each in asked:
            drift = reader.follow(Revision(each.revision), RepoPath(each.path), each.line, Cancellation())
            verdict = judged(repository, each, drift)
            found[verdict] += 1
            found["surviving" if each.today else "gone"] += 1
            if shows_misses and verdict in {"said deleted", "elsewhere", "another text", "unknown"}:
                print(f"    {verdict}: {each} -> {drift}", file=sys.stderr)
    return found


def judged(repository: Path, asked: Asked, drift: Drift) -> str:
    """Name what became of one answer."""
    if drift.state is LineState.UNKNOWN:
        return "unknown"
    if drift.state is LineState.DELETED:
        return "said deleted" if asked.today else "deleted"
    place = (str(drift.path), drift.line or 0)
    if place in asked.today:
        is_state_right = (drift.state is LineState.EXACT) == (place == (asked.path, asked.line))
        return "exact" if is_state_right else "elsewhere"
    lines = text_of_today(str(repository), place[0])
    there = lines[place[1] - 1] if 0 < place[1] <= len(lines) else None
    if there is not None and there.strip() == asked.text.strip():
        return "elsewhere" if asked.today else "moved"
    if there is None or "".join(there.split()) != "".join(asked.text.split()):
        return "another text"
    return "elsewhere" if asked.today else "respaced"


def report(name: str, found: Counter[str], seconds: float = 0) -> None:
    """Print one row."""
    print(f"{name:24}{''.join(f'{found[column]:>14,}' for column in COLUMNS)}{seconds:>10.0f}", flush=True)


def _as_committed(repository: Path) -> Callable[[RepoPath], Text | None]:
    def text(path: RepoPath) -> Text | None:
        lines = text_of_today(str(repository), path)
        return Text.of("".join(f"{line}\n" for line in lines)) if lines else None

    return text


if __name__ == "__main__":
    sys.exit(main())
