r"""Writing git notes: the one thing that Backstory ever writes into a repository's history, and only when asked to.

`git notes add` reads the list, changes it and replaces whatever is there by then: what another process noted meanwhile
would be lost. So one `git fast-import` writes each change; it refuses to move a ref on which somebody else has moved,
and then everything is asked again.

    commit refs/notes/ai
    committer Ann Lee <ann@example.com> now
    data 32
    Notes added by 'backstory record'from 5f1c0e…
    N inline 2860dda…
    data 11
    …

Source: git-fast-import(1), *notemodify*, *Branch Updates*.
"""

import time
from collections.abc import Callable, Mapping

from backstory.history.command import failure, run_git
from backstory.history.commits import Identity
from backstory.history.refs import list_refs
from backstory.history.repository import Repository
from backstory.model.names import Revision

_ARGUMENTS = ("fast-import", "--quiet", "--done", "--date-format=now")
_MESSAGE = b"Notes added by 'backstory record'"
_MOST_ATTEMPTS = 50
_MOST_FAILURES = 5
"""In a row, while nobody else moved the ref: something other than a busy neighbour is in the way."""

_WAIT_SECONDS = 0.02

Compose = Callable[[str | None], Mapping[Revision, bytes]]
"""From the tip of the notes (None: there are none yet) to the notes to write; asked again after somebody else wrote."""


def write_notes(repository: Repository, ref: str, identity: Identity, compose: Compose) -> Mapping[Revision, bytes]:
    """Write the notes that `compose` gives and return them; the last thing it was told is what they are added to.

    Raises: GitFailedError when git refuses for another reason than somebody else's writing at the same time.
    """
    failures = 0
    for attempt in range(_MOST_ATTEMPTS):
        tip = list_refs(repository, ref).get(ref)
        notes = compose(tip)
        if not notes:
            return notes
        finished = run_git(repository.directory, _ARGUMENTS, stdin=_stream(ref, tip, identity, notes), check=False)
        if finished.status == 0:
            return notes
        failures = failures + 1 if list_refs(repository, ref).get(ref) == tip else 0
        if failures == _MOST_FAILURES:
            break
        time.sleep(_WAIT_SECONDS * min(attempt + 1, 10))
    raise failure(_ARGUMENTS, finished)


def _stream(ref: str, tip: str | None, identity: Identity, notes: Mapping[Revision, bytes]) -> bytes:
    lines = [f"commit {ref}".encode(), _committer(identity), _data(_MESSAGE)]
    lines += [f"from {tip}".encode()] if tip else []
    for revision, text in notes.items():
        lines += [f"N inline {revision}".encode(), _data(text)]
    return b"\n".join((*lines, b"done", b""))


def _committer(identity: Identity) -> bytes:
    return f"committer {_bare(identity.name)} <{_bare(identity.email)}> now".encode("utf-8", "replace")


def _bare(text: str | None) -> str:
    return "".join(sign for sign in text or "" if sign not in "<>\n\0").strip()


def _data(content: bytes) -> bytes:
    return b"data %d\n%b" % (len(content), content)
