"""The files in which hooks keep Agent Trace records: in the work tree, or at home under an id of the repository.

    <work tree>/.agent-trace/{traces,ledgers,commit-links}.jsonl
    $AGENT_TRACE_HOME (~/.agent-trace)/projects/<id>/…, the id being what <git dir>/agent-trace-id says

The id in the git directory is nothing that a clone brings along. One that is checked in
(`.agent-trace/project.json`) is not followed: it could name another repository's records.

Source: cursor/agent-trace `reference/trace-store.ts`; ujjalsharma100/agent-trace-cli `docs/data-on-disk.md`.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import field, frozen

from backstory.evidence.agent_trace_ledger import Ledger, parse_ledger, parse_link
from backstory.evidence.agent_trace_record import ID, Claim, Record, parse_record
from backstory.evidence.json_lines import FileStamp, read_lines, stamp
from backstory.history.repository import Repository
from backstory.model.evidence import Unreadable

FOLDER = ".agent-trace"
RECORDS, LEDGERS, LINKS = "traces.jsonl", "ledgers.jsonl", "commit-links.jsonl"
_MAX_ID_BYTES = 200
_UNSAFE_IN_NAMES = re.compile(r"[:/\\]")


@frozen
class Place:
    """A folder of such files."""

    folder: Path
    within: Path
    """Nothing is read through a link that leads out of here."""

    shown: str
    """How a person finds it."""

    def stamps(self) -> tuple[FileStamp | None, ...]:
        """Return what changes when a file does; one look where there is no such folder, as in most repositories."""
        names = (RECORDS, LEDGERS, LINKS) if self.folder.is_dir() else ()
        return tuple(stamp(self.folder / name) for name in names)


@frozen(eq=False)
class KeptRecords:
    """What the files of one folder hold."""

    shown: str
    records: tuple[Record, ...]
    ledgers: dict[str, Ledger]
    links: dict[str, frozenset[str]]
    """The ids of the records that led to a commit."""

    unreadable: tuple[Unreadable, ...]
    _by_revision: dict[str | None, list[Record]] = field(init=False)
    _by_id: dict[str, Record] = field(init=False)

    def __attrs_post_init__(self) -> None:
        by_revision: dict[str | None, list[Record]] = {}
        for record in self.records:
            by_revision.setdefault(record.revision, []).append(record)
        object.__setattr__(self, "_by_revision", by_revision)
        object.__setattr__(self, "_by_id", {record.id: record for record in self.records if record.id})

    def naming(self, revision: str | None) -> list[Record]:
        """Return the records that name a commit, or none at all."""
        return self._by_revision.get(revision, [])

    def linked(self, commit: str) -> Iterator[Record]:
        """Yield the records that are said to have led to a commit."""
        for name in sorted(self.links.get(commit, ())):
            if name in self._by_id:
                yield self._by_id[name]

    def claims(self) -> Iterator[Claim]:
        """Yield all that the records and the ledgers claim."""
        for record in self.records:
            yield from record.claims
        for ledger in self.ledgers.values():
            yield from (segment.claim for segment in ledger.segments)

    def tool_of(self, record: str | None) -> str | None:
        """Return the tool of the record with that id."""
        found = self._by_id.get(record or "")
        return found.tool if found else None


def places(repository: Repository) -> list[Place]:
    """Return the folders that this repository's records are in, or would be."""
    found = []
    if repository.root:
        found.append(Place(repository.root / FOLDER, repository.root, FOLDER))
    project = _project(repository)
    if project:
        home = _home()
        found.append(Place(home / "projects" / project, home, f"~/{FOLDER}/projects/{project}"))
    return found


def read_place(place: Place, root: str | None) -> KeptRecords | None:
    """Return what a folder's files hold; None when there are none. Never raises for what they hold."""
    troubles: list[Unreadable] = []
    if not any(place.stamps()):
        return None
    records = [parse_record(line, root) for line in _lines(place, RECORDS, troubles)]
    ledgers = [parse_ledger(line) for line in _lines(place, LEDGERS, troubles)]
    links = [parse_link(line) for line in _lines(place, LINKS, troubles)]
    for name, found in ((RECORDS, records), (LEDGERS, ledgers), (LINKS, links)):
        broken = sum(each is None for each in found)
        if broken:
            troubles.append(_trouble(place, name, f"{broken:,} of its lines cannot be read."))
    return KeptRecords(
        place.shown,
        tuple(record for record in records if record),
        {ledger.commit: ledger for ledger in ledgers if ledger and ledger.commit},
        _joined(link for link in links if link),
        tuple(troubles),
    )


def _lines(place: Place, name: str, troubles: list[Unreadable]) -> list[bytes]:
    path = place.folder / name
    if stamp(path) is None:
        return []
    found = read_lines(path, place.within)
    if isinstance(found, str):
        troubles.append(_trouble(place, name, found))
        return []
    lines, too_long = found
    if too_long:
        troubles.append(_trouble(place, name, f"{too_long:,} of its lines are too long to be records."))
    return lines


def _trouble(place: Place, name: str, reason: str) -> Unreadable:
    return Unreadable(ID, f"{place.shown}/{name}", reason)


def _joined(links: Iterable[tuple[str, list[str]]]) -> dict[str, frozenset[str]]:
    joined: dict[str, frozenset[str]] = {}
    for commit, names in links:
        joined[commit] = joined.get(commit, frozenset()) | frozenset(names)
    return joined


def _home() -> Path:
    named = os.environ.get("AGENT_TRACE_HOME")
    return Path(named) if named else Path.home() / FOLDER


def _project(repository: Repository) -> str | None:
    """Return the name of the repository's folder at home, None when it has no id."""
    for folder in dict.fromkeys((repository.common_dir, repository.git_dir)):
        path = folder / "agent-trace-id"
        try:
            if not path.is_file() or path.stat().st_size > _MAX_ID_BYTES:
                continue
            name = _UNSAFE_IN_NAMES.sub("_", path.read_text("utf-8", "replace").strip())
        except OSError:
            continue
        if name.strip(".") and name.isprintable():
            return name
    return None
