"""Which commits name which checkpoints, over all refs of a repository."""

from collections.abc import Mapping

from backstory.evidence.entire_trailer import KEY, checkpoint_ids
from backstory.evidence.identity import agent_identity, is_robot
from backstory.history.cancel import Cancellation
from backstory.history.commits import CommitRecord, parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository, run_in
from backstory.model.names import Revision
from backstory.model.origin import Person

NamingCommits = Mapping[str, Mapping[Revision, Person | None]]
"""Checkpoint → the commits that name it, each with whoever asked."""


def naming_commits(repository: Repository, reader: ObjectReader, cancellation: Cancellation) -> NamingCommits:
    """Return the commits with a trailer: one git call, then each of them is read once."""
    args = ["rev-list", "--all", "--regexp-ignore-case", "--fixed-strings", f"--grep={KEY}:"]
    revisions = run_in(repository, args, cancellation=cancellation).decode("ascii").split()
    naming: dict[str, dict[Revision, Person | None]] = {}
    for revision, raw in reader.read_many(revisions):
        cancellation.raise_if_cancelled()
        if raw is not None:
            commit = parse_commit(raw, Revision(revision))
            for each in checkpoint_ids(commit.message):
                naming.setdefault(each, {})[commit.revision] = asker(commit)
    return naming


def asker(commit: CommitRecord) -> Person | None:
    """Return the person who asked for what a commit holds: its author, unless that is an agent or a robot."""
    name, email = commit.author.name, commit.author.email
    if not (name or email) or agent_identity(name, email) or is_robot(name, email):
        return None
    return Person(name, email)
