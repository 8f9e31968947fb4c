"""What Entire kept in a repository, counted for `doctor`: every transcript is read once, one at a time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field

from backstory.evidence.entire_checkpoints import ID, Checkpoint, Checkpoints
from backstory.evidence.entire_commits import NamingCommits
from backstory.evidence.entire_prompt import not_here
from backstory.evidence.entire_sessions import NO_TRANSCRIPT, Catalogue
from backstory.evidence.source import Progress
from backstory.history.cancel import Cancellation
from backstory.history.commits import reachable
from backstory.history.repository import Repository, head
from backstory.model.diagnosis import HeldConversation, NamedSession, SourceReport
from backstory.model.evidence import Unreadable
from backstory.model.names import Revision
from backstory.model.origin import Session

NAME = "Entire checkpoints"
_TOOLS_SHOWN = 8


@define
class _Count:
    """What has been counted so far."""

    edits: int = 0
    lines: int = 0
    flawed: int = 0
    """Transcripts of which some lines could not be read."""

    lacking: dict[str, str] = field(factory=dict)
    """Session of a checkpoint → why its transcript could not be read."""


def report_on(
    repository: Repository,
    checkpoints: Checkpoints,
    found: Catalogue,
    cancellation: Cancellation,
    progress: Progress,
) -> SourceReport:
    """Return the report; `found` is made of all checkpoints."""
    held = found.checkpoints
    count = _Count()
    for done, record in enumerate(sorted(found.sessions), 1):
        cancellation.raise_if_cancelled()
        _add(count, found, checkpoints, record)
        progress(done, len(found.sessions))
    unreadable = [*checkpoints.unreadable, *_unreadable(held, count.lacking)]
    revision = head(repository)
    on_head = _named(found.naming, reachable(repository, revision)) if revision and found.naming else {}
    here = {checkpoint.at.id for checkpoint in held}
    sessions = [(session, parts[-1].metadata) for session, parts in found.sessions.items()]
    return SourceReport(
        id=ID,
        name=NAME,
        found=len(held),
        on_head=len(here & on_head.keys()),
        read=len(held) - len(unreadable) + len(checkpoints.unreadable),
        unreadable=tuple(unreadable),
        details=tuple(_details(found, count, on_head)),
        absence=None if held else _absence(on_head),
        carried=sum(1 for _ in found.records()),
        named=frozenset(NamedSession(Session(key, told.conversation), told.tool) for key, told in sessions),
        held=frozenset(HeldConversation(told.tool, told.conversation) for _, told in sessions),
    )


def _add(count: _Count, found: Catalogue, checkpoints: Checkpoints, session: str) -> None:
    """Read a session's transcripts."""
    reading = found.edits(session, checkpoints.text)
    count.edits += len(reading.edits)
    count.lines += sum(len(block.lines) for edit in reading.edits for block in edit.blocks)
    for trouble in reading.unreadable:
        if trouble.reason.startswith(NO_TRANSCRIPT):
            count.lacking[trouble.locator] = trouble.reason
        else:
            count.flawed += 1


def _unreadable(held: Sequence[Checkpoint], lacking: Mapping[str, str]) -> Iterator[Unreadable]:
    """Yield each checkpoint of which something could not be read, once."""
    for checkpoint in held:
        reasons = [trouble.reason for trouble in checkpoint.unreadable]
        reasons += [lacking[part.locator] for part in checkpoint.sessions if part.locator in lacking]
        if reasons:
            more = f" (and {len(reasons) - 1:,} more)" if len(reasons) > 1 else ""
            yield Unreadable(ID, checkpoint.at.locator, f"{reasons[0]}{more}")


def _named(naming: NamingCommits, commits: set[Revision]) -> dict[str, set[Revision]]:
    """Return the checkpoints that some commits name, each with those of them."""
    named = {each: commits & revisions.keys() for each, revisions in naming.items()}
    return {each: revisions for each, revisions in named.items() if revisions}


def _details(found: Catalogue, count: _Count, on_head: Mapping[str, set[Revision]]) -> Iterator[tuple[str, str]]:
    here = {checkpoint.at.id for checkpoint in found.checkpoints}
    naming = set().union(*on_head.values())
    resolvable = set().union(*(revisions for each, revisions in on_head.items() if each in here))
    if naming:
        yield "commits on HEAD that name a checkpoint", f"{len(naming):,}"
        yield "of these with a checkpoint that is here", f"{len(resolvable):,}"
    if not here:
        return
    parts = [part for parts in found.sessions.values() for part in parts]
    yield "checkpoints that no commit names", f"{len(here - found.naming.keys()):,}"
    yield "sessions", f"{len(found.sessions):,}"
    yield "sessions in checkpoints", f"{len(parts):,}"
    yield "of these kept without transcript", f"{sum(not part.transcript for part in parts):,}"
    yield "of these with a transcript that is not here", f"{len(count.lacking):,}"
    yield "transcripts with lines that cannot be read", f"{count.flawed:,}"
    tools = Counter(part.metadata.tool or "not recorded" for part in parts)
    yield (
        "sessions in checkpoints by tool",
        ", ".join(f"{tool} {number:,}" for tool, number in tools.most_common(_TOOLS_SHOWN)),
    )
    yield "edits", f"{count.edits:,}"
    yield "lines in them", f"{count.lines:,}"


def _absence(on_head: Mapping[str, set[Revision]]) -> str:
    if not on_head:
        return "No commit that HEAD reaches names a checkpoint of Entire's."
    missing = not_here(on_head, None, "git")
    return (
        f"Commits name {len(on_head):,} checkpoints; none of them is in this clone. `{missing.command}` may bring them."
    )
