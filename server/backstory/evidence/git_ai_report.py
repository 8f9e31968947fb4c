"""What git-ai recorded in a repository, counted for `doctor`: every note is read once, one at a time."""

from collections import Counter
from collections.abc import Container, Iterator

import msgspec

from backstory.evidence.git_ai_index import each_note
from backstory.evidence.git_ai_legacy import parse_legacy
from backstory.evidence.git_ai_note import ID, Note, parse_note
from backstory.evidence.git_ai_prompt import Conversation, KeptBy
from backstory.evidence.git_ai_records import AgentId
from backstory.evidence.git_ai_refs import NoteAt, RecordedRefs
from backstory.evidence.source import Progress
from backstory.history.cancel import Cancellation
from backstory.history.commits import reachable
from backstory.history.objects import ObjectReader
from backstory.history.presence import present_objects
from backstory.history.repository import Repository, head, remotes
from backstory.model.diagnosis import NamedSession, SourceReport
from backstory.model.evidence import Unreadable
from backstory.model.names import Revision
from backstory.model.origin import Session

NAME = "git-ai notes"
_TOOLS_SHOWN = 8


class _Record(Conversation):
    agent_id: AgentId | None = None


_RECORD = msgspec.json.Decoder(_Record)


class _Count:
    """What has been counted so far."""

    def __init__(self) -> None:
        self.sessions: set[str] = set()
        self.prompts: set[str] = set()
        self.humans: set[str] = set()
        self.tools: Counter[str] = Counter()
        self.named: set[tuple[str, str | None, str | None]] = set()
        self.with_lines: set[Revision] = set()
        self.without_lines = 0
        self.kept_by: Counter[KeptBy] = Counter()
        self.unreadable: list[Unreadable] = []

    def add(self, revision: Revision, note: Note) -> None:
        """Count the note about a commit."""
        metadata = note.metadata
        sessions, prompts = metadata.sessions or {}, metadata.prompts or {}
        self.sessions.update(sessions)
        self.prompts.update(prompts)
        self.humans.update(metadata.humans or ())
        if note.claims_lines:
            self.with_lines.add(revision)
        else:
            self.without_lines += 1
        for key, raw in (*sessions.items(), *prompts.items()):
            try:
                record = _RECORD.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
            agent = record.agent_id or AgentId()
            self.named.add((key, agent.id or None, agent.tool or None))
            self.tools[agent.tool or "not recorded"] += 1
            self.kept_by[record.kept_by] += 1


def report_on(
    repository: Repository, reader: ObjectReader, refs: RecordedRefs, cancellation: Cancellation, progress: Progress
) -> SourceReport:
    """Return the report; the refs may be those of an earlier moment."""
    notes = refs.first_notes()
    count = _Count()
    for place, text in each_note(reader, notes, cancellation, progress):
        note = parse_note(text, place.locator) if text is not None else _not_here(place)
        if isinstance(note, Unreadable):
            count.unreadable.append(note)
        else:
            count.add(place.revision, note)
    revision = head(repository)
    on_head = reachable(repository, revision) if revision and (notes or refs.legacy) else set()
    names = {note.revision for note in notes} | refs.legacy.keys()
    here = present_objects(repository, reader, names) if names else frozenset()
    return SourceReport(
        id=ID,
        name=NAME,
        found=len(notes),
        on_head=sum(note.revision in on_head for note in notes),
        read=len(notes) - len(count.unreadable),
        unreadable=tuple(count.unreadable),
        details=tuple(_details(reader, refs, notes, here, count)),
        absence=None if notes or refs.legacy else _absence(repository),
        carried=len(((count.with_lines | refs.legacy.keys()) & here) - on_head),
        named=frozenset(NamedSession(Session(key, talk), tool) for key, talk, tool in count.named),
    )


def _details(
    reader: ObjectReader, refs: RecordedRefs, notes: list[NoteAt], here: Container[str], count: _Count
) -> Iterator[tuple[str, str]]:
    for index in refs.indexes():
        yield f"notes in {index.ref}", f"{len(index.blobs):,}"
        if index.foreign:
            yield f"entries of {index.ref} that are no notes", f"{len(index.foreign):,}"
    for trouble in refs.unreadable:
        yield trouble.locator, trouble.reason
    if notes:
        lost = sum(note.revision not in here for note in notes)
        yield "notes on commits that are not in this clone", f"{lost:,}"
        yield "notes that claim no line", f"{count.without_lines:,}"
        yield "sessions", f"{len(count.sessions):,}"
        yield "prompts", f"{len(count.prompts):,}"
        yield "known people", f"{len(count.humans):,}"
    if count.tools:
        shown = [f"{tool} {number:,}" for tool, number in count.tools.most_common(_TOOLS_SHOWN)]
        more = [f"{len(count.tools) - _TOOLS_SHOWN:,} more"] if len(count.tools) > _TOOLS_SHOWN else []
        yield "records by tool", ", ".join(shown + more)
        yield "conversations in the notes", f"{count.kept_by[KeptBy.NOTE]:,}"
        yield "conversations at the vendor, never fetched", f"{count.kept_by[KeptBy.VENDOR]:,}"
        yield "conversations on the asker's machine, not read", f"{count.kept_by[KeptBy.ASKER]:,}"
    if refs.legacy:
        yield "records from before notes", _legacy(reader, refs)


def _legacy(reader: ObjectReader, refs: RecordedRefs) -> str:
    places = list(refs.legacy.values())
    texts = [text for _, text in reader.read_many([place.blob for place in places])]
    parsed = [text is not None and parse_legacy(text, "") for text in texts]
    bad = sum(record is False or isinstance(record, Unreadable) for record in parsed)
    return f"{len(places):,}" + (f" ({bad:,} unreadable)" if bad else "")


def _not_here(place: NoteAt) -> Unreadable:
    return Unreadable(ID, place.locator, "This clone lacks its text.")


def _absence(repository: Repository) -> str:
    names = remotes(repository)
    if not names:
        return "This repository has no git-ai notes: git-ai was not used here, or wrote its notes elsewhere."
    remote = "origin" if "origin" in names else names[0]
    return (
        "This clone has no git-ai notes; a plain clone leaves them out. "
        f"If the remote has some, `git fetch {remote} 'refs/notes/*:refs/notes/*'` brings them."
    )
