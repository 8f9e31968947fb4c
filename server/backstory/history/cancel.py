"""Cancellation that a worker thread looks at and that ends the git process it waits for."""

import threading
from collections.abc import Callable

from backstory.model.errors import CancelledError


class Cancellation:
    """A flag set once by whoever no longer wants the answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._callbacks: list[Callable[[], None]] = []

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody called `cancel`."""
        return self._cancelled

    def cancel(self) -> None:
        """Set the flag and run what was registered, once."""
        with self._lock:
            self._cancelled = True
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def raise_if_cancelled(self) -> None:
        """Raise `CancelledError` when the answer is no longer wanted."""
        if self._cancelled:
            raise CancelledError("cancelled")

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Run `callback` when cancelled (at once if it is already); return what takes it back."""
        with self._lock:
            if not self._cancelled:
                self._callbacks.append(callback)
                return lambda: self._forget(callback)
        callback()
        return lambda: None

    def _forget(self, callback: Callable[[], None]) -> None:
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)
