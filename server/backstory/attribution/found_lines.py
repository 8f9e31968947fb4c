"""What was found by text, as statements about a commit's lines."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from attrs import evolve

from backstory.attribution.carry import Carried
from backstory.attribution.moves import LineAt
from backstory.model.attribution import Attribution
from backstory.model.edit import Edit
from backstory.model.evidence import Basis, Evidence
from backstory.model.lines import ranges_of
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Contributor

NOT_LOOKED_FOR = "Its text was not looked for: the commit is too large, or this clone lacks a part of it."


def is_lost(attribution: Attribution) -> bool:
    """Tell whether a line's text is worth asking for: no record speaks of the line or keeps silent about it."""
    if attribution.basis is Basis.NONE:
        return not attribution.evidence and not attribution.disputed_by
    is_silent = attribution.reason is not None  # a recorder was there, and leaves the line out
    return attribution.basis < Basis.MATCHED and not is_silent and attribution.origin.contributor is not Contributor.BOT


def not_looked_for(revision: Revision) -> Evidence:
    """Return why none of the lines that a commit wrote can be found by text."""
    return Evidence("text", Basis.CARRIED, UNKNOWN_ORIGIN, revision, None, None, revision[:7], NOT_LOOKED_FOR)


def told_by(statement: Evidence) -> Iterator[int]:
    """Yield the lines whose origin a statement names."""
    if statement.origin != UNKNOWN_ORIGIN:
        for lines in statement.lines or ():
            yield from lines


def statements_on(revision: Revision, carried: Carried) -> Iterator[Evidence]:
    """Yield what was found, and why nothing was where some record has the same text."""
    by_edit: dict[int, Edit] = {}
    lines: defaultdict[tuple[RepoPath, int], list[int]] = defaultdict(list)
    for (path, line), edit in carried.origins.items():
        by_edit[id(edit)] = edit
        lines[path, id(edit)].append(line)
    for (path, number), found in lines.items():
        yield _statement(revision, path, found, by_edit[number])
    doubts: defaultdict[tuple[RepoPath, str], list[int]] = defaultdict(list)
    for (path, line), reason in carried.reasons.items():
        doubts[path, reason].append(line)
    for (path, reason), found in doubts.items():
        yield Evidence("text", Basis.CARRIED, UNKNOWN_ORIGIN, revision, path, ranges_of(found), revision[:7], reason)


def statements_moved(revision: Revision, moved: Mapping[LineAt, Attribution]) -> Iterator[Evidence]:
    """Yield what was said of lines where they stood before a commit moved them, as said of where they went."""
    spoken: dict[tuple[RepoPath, int], Evidence] = {}
    lines: defaultdict[tuple[RepoPath, int], list[int]] = defaultdict(list)
    for (path, line), attribution in moved.items():
        if attribution.basis >= Basis.MATCHED:
            leading = attribution.evidence[0]
            spoken[path, id(leading)] = leading
            lines[path, id(leading)].append(line)
    for place, leading in spoken.items():
        yield evolve(
            leading,
            basis=min(leading.basis, Basis.CARRIED),
            revision=revision,
            path=place[0],
            lines=ranges_of(lines[place]),
            carried_from=leading.original,
        )


def _statement(revision: Revision, path: RepoPath, lines: list[int], edit: Edit) -> Evidence:
    found = Evidence(
        source=edit.source,
        basis=edit.basis,
        origin=edit.origin,
        revision=revision,
        path=path,
        lines=ranges_of(lines),
        locator=edit.locator,
        statement=edit.statement,
        prompt_key=edit.prompt_key,
    )
    if edit.revision is None:
        return found
    return evolve(found, carried_from=evolve(found, revision=edit.revision, path=edit.path, lines=None))
