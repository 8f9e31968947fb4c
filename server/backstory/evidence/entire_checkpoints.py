"""Entire's checkpoints, found by id or all of them; objects are read by id, many at a time, and none is fetched.

    metadata.json           summary
    0/metadata.json         of each session, numbered from 0 (gaps occur); the oldest versions kept one, unnumbered
    0/full.jsonl            its transcript, from the session's beginning; what exceeds 50 MB goes on in full.jsonl.001 …
    0/prompt.txt            what was asked, joined by lines `---`

Source: entireio/cli, `cmd/entire/cli/checkpoint/committed.go`, `cmd/entire/cli/agent/chunking.go`.
"""

import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from attrs import frozen

from backstory.evidence.entire_metadata import SessionMetadata, parse_metadata
from backstory.evidence.entire_refs import CheckpointRefs, checkpoint_refs
from backstory.evidence.entire_trailer import CHECKPOINT_ID
from backstory.evidence.evidence_refs import evidence_refs
from backstory.history.commits import parse_commit
from backstory.history.notes_tree import parse_tree
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.evidence import Unreadable
from backstory.model.names import Revision

ID = "entire"
PROMPTS = "prompt.txt"

LONGEST_PART = 256 << 20
"""Bytes of one blob: Entire itself cuts transcripts at 50 MB."""

_METADATA = "metadata.json"
_TRANSCRIPT = re.compile(r"full\.jsonl(?:\.\d{3,6})?")
_OLD_TRANSCRIPT = "full.log"
_ID = re.compile(CHECKPOINT_ID)
_Tree = Mapping[str, tuple[bool, str]]
"""Name → whether it is a folder, and the object's id."""


@frozen
class CheckpointAt:
    """One checkpoint, not read yet."""

    id: str
    tree: str
    locator: str
    """`ref:path`, as git's commands take it."""


@frozen
class CheckpointSession:
    """What one checkpoint keeps of one session."""

    checkpoint: str
    number: str
    """The name of its folder; empty where the checkpoint has none."""

    metadata: SessionMetadata
    transcript: tuple[str, ...]
    """The blobs that hold it, in order; none when it was not kept."""

    prompts: str | None
    """The blob of `prompt.txt`."""

    locator: str

    @property
    def key(self) -> str:
        """Names it within the repository."""
        return f"{self.checkpoint}/{self.number}"

    @property
    def transcript_locator(self) -> str:
        """Where a person can re-read its transcript: `git show` takes it."""
        return f"{self.locator}{'' if self.locator.endswith(':') else '/'}full.jsonl"


@frozen
class Checkpoint:
    """One checkpoint, read but for its transcripts."""

    at: CheckpointAt
    sessions: tuple[CheckpointSession, ...]
    unreadable: tuple[Unreadable, ...] = ()


class Checkpoints:
    """The checkpoints of one repository, in the refs as they were when first asked for; safe to use from threads."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._repository = repository
        self._reader = reader
        self._lock = threading.Lock()
        self._refs: CheckpointRefs | None = None
        self._roots: list[tuple[str, _Tree]] | None = None
        self.unreadable: tuple[Unreadable, ...] = ()
        """Refs of which it turned out that they hold no checkpoints."""

    @property
    def refs(self) -> CheckpointRefs:
        """Where they are: at most one git call, for all sources."""
        with self._lock:
            if self._refs is None:
                self._refs = checkpoint_refs(evidence_refs(self._repository, self._reader))
            return self._refs

    def find(self, ids: Collection[str]) -> dict[str, CheckpointAt]:
        """Return those of some checkpoints that are here."""
        found = {place.id: place for place in self._with_own_refs(each for each in ids if each in self.refs.own)}
        for ref, root in self._read_roots():
            wanted = [each for each in ids if each not in found]
            shards = {each: root[each[:2]][1] for each in wanted if root.get(each[:2], (False, ""))[0]}
            trees = self._trees(shards.values())
            for each, shard in shards.items():
                is_folder, tree = trees[shard].get(each[2:], (False, ""))
                if is_folder:
                    found[each] = CheckpointAt(each, tree, f"{ref}:{each[:2]}/{each[2:]}")
        return found

    def all(self) -> list[CheckpointAt]:
        """Return every checkpoint, each once."""
        found = {place.id: place for place in self._with_own_refs(self.refs.own)}
        for ref, root in self._read_roots():
            shards = {name: tree for name, (is_folder, tree) in root.items() if is_folder and len(name) == 2}
            trees = self._trees(shards.values())
            for shard, tree_id in shards.items():
                for rest, (is_folder, tree) in trees[tree_id].items():
                    if is_folder and _ID.fullmatch(shard + rest):
                        place = CheckpointAt(shard + rest, tree, f"{ref}:{shard}/{rest}")
                        found.setdefault(place.id, place)
        return [found[each] for each in sorted(found)]

    def load(self, places: Sequence[CheckpointAt]) -> list[Checkpoint]:
        """Read some checkpoints, but for their transcripts."""
        tops = self._trees(place.tree for place in places)
        folders = {
            place.id: {
                name: tree for name, (is_folder, tree) in tops[place.tree].items() if is_folder and name.isdigit()
            }
            for place in places
        }
        trees = self._trees(chain.from_iterable(each.values() for each in folders.values()))
        held = {
            place.id: [
                (name, trees[tree]) for name, tree in sorted(folders[place.id].items(), key=lambda it: int(it[0]))
            ]
            or [("", tops[place.tree])]
            for place in places
        }
        blobs = {files[_METADATA][1] for sessions in held.values() for _, files in sessions if _METADATA in files}
        texts = dict(self._reader.read_many(sorted(blobs)))
        return [_checkpoint(place, held[place.id], texts) for place in places]

    def text(self, blobs: Sequence[str]) -> bytes | None:
        """Return the content of some blobs, one after the other; None when the clone lacks one, or it is too long."""
        parts = [self._reader.read_object(blob, limit=LONGEST_PART) for blob in blobs]
        contents = [part.content for part in parts if part and part.content is not None]
        return b"\n".join(contents) if len(contents) == len(blobs) else None

    def _with_own_refs(self, ids: Iterable[str]) -> Iterator[CheckpointAt]:
        """Yield checkpoints that have a ref: it points to a commit whose tree is the checkpoint."""
        refs = {each: self.refs.own[each] for each in ids}
        commits = dict(self._reader.read_many([target for _, target in refs.values()]))
        for each, (ref, target) in refs.items():
            content = commits[target]
            tree = parse_commit(content, Revision(target)).tree if content is not None else ""
            if tree:
                yield CheckpointAt(each, tree, f"{ref}:")
            else:
                self._leave_out(ref, "The ref does not point to a checkpoint, or this clone lacks it.")

    def _read_roots(self) -> list[tuple[str, _Tree]]:
        """Return the tree of each branch that holds checkpoints."""
        if self._roots is None:
            roots: list[tuple[str, _Tree]] = []
            for ref, target in self.refs.branches:
                content = self._reader.read(target)
                tree = parse_commit(content, Revision(target)).tree if content is not None else ""
                root = self._trees([tree])[tree] if tree else None
                if root:
                    roots.append((ref, root))
                else:
                    self._leave_out(ref, "The ref holds no checkpoints, or this clone lacks them.")
            self._roots = roots
        return self._roots

    def _trees(self, ids: Iterable[str]) -> dict[str, _Tree]:
        """Return trees by id; one that the clone lacks, or that is none, has no entries."""
        wanted = sorted(set(ids))
        return {
            tree: _entries(content, self._repository.object_format) for tree, content in self._reader.read_many(wanted)
        }

    def _leave_out(self, ref: str, reason: str) -> None:
        trouble = Unreadable(ID, ref, reason)
        with self._lock:
            if trouble not in self.unreadable:
                self.unreadable += (trouble,)


def _entries(content: bytes | None, object_format: str) -> _Tree:
    entries = parse_tree(content, object_format) if content is not None else None
    return {
        name.decode("utf-8", "surrogateescape"): (mode == b"40000", object_id.hex())
        for name, (mode, object_id) in (entries or {}).items()
    }


def _checkpoint(
    place: CheckpointAt, held: Iterable[tuple[str, _Tree]], texts: Mapping[str, bytes | None]
) -> Checkpoint:
    sessions: list[CheckpointSession] = []
    unreadable: list[Unreadable] = []
    for number, files in held:
        found = _session(place, number, files, texts)
        if isinstance(found, Unreadable):
            unreadable.append(found)
        else:
            sessions.append(found)
    return Checkpoint(place, tuple(sessions), tuple(unreadable))


def _session(
    place: CheckpointAt, number: str, files: _Tree, texts: Mapping[str, bytes | None]
) -> CheckpointSession | Unreadable:
    separator = "" if place.locator.endswith(":") else "/"
    locator = f"{place.locator}{separator}{number}" if number else place.locator
    if _METADATA not in files:
        return Unreadable(ID, locator, "This clone lacks the checkpoint's folders, or they hold no session.")
    text = texts[files[_METADATA][1]]
    if text is None:
        return Unreadable(ID, locator, "This clone lacks the description of the session.")
    metadata = parse_metadata(text)
    if metadata is None:
        return Unreadable(ID, locator, "The description of the session cannot be read.")
    blobs = {name: blob for name, (is_folder, blob) in files.items() if not is_folder}
    parts = sorted(filter(_TRANSCRIPT.fullmatch, blobs)) or [name for name in (_OLD_TRANSCRIPT,) if name in blobs]
    return CheckpointSession(
        place.id,
        number,
        metadata,
        tuple(blobs[name] for name in parts),
        blobs.get(PROMPTS),
        locator,
    )
