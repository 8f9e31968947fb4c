"""Writes the demo's repository into a folder: `PYTHONPATH=tests python repository.py FOLDER`."""

import shutil
import sys
from pathlib import Path

from notation.build import build
from notation.story import read_story

STORY = Path(__file__).resolve().parents[3] / "demo" / "payments.story"


def main() -> None:
    """Write the repository anew."""
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    build(read_story(STORY), folder)


if __name__ == "__main__":
    main()
