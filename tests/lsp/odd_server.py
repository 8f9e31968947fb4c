"""Our server with handlers that fail or print, started by tests as a program of its own."""

import subprocess
import sys
from functools import partial

from backstory.lsp import features
from backstory.lsp.guard import guarded
from backstory.lsp.transport import serve_stdio
from backstory.model.errors import GitMissingError

QUOTED = "ydobemos"[::-1]


@guarded
def bug(_server, _params):
    raise KeyError(QUOTED)


@guarded
async def async_bug(_server, _params):
    raise KeyError(QUOTED)


@guarded
def trouble(_server, _params):
    raise GitMissingError("There is no git.", "apt install git")


@guarded
def say(_server, _params):
    print("printed by Python", flush=True)  # noqa: T201  # that is what is tested
    subprocess.run([sys.executable, "-c", "import sys; print('printed by a child' + sys.stdin.read())"], check=True)
    return "said"


server = features.create_server()
for name, handler in {
    "test/bug": bug,
    "test/asyncBug": async_bug,
    "test/trouble": trouble,
    "test/print": say,
}.items():
    server.feature(name)(partial(handler, server))
sys.exit(serve_stdio(server))
