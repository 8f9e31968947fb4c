"""Git notes: which commits have one, without reading any."""

import re
from typing import cast

from attrs import frozen

from backstory.history.command import failure, run_git
from backstory.history.missing import raise_if_missing
from backstory.history.refs import list_refs
from backstory.history.repository import Repository
from backstory.model.names import BlobId, Revision

NOTES_PATTERNS = ("refs/notes/ai", "refs/notes/ai-remote", "refs/remotes/*/notes/**")
"""Where notes of agents' work are kept, and the copies of a remote's notes that some set-ups fetch to."""

_ONLY_HEXADECIMAL = re.compile("[0-9a-f]*")


@frozen(eq=False)
class NotesIndex:
    """The notes of one ref at one tip."""

    ref: str
    tip: str
    blobs: dict[Revision, BlobId]
    """Each annotated commit with the blob that holds its note."""

    foreign: tuple[str, ...] = ()
    """Paths in the notes tree that annotate nothing, or something that another entry annotates already."""


def notes_refs(repository: Repository, *patterns: str) -> dict[str, str]:
    """Return the notes refs that match `patterns` (default: `NOTES_PATTERNS`) with the ids of their tips."""
    return list_refs(repository, *(patterns or NOTES_PATTERNS))


def notes_index(repository: Repository, ref: str, tip: str | None = None) -> NotesIndex:
    """Return the notes of `ref`; empty when there is no such ref. One git call when `tip`, its id, is known.

    Raises: GitFailedError when the ref does not point to a tree; MissingObjectsError.
    """
    tip = tip or list_refs(repository, ref).get(ref)
    if tip is None:
        return NotesIndex(ref, "", {})
    args = ["ls-tree", "-r", "-z", "--full-tree", tip]
    finished = run_git(repository.directory, args, check=False)
    if finished.status != 0:
        raise_if_missing(repository, tip)
        raise failure(args, finished)
    blobs, foreign = parse_notes_tree(finished.stdout.decode("utf-8", "surrogateescape"), repository.object_format)
    return NotesIndex(ref, tip, blobs, foreign)


def parse_notes_tree(listing: str, object_format: str = "sha1") -> tuple[dict[Revision, BlobId], tuple[str, ...]]:
    r"""Return the notes in the output of `ls-tree -r -z`, and the paths of entries that are none.

    `100644 blob <id>\tab/cdef…\0`: the path without its slashes is the annotated object; 0, 1 or 2 levels of folders
    may stand side by side in one tree. Source: git-notes(1), git's notes.c.
    """
    digits = 64 if object_format == "sha256" else 40
    entries = listing.replace("/", "").split("\0")
    width = len("100644 blob \t") + 2 * digits
    blobs = {entry[-digits:]: entry[12 : 12 + digits] for entry in entries if len(entry) == width}
    if len(blobs) == len(entries) - 1 and _ONLY_HEXADECIMAL.fullmatch("".join(blobs)):
        return cast("dict[Revision, BlobId]", blobs), ()
    return _sorted_out(listing, digits)


def _sorted_out(listing: str, digits: int) -> tuple[dict[Revision, BlobId], tuple[str, ...]]:
    """Return the same, looking at each entry: something in the tree is no note."""
    note = re.compile(f"100[0-7]{{3}} blob ([0-9a-f]{{{digits}}})\t((?:[0-9a-f]{{2}}/)*[0-9a-f]+)")
    blobs: dict[Revision, BlobId] = {}
    foreign = []
    for entry in listing.removesuffix("\0").split("\0"):
        found = note.fullmatch(entry)
        annotated = Revision(found[2].replace("/", "")) if found else Revision("")
        if found and len(annotated) == digits and annotated not in blobs:
            blobs[annotated] = BlobId(found[1])
        elif entry:
            foreign.append(entry.partition("\t")[2])
    return blobs, tuple(foreign)
