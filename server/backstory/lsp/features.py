"""What the server does: one feature a file."""

from types import ModuleType

from backstory.lsp import commit, configuration, doctor, documents, hover, initialized, line_state, prompt, regions
from backstory.lsp.server import BackstoryServer

FEATURES: tuple[ModuleType, ...] = (
    configuration,
    initialized,
    documents,
    hover,
    line_state,
    regions,
    prompt,
    commit,
    doctor,
)


def create_server() -> BackstoryServer:
    """Return a server with all features."""
    server = BackstoryServer()
    for feature in FEATURES:
        feature.register(server)
    return server
