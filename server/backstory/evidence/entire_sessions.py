"""What Entire's checkpoints keep of a session: its edits, each once however many checkpoints repeat it.

Transcripts are cumulative: each checkpoint of a session keeps it from its beginning. Most are the beginning of a later
one; those that are not (secrets masked otherwise, a session begun anew) are read as well.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from attrs import frozen

from backstory.evidence.edit_meant import is_session
from backstory.evidence.entire_checkpoints import ID, Checkpoint, CheckpointSession
from backstory.evidence.entire_commits import NamingCommits
from backstory.evidence.entire_paths import MASK, RepoPaths
from backstory.evidence.entire_transcript import parse_transcript
from backstory.evidence.transcripts.transcript import RecordedEdit, Transcript
from backstory.model.edit import Edit, EditReading, RecordRef
from backstory.model.evidence import Basis, Evidence, Unreadable
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Agent, Contributor, Origin, Person, Session

STATEMENT = "transcript in a checkpoint"
NO_TRANSCRIPT = "This clone lacks the transcript"

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_Texts = Callable[[Sequence[str]], bytes | None]


@frozen(eq=False)
class Catalogue:
    """All sessions of all checkpoints of one repository."""

    checkpoints: tuple[Checkpoint, ...]
    sessions: Mapping[str, tuple[CheckpointSession, ...]]
    """Session → what the checkpoints keep of it, oldest first."""

    naming: NamingCommits
    paths: RepoPaths

    def records(self) -> Iterator[RecordRef]:
        """Yield the sessions as records."""
        for session, parts in self.sessions.items():
            if any(part.transcript for part in parts):
                held = [(part.locator, part.transcript, sorted(self.naming.get(part.checkpoint, ()))) for part in parts]
                yield RecordRef(session, blake2b(repr(held).encode("utf-8", "replace"), digest_size=16).hexdigest())

    def edits(self, session: str, texts: _Texts) -> EditReading:
        """Return what the agent wrote in a session; `texts` gives the content of blobs."""
        parts = self.sessions.get(session, ())
        edits: dict[str, Edit] = {}
        unreadable: list[Unreadable] = []
        for part, found in _transcripts(parts, texts):
            if isinstance(found, Unreadable):
                unreadable.append(found)
                continue
            transcript = parse_transcript(found)
            unreadable += transcript.flaws(ID, part.locator)
            wildcard = MASK if MASK.encode() in found else None
            for edit in transcript.edits:
                if edit.id not in edits and edit.blocks:
                    self._add(edits, part, transcript, edit, wildcard)
        return EditReading(tuple(edits.values()), tuple(unreadable))

    def session_asked_for(self, asked: Session, tool: str | None) -> str | None:
        """Return the session that a record of another source names, None when no checkpoint keeps it."""
        for session, parts in self.sessions.items():
            metadata = parts[-1].metadata
            if is_session(asked, metadata.tool or tool, metadata.conversation):
                return session
        return None

    def recalled(self, session: str, edit: Edit | None) -> Evidence:
        """Return what opens the prompt of an edit, or that of the session's last checkpoint."""
        part = self.sessions[session][-1]
        metadata = part.metadata
        agent = Agent(metadata.tool, metadata.model)
        whole = Origin(Contributor.AI, agent, session=Session(session, metadata.conversation))
        return Evidence(
            source=ID,
            basis=Basis.MATCHED,
            origin=edit.origin if edit else whole,
            revision=Revision(""),
            path=edit.path if edit else None,
            lines=None,
            locator=edit.locator if edit else part.transcript_locator,
            statement=STATEMENT,
            prompt_key=edit.prompt_key if edit else part.key,
        )

    def _add(
        self,
        edits: dict[str, Edit],
        part: CheckpointSession,
        transcript: Transcript,
        edit: RecordedEdit,
        wildcard: str | None,
    ) -> None:
        """Add an edit, unless its file is none of the repository's."""
        path = self.paths.find(edit.path, transcript.folders)
        if path is None and MASK not in edit.path:
            return
        commits = self._commits(part.metadata.session_id, edit.at)
        edits[edit.id] = Edit(
            source=ID,
            basis=Basis.MATCHED,
            origin=_origin(part, transcript, edit, commits),
            path=RepoPath(path) if path else None,
            at=edit.at,
            blocks=edit.blocks,
            locator=part.transcript_locator,
            statement=STATEMENT,
            prompt_key=f"{part.key} {edit.id}",
            commits=frozenset(commits),
            call=edit.id,
            wildcard=wildcard,
        )

    def _commits(self, session: str, at: datetime | None) -> dict[Revision, Person | None]:
        """Return the commits that name a checkpoint of the session made after `at`: earlier ones cannot hold it."""
        commits: dict[Revision, Person | None] = {}
        for part in self.sessions[session]:
            made = part.metadata.created_at
            if at is None or made is None or at <= made:
                commits.update(self.naming.get(part.checkpoint, {}))
        return commits


def catalogue(checkpoints: Sequence[Checkpoint], naming: NamingCommits) -> Catalogue:
    """Sort what checkpoints keep by session."""
    sessions: defaultdict[str, list[CheckpointSession]] = defaultdict(list)
    for checkpoint in checkpoints:
        for part in checkpoint.sessions:
            sessions[part.metadata.session_id].append(part)
    paths = {path for parts in sessions.values() for part in parts for path in part.metadata.files_touched}
    ordered = {session: tuple(sorted(parts, key=age)) for session, parts in sorted(sessions.items())}
    return Catalogue(tuple(checkpoints), ordered, naming, RepoPaths(paths))


def age(part: CheckpointSession) -> tuple[datetime, str]:
    """Return by what the checkpoints of a session are in order."""
    return part.metadata.created_at or _EARLIEST, part.key


def _transcripts(
    parts: Sequence[CheckpointSession], texts: _Texts
) -> Iterator[tuple[CheckpointSession, bytes | Unreadable]]:
    """Yield the transcripts of one session, the latest first, leaving out those that begin a later one."""
    read: list[bytes] = []
    seen: set[tuple[str, ...]] = {()}
    for part in reversed(parts):
        if part.transcript in seen:
            continue
        seen.add(part.transcript)
        found = texts(part.transcript)
        if found is None:
            yield part, missing_transcript(part)
        elif not any(later.startswith(found) for later in read):
            read.append(found)
            yield part, found


def missing_transcript(part: CheckpointSession) -> Unreadable:
    """Return that a transcript is not in this clone, with the command that brings it where the remote has it."""
    command = bring_transcript(part, "git")
    return Unreadable(ID, part.locator, f"{NO_TRANSCRIPT}; `{command}` brings it if the remote has it.")


def bring_transcript(part: CheckpointSession, git: str) -> str:
    """Return a command after which a partial clone has the transcript: asking for an object fetches it."""
    return " && ".join(f"{git} cat-file -e {blob}" for blob in part.transcript)


def _origin(
    part: CheckpointSession, transcript: Transcript, edit: RecordedEdit, commits: Mapping[Revision, Person | None]
) -> Origin:
    askers = set(commits.values())
    return Origin(
        Contributor.MIXED if edit.is_retouched else Contributor.AI,
        Agent(transcript.tool or part.metadata.tool, edit.model or part.metadata.model),
        askers.pop() if len(askers) == 1 else None,
        Session(part.metadata.session_id, part.metadata.conversation),
    )
