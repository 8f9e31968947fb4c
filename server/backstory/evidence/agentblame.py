"""The evidence source of repositories where agentblame recorded agents' lines: `refs/notes/agentblame`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from backstory.evidence.agentblame_note import ID, Claimed, Note, parse_note
from backstory.evidence.committed_lines import committed_lines
from backstory.evidence.content_hash import ContentHash, HashedLines
from backstory.evidence.notes_family import NoteAt
from backstory.evidence.notes_report import Counted, report_on_notes
from backstory.evidence.notes_source import NotesSource, edit_of, note_of
from backstory.evidence.source import Progress, ReadRequest
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import EditReading, RecordRef
from backstory.model.evidence import Basis, Evidence, Reading, Unreadable
from backstory.model.lines import LineRange, ranges_of
from backstory.model.names import RepoPath
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin
from backstory.model.prompt import Prompt, PromptMissing

NAME = "agentblame notes"
REFS = ("agentblame",)
"""Names below `refs/notes/`; `agentblame-analytics` holds sums over many commits."""

NO_PROMPTS = PromptMissing("agentblame keeps nothing of what was asked.")

__all__ = ["ID", "NAME", "AgentblameSource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "AgentblameSource":
    """Return the source for one repository; reads nothing yet."""
    return AgentblameSource(repository, reader or ObjectReader(repository))


class AgentblameSource(NotesSource):
    """agentblame's notes of one repository, as they are when first asked for."""

    id = ID
    refs = REFS

    def read(self, request: ReadRequest, cancellation: Cancellation) -> Reading:
        """Return what the notes of the request's commits say of the lines that have the recorded hashes."""
        family = self._notes()
        evidence: list[Evidence] = []
        unreadable: list[Unreadable] = []
        for place, text in family.texts(family.notes_on(request.paths)):
            cancellation.raise_if_cancelled()
            note = text if isinstance(text, Unreadable) else parse_note(text, place.locator)
            if isinstance(note, Unreadable):
                unreadable.append(note)
                continue
            for path in sorted(request.paths[place.revision]):
                if path in note.claimed:
                    evidence += _said(place, note, path, committed_lines(self._reader, place.revision, path) or [])
            evidence.append(_statement(place, UNKNOWN_ORIGIN, None, None))
            unreadable += _troubles(place, note)
        return Reading(tuple(evidence), (*family.unreadable, *unreadable))

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Say that there is none."""
        cancellation.raise_if_cancelled()
        del evidence
        return NO_PROMPTS

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return the lines of a note's commit that have the recorded hashes; nothing for a commit not in the clone."""
        cancellation.raise_if_cancelled()
        place = note_of(record)
        ((_, text),) = self._notes().texts([place])
        note = text if isinstance(text, Unreadable) else parse_note(text, place.locator)
        if isinstance(note, Unreadable):
            return EditReading(unreadable=(note,))
        at = self._authored_at(place.revision)
        edits = []
        for path in map(RepoPath, note.claimed if at else ()):
            committed = committed_lines(self._reader, place.revision, path) or []
            edits += [edit_of(said, committed, at) for said in _said(place, note, path, committed)]
        return EditReading(tuple(edits))

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Read every note of the repository."""
        return report_on_notes(self._notes(), NAME, _count, cancellation, progress)


def _said(place: NoteAt, note: Note, path: RepoPath, lines: Sequence[bytes]) -> Iterator[Evidence]:
    """Yield what a note says of one file, with the commit's lines of it: a statement for each agent."""
    hashed = HashedLines(lines)
    agents: dict[Agent, list[LineRange]] = {}
    for each in note.claimed[path]:
        found = verified(each, hashed)
        if found:
            agents.setdefault(Agent(each.tool, each.model), []).append(found)
    for agent, found_ranges in agents.items():
        ranges = ranges_of(chain.from_iterable(found_ranges))
        yield _statement(place, Origin(Contributor.AI, agent), path, ranges)


def verified(claimed: Claimed, lines: HashedLines) -> LineRange | None:
    """Return the lines that the hash proves to be meant, None when it proves none.

    The hash is that of all the lines or of the first one. Where the range has another text, the lines are looked for in
    the whole file; of a hash of the first line only that one is then known.
    """
    wanted = ContentHash.of(claimed.content_hash)
    if wanted is None:
        return None
    is_in_file = claimed.last <= len(lines)
    if is_in_file and any(lines.have(wanted, claimed.first, last) for last in (claimed.last, claimed.first)):
        return LineRange(claimed.first, claimed.last)
    for length in dict.fromkeys((claimed.last - claimed.first + 1, 1)):
        start = lines.find(wanted, length)
        if start:
            return LineRange(start, start + length - 1)
    return None


def _statement(place: NoteAt, origin: Origin, path: RepoPath | None, lines: tuple[LineRange, ...] | None) -> Evidence:
    return Evidence(ID, Basis.RECORDED, origin, place.revision, path, lines, place.locator, "note")


def _troubles(place: NoteAt, note: Note) -> Iterable[Unreadable]:
    if note.broken:
        yield Unreadable(ID, place.locator, f"{note.broken:,} of its attributions cannot be read.")


def _count(place: NoteAt, text: bytes) -> Counted | Unreadable:
    note = parse_note(text, place.locator)
    if isinstance(note, Unreadable):
        return note
    claimed = list(chain.from_iterable(note.claimed.values()))
    counts = {
        "ranges of lines by an agent": len(claimed),
        "ranges without a hash to check them by": sum(each.content_hash is None for each in claimed),
        "attributions that cannot be read": note.broken,
    }
    return Counted(counts, has_lines=any(each.content_hash for each in claimed))
