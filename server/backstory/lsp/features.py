"""What the server does: one feature a file."""

from types import ModuleType

from backstory.lsp import (
    commit,
    configuration,
    definition,
    doctor,
    documents,
    hover,
    initialized,
    lenses,
    line_state,
    links,
    open_place,
    prompt,
    regions,
    stack_trace,
    suspects,
)
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
    links,
    definition,
    lenses,
    suspects,
    open_place,
    stack_trace,
)


def create_server() -> BackstoryServer:
    """Return a server with all features."""
    server = BackstoryServer()
    for feature in FEATURES:
        feature.register(server)
    return server
