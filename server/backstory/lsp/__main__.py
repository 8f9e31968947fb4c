"""`python -m backstory.lsp` is the language server."""

import sys

from backstory.lsp.main import main

if __name__ == "__main__":
    sys.exit(main())
