"""The demo's service where it runs: HEAD, built into a container's `/app`, with a newer library of the provider's."""

import os
import shutil
import subprocess
import sys
from compileall import compile_dir
from pathlib import Path

from notation.repository import git

APP = "/app"
SITE_PACKAGES = "/usr/local/lib/python3/site-packages"
ORDERS = '{"id": "A-1047", "card": "tok_visa", "total": 4990}\n'

PROVIDER = """
class Timeout(Exception):
    pass


def charge(card, total, *, reference):
    return reference
"""
"""The release that renamed `idempotency_key`, which nobody told the service of."""


def crash(repository: Path, folder: Path) -> str:
    """Build a repository's HEAD into `folder`, let it work, and return what it printed when it failed."""
    shutil.rmtree(folder, ignore_errors=True)
    app, library = folder / "app", folder / "site-packages"
    library.mkdir(parents=True)
    (library / "provider.py").write_text(PROVIDER, encoding="utf-8")
    git(folder, "clone", "--quiet", str(repository), str(app))
    _compiled(app, APP)
    _compiled(library, SITE_PACKAGES)
    environment = os.environ | {"PYTHONPATH": str(library)}
    worker = [sys.executable, "-s", "worker.pyc"]
    failed = subprocess.run(
        worker, cwd=app, env=environment, input=ORDERS, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return failed.stderr


def _compiled(folder: Path, name: str) -> None:
    """Leave byte code alone in a folder, which calls the folder by a name: frames bear the container's paths."""
    compile_dir(folder, ddir=name, quiet=1, legacy=True)
    for source in folder.rglob("*.py"):
        source.unlink()
