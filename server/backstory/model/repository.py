"""Which repository it is, wherever its clones and work trees lie."""

from attrs import frozen

from backstory.model.names import Revision


@frozen
class RepositoryIdentity:
    """What tells one repository from another on this machine."""

    clone: str
    """The absolute path of the git directory that all work trees of this clone share."""

    main_root: Revision | None = None
    """The commit at which the history of HEAD begins, on the side of first parents; None without commits, and where a
    shallow clone hides it."""

    roots: frozenset[Revision] = frozenset()
    """The same for HEAD and every branch, local or of a remote."""
