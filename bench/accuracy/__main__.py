"""Measures how right Backstory is on a repository, as a user would get it, and prints tables.

    python -m bench.accuracy REPOSITORY                       lines by contributor and basis, time, peak memory
    python -m bench.accuracy REPOSITORY --leave-one-out       hides git-ai notes, judges what is said instead
    python -m bench.accuracy REPOSITORY --entire              added lines explained by Entire's checkpoints
    python -m bench.accuracy REPOSITORY --whogitit            agreement with whogitit's snapshots

`--examples FILE` keeps what was wrong or missed, one JSON object per line; with `--entire` it keeps 100 random claims
for a person to read. The repository is only read: what must be hidden or gone back in is so in a copy that shares its
objects. Nothing is fetched.
"""

import argparse
from pathlib import Path

from bench.accuracy import entire, leave_one_out, shares, whogitit
from bench.accuracy.tools import tools
from bench.oracle.git_ai import git


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy")
    parser.add_argument("repository", type=Path)
    parser.add_argument("--examples", type=Path)
    parser.add_argument("--commits", type=int, help="how many commits to draw, for a quick look")
    kinds = {"leave_one_out": leave_one_out, "entire": entire, "whogitit": whogitit}
    group = parser.add_mutually_exclusive_group()
    for kind in kinds:
        group.add_argument(f"--{kind.replace('_', '-')}", action="store_true")
    arguments = parser.parse_args()
    repository: Path = arguments.repository.resolve()
    print(f"`{described(repository)}`\n")
    chosen = [module for kind, module in kinds.items() if getattr(arguments, kind)]
    limits = {"commits": arguments.commits} if arguments.commits else {}
    rows = chosen[0].measure(repository, arguments.examples, **limits) if chosen else shares.measure(repository)
    print("\n".join(rows))


def described(repository: Path) -> str:
    """Name what is measured and with what."""
    head = git(str(repository), "rev-parse", "HEAD").decode().strip()
    notes = git(str(repository), "for-each-ref", "--format=%(refname) %(objectname:short=12)", "refs/notes/ai").decode()
    return ", ".join([f"HEAD {head[:12]}", *notes.splitlines(), tools()])


if __name__ == "__main__":
    main()
