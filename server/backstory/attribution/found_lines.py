"""What was found by text, as statements about a commit's lines."""

from collections import defaultdict
from collections.abc import Iterator

from backstory.attribution.carry import Carried
from backstory.model.attribution import Attribution
from backstory.model.edit import Edit
from backstory.model.evidence import Basis, Evidence
from backstory.model.lines import ranges_of
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Contributor


def is_lost(attribution: Attribution) -> bool:
    """Tell whether a line's text is worth asking for: no record speaks of the line or keeps silent about it."""
    if attribution.basis is Basis.NONE:
        return not attribution.evidence and not attribution.disputed_by
    return attribution.basis < Basis.MATCHED and attribution.origin.contributor is not Contributor.BOT


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


def _statement(revision: Revision, path: RepoPath, lines: list[int], edit: Edit) -> Evidence:
    return Evidence(
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
