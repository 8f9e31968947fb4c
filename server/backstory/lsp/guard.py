"""The one guard of every handler: bugs are logged and answer nothing, trouble of the environment is told once."""

import asyncio
import functools
import inspect
import logging
import os
import traceback
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from backstory.model.errors import BackstoryError, CancelledError

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

log = logging.getLogger(__name__)

LETS_THROUGH = os.environ.get("BACKSTORY_RAISE") == "1"
"""Tests want to see bugs, not to have them logged."""

Params = TypeVar("Params")
Answer = TypeVar("Answer")
Arguments = ParamSpec("Arguments")
Handler = Callable[["BackstoryServer", Params], Answer]


def guarded(handler: Handler[Params, Answer]) -> Handler[Params, Answer]:
    """Make a handler, plain or `async`, answer None where it would raise."""
    if inspect.iscoroutinefunction(handler):
        return cast("Handler[Params, Answer]", _guarded_async(handler))

    @functools.wraps(handler)
    def answer(server: "BackstoryServer", params: Params) -> Answer | None:
        try:
            return handler(server, params)
        except Exception as error:  # noqa: BLE001  # the one place that catches everything
            _deal_with(server, handler.__name__, error)
            return None

    return cast("Handler[Params, Answer]", answer)


def _guarded_async(
    handler: Callable[["BackstoryServer", Params], Awaitable[Answer]],
) -> Callable[["BackstoryServer", Params], Awaitable[Answer | None]]:
    @functools.wraps(handler)
    async def answer(server: "BackstoryServer", params: Params) -> Answer | None:
        try:
            return await handler(server, params)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001  # the one place that catches everything
            _deal_with(server, handler.__name__, error)
            return None

    return answer


def _deal_with(server: "BackstoryServer", request: str, error: Exception) -> None:
    if isinstance(error, CancelledError):
        return
    if isinstance(error, BackstoryError):
        server.tell_once(error.state)
        return
    log.error("%s failed: %s", request, described(error))
    if LETS_THROUGH:
        raise error


def described(error: BaseException) -> str:
    """Return an error's type and where it was raised; its message may quote code or a prompt and stays out."""
    return type(error).__name__ + "\n" + "".join(traceback.format_tb(error.__traceback__))
