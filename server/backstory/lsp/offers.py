"""Features for some documents only: where the client can, they are registered for just those."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lsprotocol.types import Registration

from backstory.lsp.texts import SELECTOR

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer


Handler = Callable[..., Any]
Offer = tuple[Mapping[str, Handler], Callable[[Sequence[Any]], object]]
"""The handlers by their methods, the feature's own first; and what a registration for documents of a selector says."""


class Offers:
    """Those of one session. A client that does not use a feature is not told of it."""

    def __init__(self) -> None:
        self._features: dict[str, Offer] = {}
        self._commands: dict[str, Handler] = {}

    def add(self, handlers: Mapping[str, Handler], options: Callable[[Sequence[Any]], object]) -> None:
        """Remember a feature until the client is known: its handler, then the one that resolves what it answered."""
        self._features[next(iter(handlers))] = (handlers, options)

    def add_command(self, name: str, handler: Handler) -> None:
        """Remember a command that opens documents, until it is known whether the client shows any."""
        self._commands[name] = handler

    def announce(self, server: "BackstoryServer") -> None:
        """Answer what can only be announced for all documents, with the answer of `initialize`."""
        for method in self._features.keys() & server.client.uses - server.client.registers:
            self._answer(server, method)
        for name, handler in self._commands.items() if server.client.shows_documents else ():
            server.command(name)(handler)

    def registrations(self, server: "BackstoryServer") -> list[Registration]:
        """Answer the rest from now on, and return what asks the client for it."""
        asked = [method for method in self._features if method in server.client.uses & server.client.registers]
        for method in asked:
            self._answer(server, method)
        return [Registration(f"backstory-{each}", each, self._features[each][1](SELECTOR)) for each in asked]

    def _answer(self, server: "BackstoryServer", feature: str) -> None:
        for method, handler in self._features[feature][0].items():
            server.feature(method)(handler)
