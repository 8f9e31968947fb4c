"""`initialized`: what the server asks of the client, and the slow imports, once nobody waits for them."""

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol.types import (
    INITIALIZED,
    WORKSPACE_DID_CHANGE_CONFIGURATION,
    WORKSPACE_DID_CHANGE_WATCHED_FILES,
    DidChangeConfigurationRegistrationOptions,
    DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions,
    FileSystemWatcher,
    InitializedParams,
    Registration,
    RegistrationParams,
)
from pygls.exceptions import JsonRpcException

from backstory.lsp.configuration import ask_configuration
from backstory.lsp.guard import guarded
from backstory.lsp.settings import SECTION

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

WATCHED = ("**/.git/{HEAD,packed-refs,logs/HEAD}", "**/.git/refs/{heads,notes,ai,remotes}/**")
"""What moves with HEAD and with records. Whoever does not watch for us is asked nothing: hovering looks by itself."""


@guarded
async def initialized(server: "BackstoryServer", _: InitializedParams) -> None:
    """Settle in."""
    server.warm_up()
    await ask_configuration(server)
    registrations = _registrations(server)
    if registrations:
        with contextlib.suppress(JsonRpcException):  # some clients promise more than they do
            await server.client_register_capability_async(RegistrationParams(registrations))


@guarded
def did_change_watched_files(server: "BackstoryServer", _: DidChangeWatchedFilesParams) -> None:
    """See whether HEAD or the records moved."""
    server.buffers.look_again(now=True)


def register(server: "BackstoryServer") -> None:
    """Settle in when the client is ready."""
    server.feature(INITIALIZED)(partial(initialized, server))
    server.feature(WORKSPACE_DID_CHANGE_WATCHED_FILES)(partial(did_change_watched_files, server))


def _registrations(server: "BackstoryServer") -> list[Registration]:
    """Return what this client has to be asked for, and can be."""
    asked = server.offers.registrations(server)
    if server.client.watches_files:
        watchers = [FileSystemWatcher(pattern) for pattern in WATCHED]
        options = DidChangeWatchedFilesRegistrationOptions(watchers)
        asked.append(Registration("backstory-git", WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if server.client.registers_configuration:
        configured = DidChangeConfigurationRegistrationOptions(section=SECTION)
        asked.append(Registration("backstory-settings", WORKSPACE_DID_CHANGE_CONFIGURATION, configured))
    return asked
