"""Which repository of the facts a clone belongs to: by its root commit, or by its place until that is known."""

from typing import TYPE_CHECKING

from backstory.model.names import Revision
from backstory.model.repository import RepositoryIdentity
from backstory.store.storable_text import clean

if TYPE_CHECKING:
    from sqlite3 import Connection


def repositories_of(connection: "Connection", identity: RepositoryIdentity) -> tuple[int, ...]:
    """Return the ids under which facts of this clone stand: none, one, or two that `settle_repository` would join."""
    remembered = _remembered(connection, identity)
    by_root = _with_root(connection, identity.main_root)
    if remembered and (remembered[1] is not None or by_root is None):
        return (remembered[0],)
    return tuple(each for each in (by_root, remembered and remembered[0]) if each is not None)


def settle_repository(connection: "Connection", identity: RepositoryIdentity) -> int:
    """Return the id for new facts of this clone, inside a transaction that writes; remember what is new of it.

    A shallow clone is known by its place. Once its root is known, its facts join those of its repository.
    """
    found = repositories_of(connection, identity)
    repository = found[0] if found else _inserted(connection, identity.main_root)
    for other in found[1:]:
        _join(connection, repository, other)
    if identity.main_root is not None:
        connection.execute(
            "UPDATE repository SET root = ? WHERE id = ? AND root IS NULL", (identity.main_root, repository)
        )
    connection.execute("INSERT OR REPLACE INTO clone VALUES (?, ?)", (clean(identity.clone), repository))
    return repository


def repository_with_root(connection: "Connection", root: Revision) -> int:
    """Return the id for facts of the repository that begins at `root`, inside a transaction that writes."""
    known = _with_root(connection, root)
    return _inserted(connection, root) if known is None else known


def _remembered(connection: "Connection", identity: RepositoryIdentity) -> tuple[int, Revision | None] | None:
    """Return the repository that was in this place before, unless another one is there now."""
    row = connection.execute(
        "SELECT id, root FROM clone JOIN repository ON id = repository WHERE path = ?", (clean(identity.clone),)
    ).fetchone()
    if row is None or (row[1] is not None and identity.roots and row[1] not in identity.roots):
        return None
    return row[0], row[1]


def _with_root(connection: "Connection", root: Revision | None) -> int | None:
    row = connection.execute("SELECT id FROM repository WHERE root = ?", (root,)).fetchone()
    return row[0] if row else None


def _inserted(connection: "Connection", root: Revision | None) -> int:
    repository: int = connection.execute("INSERT INTO repository (root) VALUES (?) RETURNING id", (root,)).fetchone()[0]
    return repository


def _join(connection: "Connection", repository: int, other: int) -> None:
    connection.execute("UPDATE OR IGNORE kept_prompt SET repository = ? WHERE repository = ?", (repository, other))
    connection.execute("DELETE FROM kept_prompt WHERE repository = ?", (other,))
    connection.execute("UPDATE clone SET repository = ? WHERE repository = ?", (repository, other))
    connection.execute("DELETE FROM repository WHERE id = ?", (other,))
