"""What cannot be made again: requests that a person kept. One file for all repositories of the person.

facts = open_facts()
here = facts.of(identify(repository))
here.keep([KeptPrompt(…)])  # on disk, whatever happens to the machine next, once this returns
here.find("claude-code", evidence.prompt_key)
facts.close()
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from attrs import frozen

from backstory.model.repository import RepositoryIdentity
from backstory.model.state import State
from backstory.store.database import Database, Durability
from backstory.store.errors import NotKeptError, StoreDamagedError, StoreError, StoreNewerError
from backstory.store.facts_schema import FACTS_MIGRATIONS
from backstory.store.folders import private_file, state_folder
from backstory.store.kept_prompt import COLUMNS, KeptPrompt, insert_prompts, kept_prompt_of, row_of
from backstory.store.repositories import repositories_of, settle_repository
from backstory.store.retention import expire, retention_days, set_retention
from backstory.store.salvage import salvaged
from backstory.store.storable_text import clean

FACTS_FILE = "facts.sqlite3"


def open_facts() -> "Facts":
    """Return the facts. Never raises: what limits them is in `states`, and `keep` refuses where nothing would last."""
    folder = state_folder()
    if folder is None:
        return _nowhere("This machine names no home folder, so nothing is kept.")
    path = folder / FACTS_FILE
    try:
        database = Database(private_file(folder, FACTS_FILE), FACTS_MIGRATIONS, Durability.FACT)
        try:
            database.check()
        except StoreError:
            database.close()
            raise
    except StoreNewerError as error:
        return _nowhere(error.reason)
    except StoreDamagedError as error:
        return _readable(path, f"{error.reason} What can be read of it is shown, and nothing is kept.", _RESCUE)
    except OSError as error:
        return _readable(path, f"{path} cannot be written ({error.strerror}): nothing is kept.")
    except StoreError as error:
        return _readable(path, f"{error.reason} Nothing is kept.")
    with suppress(StoreError):  # somebody else is at it: next time
        expire(database, datetime.now(UTC))
    return Facts(database)


def have_facts() -> bool:
    """Tell whether anything was ever kept on this machine; `open_facts` would make the file."""
    folder = state_folder()
    return folder is not None and (folder / FACTS_FILE).exists()


_RESCUE = "backstory store export > facts.jsonl"


def _nowhere(reason: str) -> "Facts":
    return Facts(Database(None, FACTS_MIGRATIONS, Durability.FACT), NotKeptError(reason))


def _readable(path: Path, reason: str, command: str | None = None) -> "Facts":
    return Facts(salvaged(path), NotKeptError(reason, command))


@frozen(eq=False)
class Facts:
    """The facts of one person on this machine; usable from several threads."""

    database: Database
    """For this room only."""

    refusal: NotKeptError | None = None
    """Why nothing can be kept; None when all is well."""

    @property
    def states(self) -> tuple[State, ...]:
        """What limits the facts, for a person."""
        return (self.refusal.state,) if self.refusal else ()

    def raise_if_refused(self) -> None:
        """Raise `NotKeptError` when nothing that is written would last."""
        if self.refusal:
            raise NotKeptError(self.refusal.reason, self.refusal.command)

    def of(self, identity: RepositoryIdentity) -> "RepositoryFacts":
        """Return what is known of one repository; its clones and work trees share it."""
        return RepositoryFacts(self, identity)

    @property
    def retention_days(self) -> int | None:
        """After how many days kept requests are deleted, None for never. Raises: `StoreError`."""
        return retention_days(self.database)

    def retain(self, days: int | None, now: datetime) -> int:
        """Choose after how many days kept requests are deleted (None: never); return how many are deleted at once.

        Raises: `NotKeptError`, `StoreBusyError`, `StoreError`.
        """
        self.raise_if_refused()
        set_retention(self.database, days)
        return expire(self.database, now)

    def close(self) -> None:
        """Give the file back."""
        self.database.close()


@frozen(eq=False)
class RepositoryFacts:
    """The facts of one repository."""

    facts: Facts
    identity: RepositoryIdentity

    def keep(self, prompts: Iterable[KeptPrompt]) -> int:
        """Keep requests, secrets masked, and return how many are new; one that is kept already stays as it is.

        When this returns they are on disk. Raises: `NotKeptError`, `StoreBusyError`, `StoreError`: none was kept.
        """
        self.facts.raise_if_refused()
        rows = [row_of(prompt) for prompt in prompts]
        with self.facts.database.write() as connection:
            repository = settle_repository(connection, self.identity)
            return insert_prompts(connection, ((repository, row) for row in rows))

    def find(self, source: str, prompt_key: str) -> KeptPrompt | None:
        """Return the kept request behind evidence of `source`. Raises: `StoreError`."""
        return next(iter(self._kept("source = ? AND prompt_key = ?", (clean(source), clean(prompt_key)))), None)

    def of_session(self, key: str) -> tuple[KeptPrompt, ...]:
        """Return the kept requests of a session, by its key or the agent's id of the conversation, oldest first.

        Raises: `StoreError`.
        """
        return self._kept("(session = ? OR conversation = ?)", (clean(key), clean(key)))

    def all(self) -> tuple[KeptPrompt, ...]:
        """Return every kept request of this repository, oldest first. Raises: `StoreError`."""
        return self._kept("1", ())

    def _kept(self, condition: str, values: tuple[str, ...]) -> tuple[KeptPrompt, ...]:
        with self.facts.database.read() as connection:
            repositories = repositories_of(connection, self.identity)
            places = ", ".join("?" * len(repositories))
            query = (
                f"SELECT {COLUMNS} FROM kept_prompt WHERE repository IN ({places}) AND {condition} "  # noqa: S608  # our own words
                "ORDER BY asked_at, id"
            )
            return tuple(map(kept_prompt_of, connection.execute(query, (*repositories, *values))))
