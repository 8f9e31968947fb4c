"""What a commit's `Entire-Checkpoint` trailers come to: an agent took part, in which session, at whose request.

A checkpoint lists the files that each session touched. Of a file that none of them touched the record says nothing:
ids were known to stick to later commits, and people commit their own work along with an agent's.
"""

from collections.abc import Collection, Iterator, Mapping

from attrs import frozen

from backstory.evidence.entire_checkpoints import ID, Checkpoint, CheckpointSession
from backstory.evidence.entire_commits import asker
from backstory.evidence.entire_trailer import KEY
from backstory.history.commits import CommitRecord
from backstory.model.evidence import Basis, Evidence
from backstory.model.names import RepoPath
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin, Session

STATEMENT = f"{KEY} trailer"
_MOST_NAMED = 20


@frozen
class Handle:
    """What a prompt key of this source says: which sessions of which checkpoints, and the edit where it is known."""

    places: tuple[str, ...]
    """`<checkpoint>/<number>` each, or the bare id of a checkpoint that could not be read."""

    edit: str | None = None

    def __str__(self) -> str:
        places = ",".join(self.places)
        return places if self.edit is None else f"{places} {self.edit}"

    @classmethod
    def of(cls, prompt_key: str | None) -> "Handle":
        """Return what a key says."""
        places, space, edit = (prompt_key or "").partition(" ")
        return cls(tuple(places.split(",")), edit if space else None)


def evidence_of(
    commit: CommitRecord, named: Collection[str], checkpoints: Mapping[str, Checkpoint], paths: Collection[RepoPath]
) -> Iterator[Evidence]:
    """Yield what the trailers of a commit say of some of its files; `checkpoints` are those that are here."""
    sessions = [session for each in named if each in checkpoints for session in checkpoints[each].sessions]
    is_listed = all(each in checkpoints and not checkpoints[each].unreadable for each in named) and any(
        session.metadata.files_touched for session in sessions
    )
    for path in sorted(paths):
        touching = [session for session in sessions if path in session.metadata.files_touched]
        if touching or not is_listed:
            places = [session.key for session in touching or sessions] or list(named)
            yield _statement(commit, _origin(commit, touching or sessions), path, tuple(places))
        else:
            yield _statement(commit, UNKNOWN_ORIGIN, path, None)


def _statement(commit: CommitRecord, origin: Origin, path: RepoPath, places: tuple[str, ...] | None) -> Evidence:
    return Evidence(
        source=ID,
        basis=Basis.DECLARED,
        origin=origin,
        revision=commit.revision,
        path=path,
        lines=None,
        locator=f"{commit.revision[:7]} {KEY}",
        statement=STATEMENT,
        prompt_key=str(Handle(places[:_MOST_NAMED])) if places else None,
    )


def _origin(commit: CommitRecord, sessions: Collection[CheckpointSession]) -> Origin:
    """Return the agent: tool, model and session where all sessions have the same."""
    found = [session.metadata for session in sessions]
    tools, models = {each.tool for each in found}, {each.model for each in found}
    ids = {each.session_id: each.conversation for each in found}
    return Origin(
        Contributor.AI,
        Agent(tools.pop() if len(tools) == 1 else None, models.pop() if len(models) == 1 else None),
        asker(commit),
        Session(*ids.popitem()) if len(ids) == 1 else None,
    )
