"""Until when a commit's lines may have been written."""

from datetime import UTC, datetime

from backstory.history.commits import CommitRecord

EARLIEST = datetime.min.replace(tzinfo=UTC)


def written_until(commit: CommitRecord, *, is_amended: bool) -> datetime | None:
    """Return when the lines of a commit were there at the latest; None when the commit does not say.

    A rebased or picked commit keeps the date at which it was authored, and its lines are as old; so does an amended
    one, whose lines may be as young as its committer's date.
    """
    authored, committed = commit.author.when, commit.committer.when
    if committed is None or authored is None:
        return None
    return committed if is_amended else min(authored, committed)
