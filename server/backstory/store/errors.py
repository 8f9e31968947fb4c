"""What can be wrong with the store, in words for a person."""

from backstory.model.errors import BackstoryError
from backstory.model.state import StateCode


class StoreError(BackstoryError):
    """The store cannot be read or written now."""

    exit_code = 10
    code = StateCode.STORE_LIMITED


class StoreBusyError(StoreError):
    """Another process has been writing for longer than we wait."""


class StoreDamagedError(StoreError):
    """The file is no database, or a broken one."""


class StoreNewerError(StoreError):
    """A newer Backstory made the file; this one leaves it alone."""


class NotKeptError(StoreError):
    """Facts can be read (as far as they are there), and nothing can be kept."""


class CacheRebuiltError(StoreError):
    """The cache turned out to be damaged and was set aside: it is empty now, and what was going on must begin again."""
