"""Where settings come from: sent on `initialize`, asked for per folder, announced when they change."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from lsprotocol.types import (
    INITIALIZE,
    WORKSPACE_DID_CHANGE_CONFIGURATION,
    WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS,
    ConfigurationItem,
    ConfigurationParams,
    DidChangeConfigurationParams,
    DidChangeWorkspaceFoldersParams,
    InitializeParams,
)
from pygls.exceptions import JsonRpcException

from backstory.lsp.capabilities import client_of
from backstory.lsp.guard import guarded
from backstory.lsp.settings import SECTION, Settings, settings_of
from backstory.lsp.uris import file_path
from backstory.model.state import State, StateCode

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer


class Configuration:
    """The settings in force, for all folders and for each."""

    def __init__(self) -> None:
        self._everywhere = Settings()
        self._by_folder: dict[PurePath, Settings] = {}

    def settings_for(self, path: Path | State) -> Settings:
        """Return the settings of the innermost folder that holds a file."""
        if isinstance(path, Path):
            for folder in path.parents:
                if folder in self._by_folder:
                    return self._by_folder[folder]
        return self._everywhere

    def sources_off(self, folder: Path) -> Sequence[str]:
        """Return the sources that are not to be read for the files of a folder."""
        return self.settings_for(folder / "a file").disabled_sources

    def take(self, server: "BackstoryServer", raw: object, folder: PurePath | None = None) -> None:
        """Put a client's JSON in force; the person hears of each value that makes no sense, once."""
        settings, complaints = settings_of(raw)
        for complaint in complaints:
            server.tell_once(State(StateCode.FAILED, complaint.sentence))
        if folder is None:
            self._everywhere = settings
        else:
            self._by_folder[folder] = settings

    def forget_folders(self) -> None:
        """Let the settings for all folders hold everywhere, until each folder's are known."""
        self._by_folder.clear()


@guarded
def initialize(server: "BackstoryServer", params: InitializeParams) -> None:
    """Learn what the client can do and what the person chose."""
    server.client = client_of(params)
    server.configuration.take(server, _section(params.initialization_options))
    server.offers.announce(server)


@guarded
async def did_change_configuration(server: "BackstoryServer", params: DidChangeConfigurationParams) -> None:
    """Put changed settings in force: those sent along, or those the client tells when asked."""
    if server.client.answers_configuration:
        await ask_configuration(server)
    elif params.settings is not None:
        server.configuration.take(server, _section(params.settings))
        server.documents.reconsider(server)


@guarded
async def did_change_folders(server: "BackstoryServer", _: DidChangeWorkspaceFoldersParams) -> None:
    """Learn the settings of a folder that came."""
    await ask_configuration(server)


async def ask_configuration(server: "BackstoryServer") -> None:
    """Ask the client for the settings of all folders, if it answers that."""
    if not server.client.answers_configuration:
        return
    folders = [(uri, path) for uri in server.workspace.folders if not isinstance(path := file_path(uri), State)]
    items = [ConfigurationItem(section=SECTION), *(ConfigurationItem(uri, SECTION) for uri, _ in folders)]
    try:
        answers = await server.workspace_configuration_async(ConfigurationParams(items))
    except JsonRpcException:
        return  # some clients promise more than they do
    server.configuration.forget_folders()
    for folder, raw in zip((None, *(path for _, path in folders)), answers, strict=False):
        server.configuration.take(server, raw, folder)
    server.documents.reconsider(server)


def register(server: "BackstoryServer") -> None:
    """Learn settings when the session begins and when they change."""
    server.feature(INITIALIZE)(partial(initialize, server))
    server.feature(WORKSPACE_DID_CHANGE_CONFIGURATION)(partial(did_change_configuration, server))
    server.feature(WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(partial(did_change_folders, server))


def _section(raw: object) -> object:
    """Return our section of what a client sent, which may be the section itself."""
    return raw.get(SECTION, raw) if isinstance(raw, Mapping) else raw
