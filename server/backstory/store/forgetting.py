"""Taking back what was kept, so that its text is gone from the files too."""

from collections.abc import Callable

from attrs import frozen

from backstory.store.cache_files import CacheFile, cache_files, delete, empty
from backstory.store.errors import StoreError
from backstory.store.facts import Facts
from backstory.store.kept_prompt import COLUMNS, KeptPrompt, kept_prompt_of
from backstory.store.storable_text import clean


@frozen
class Forgotten:
    """What is gone."""

    prompts: tuple[KeptPrompt, ...]
    """As they were kept: for telling which, not for showing their text again."""

    caches: tuple[CacheFile, ...] = ()
    """Caches that were emptied, because they may have held text of the same sessions."""


def forget(facts: Facts, session_or_person: str) -> Forgotten:
    """Forget a session (by its key or the agent's id of it) or a person (by name or address, in upper or lower case).

    In every repository; every cache is emptied too, and the files are rewritten.
    Raises: `NotKeptError`, `StoreBusyError` (what was deleted may still stand in a file: again later), `StoreError`.
    """
    word = clean(session_or_person.strip())
    prompts = _delete_where(facts, lambda kept: _is_of(kept, word))
    facts.database.wipe()
    caches = cache_files()
    for cache in caches:
        try:
            (delete if cache.is_orphan else empty)(cache)
        except OSError as error:
            raise StoreError(f"{cache.path} could not be emptied ({error.strerror}).") from error
    return Forgotten(prompts, caches)


def _delete_where(facts: Facts, is_unwanted: Callable[[KeptPrompt], bool]) -> tuple[KeptPrompt, ...]:
    facts.raise_if_refused()
    with facts.database.write() as connection:
        rows = connection.execute(f"SELECT id, {COLUMNS} FROM kept_prompt ORDER BY asked_at, id")  # noqa: S608  # our own words
        unwanted = [(row[0], kept) for row in rows if is_unwanted(kept := kept_prompt_of(row[1:]))]
        connection.executemany("DELETE FROM kept_prompt WHERE id = ?", [(number,) for number, _ in unwanted])
    return tuple(kept for _, kept in unwanted)


def _is_of(kept: KeptPrompt, word: str) -> bool:
    if kept.session and word in (kept.session.key, kept.session.conversation):
        return True
    names = (kept.asked_by.name, kept.asked_by.email) if kept.asked_by else ()
    return word.casefold() in (name.casefold() for name in names if name)
