"""`python -m backstory` is the command line."""

import sys

from backstory.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
