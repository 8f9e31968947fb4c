"""Lets the demo's service crash and prints what it said: `PYTHONPATH=tests:. python crash.py REPOSITORY FOLDER`."""

import sys
from pathlib import Path

from demo.crash import crash


def main() -> None:
    """Build the repository's HEAD in the folder and let it work."""
    repository, folder = map(Path, sys.argv[1:])
    sys.stdout.write(crash(repository, folder))


if __name__ == "__main__":
    main()
