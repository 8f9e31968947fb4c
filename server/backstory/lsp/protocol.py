"""JSON-RPC as we want it from the protocol library: our own documents, no silent request, no traceback on the wire."""

import json
import logging
from typing import TYPE_CHECKING, Any

from lsprotocol.types import (
    EXIT,
    INITIALIZE,
    NOTEBOOK_DOCUMENT_DID_CHANGE,
    NOTEBOOK_DOCUMENT_DID_CLOSE,
    NOTEBOOK_DOCUMENT_DID_OPEN,
    TEXT_DOCUMENT_DID_CHANGE,
    TEXT_DOCUMENT_DID_CLOSE,
    TEXT_DOCUMENT_DID_OPEN,
    ErrorCodes,
    ResponseError,
)
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

from backstory.lsp.extensions import REQUESTS

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

log = logging.getLogger(__name__)

NOT_THE_LIBRARYS = (
    TEXT_DOCUMENT_DID_OPEN,
    TEXT_DOCUMENT_DID_CHANGE,
    TEXT_DOCUMENT_DID_CLOSE,
    NOTEBOOK_DOCUMENT_DID_OPEN,
    NOTEBOOK_DOCUMENT_DID_CHANGE,
    NOTEBOOK_DOCUMENT_DID_CLOSE,
)
"""The library's own document model splits lines where LSP does not and copies the text at every keystroke."""


class BackstoryProtocol(LanguageServerProtocol):
    """What happens between a message's bytes and its handler."""

    _server: "BackstoryServer"

    def receive(self, body: bytes) -> None:
        """Handle one message. Whatever is wrong with it, a request gets an answer."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            log.warning("a message of %d bytes is no JSON", len(body))
            self._refuse(None, ErrorCodes.ParseError, "The message is no JSON.")
            return
        if not isinstance(data, dict) or data.get("jsonrpc") != self.VERSION:
            self._refuse(None, ErrorCodes.InvalidRequest, "The message is no JSON-RPC 2.0 object.")
            return
        if not self._is_in_order(data):
            return
        try:
            message = self.structure_message(data)
        except JsonRpcException:
            self._give_up(data)
            return
        self.handle_message(message)

    def get_message_type(self, method: str) -> type[Any] | None:  # type: ignore[override]  # the library's is cached
        """Return what a message is turned into; ours beside LSP's."""
        return REQUESTS.get(method) or super().get_message_type(method)

    @lsp_method(EXIT)
    def lsp_exit(self, *_: Any) -> None:  # type: ignore[override]  # the library's is a generator that exits at once
        """End, with status 0 when the client had asked for the shutdown."""
        self._server.stop()

    @property
    def is_shut_down(self) -> bool:
        """Whether the client asked for the shutdown."""
        return bool(self._shutdown)

    def _register_builtin_features(self) -> None:
        super()._register_builtin_features()  # type: ignore[no-untyped-call]  # the library has no types here
        for method in NOT_THE_LIBRARYS:
            del self.fm.builtin_features[method]

    def _is_in_order(self, data: dict[str, Any]) -> bool:
        """Tell whether the session's state allows a message; refuse it if not."""
        method = data.get("method")
        if method is None or method == EXIT:
            return True
        if self.is_shut_down:
            self._refuse_request(data, ErrorCodes.InvalidRequest, "The server is shutting down.")
            return False
        if self._workspace is None and method != INITIALIZE:
            self._refuse_request(data, ErrorCodes.ServerNotInitialized, "The session is not initialized.")
            return False
        if self._workspace is not None and method == INITIALIZE:
            self._refuse_request(data, ErrorCodes.InvalidRequest, "The session is initialized already.")
            return False
        return True

    def _give_up(self, data: dict[str, Any]) -> None:
        """Answer a request that LSP does not know in this shape; let whoever waits for such a response know."""
        words = "The message's parameters are not what LSP says."
        if "method" in data:
            self._refuse_request(data, ErrorCodes.InvalidParams, words)
        elif "id" in data:
            self._handle_response(data["id"], error=ResponseError(ErrorCodes.InvalidParams, words))

    def _refuse_request(self, data: dict[str, Any], code: ErrorCodes, message: str) -> None:
        """Answer a request with an error; a notification, or a response, with silence."""
        if "method" in data and isinstance(data.get("id"), int | str):
            self._refuse(data["id"], code, message)
        else:
            log.info("a message was ignored: %s", message)

    def _refuse(self, request: int | str | None, code: ErrorCodes, message: str) -> None:
        if request is None:
            error = {"code": code.value, "message": message}
            self._send_data({"jsonrpc": self.VERSION, "id": None, "error": error})
        else:
            self._send_response(request, error=ResponseError(code, message))

    def _send_response(self, msg_id: int | str, result: Any = None, error: ResponseError | None = None) -> None:
        if error is not None:
            error = ResponseError(error.code, error.message)  # without `data`, where the library puts a traceback
        super()._send_response(msg_id, result, error)
