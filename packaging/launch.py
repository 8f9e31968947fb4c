# ruff: noqa: INP001  # a script that stands alone
"""Starts the language server that comes with the extension, with the modules beside it and no others."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "libs"))

from backstory.lsp.main import main  # its place is known only now

if __name__ == "__main__":
    sys.exit(main())
