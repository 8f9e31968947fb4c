"""What the store holds and where, for `doctor` and for whoever wants to know."""

from datetime import datetime
from pathlib import Path

from attrs import frozen

from backstory.model.state import State
from backstory.store.cache_files import CacheFile, cache_files
from backstory.store.facts import FACTS_FILE, Facts
from backstory.store.folders import state_folder


@frozen
class StoreInfo:
    """The store at one moment."""

    facts: Path | None
    """The file of facts, None when this machine names no home; it need not exist."""

    facts_size: int
    """In bytes."""

    kept_prompts: int
    sessions: int
    people: int
    repositories: int
    """Those with kept prompts."""

    oldest: datetime | None
    """When the first one was kept, aware UTC."""

    retention_days: int | None
    """After how many days kept requests are deleted; None: never."""

    caches: tuple[CacheFile, ...]
    states: tuple[State, ...]
    """What limits it."""


def store_info(facts: Facts) -> StoreInfo:
    """Return what the store holds. Raises: `StoreError`."""
    folder = state_folder()
    path = folder and folder / FACTS_FILE
    with facts.database.read() as connection:
        counts = connection.execute(
            "SELECT count(*), count(DISTINCT session), count(DISTINCT coalesce(email, person)), "
            "count(DISTINCT repository), min(kept_at) FROM kept_prompt"
        ).fetchone()
    prompts, sessions, people, repositories, oldest = counts
    return StoreInfo(
        path,
        path.stat().st_size if path and path.is_file() else 0,
        prompts,
        sessions,
        people,
        repositories,
        datetime.fromisoformat(oldest) if oldest else None,
        facts.retention_days,
        cache_files(),
        facts.states,
    )
