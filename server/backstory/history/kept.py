"""What was asked of git, kept for the next question about the same file."""

from collections.abc import Callable
from typing import TypeVar

MOST_KEPT = 64

Key = TypeVar("Key")
Value = TypeVar("Value")


def kept(store: dict[Key, Value], key: Key, make: Callable[[], Value]) -> Value:
    """Return what is kept under a key, made when it is not there; the oldest goes when there are too many."""
    if key not in store:
        made = make()
        while len(store) >= MOST_KEPT:
            del store[next(iter(store))]
        store[key] = made
    return store[key]
