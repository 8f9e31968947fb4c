"""`python -m demo [REPOSITORY]`: the tour, or a look at a repository of one's own."""

import sys
from pathlib import Path

from demo.terminal import caption, say
from demo.tour import take_tour
from demo.yours import look_at

PLACE = Path(__file__).resolve().parent.parent / "build" / "demo" / "payments"


def main() -> int:
    """Show the story's repository, or the one that is named; return the exit status."""
    if len(sys.argv) > 1:
        return look_at(Path(sys.argv[1]).expanduser().resolve())
    take_tour(PLACE)
    caption("Try next")
    say("  make demo REPO=../path        the same for a repository of yours")
    say("  cd build/demo/payments        this one; then, for example:")
    say("    ../../../.venv/bin/backstory explain shop/payments.py:26-33")
    say("  README.md                     how to start backstory-lsp in your editor")
    return 0


if __name__ == "__main__":
    sys.exit(main())
