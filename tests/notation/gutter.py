"""Writes an annotated file as a story shows it: mark, basis, commit, line."""

from collections.abc import Mapping, Sequence

from backstory.model.answer import AnnotatedFile, AnnotatedLine
from backstory.model.names import RepoPath
from backstory.model.origin import Contributor, Origin
from notation.build import Stage
from notation.story import Story, encoded


def annotated(story: Story, stage: Stage, path: str, texts: Sequence[str], file: AnnotatedFile) -> list[str]:
    """Return the lines below `blame PATH`, for a file whose lines are `texts`."""
    aliases = {revision: alias for alias, revision in stage.revisions.items()}
    rows = [(_mark(story, line), _basis(line), _commit(line, aliases, RepoPath(path))) for line in file.lines]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    shown = []
    for row, line in zip(rows, texts, strict=True):
        columns = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        shown.append(f"{columns} | {encoded(line)}".rstrip())
    return shown + [f"({state.code})" for state in file.states]


def _mark(story: Story, line: AnnotatedLine) -> str:
    mark = mark_of(story, line.attribution.origin)
    if line.revision is None and mark == "?":
        mark = "+"
    others = sorted({mark_of(story, other.origin) for other in line.attribution.disputed_by})
    return f"{mark} (not {', '.join(others)})" if others else mark


def mark_of(story: Story, origin: Origin) -> str:
    """Return the gutter's mark of an origin."""
    if origin.session:
        talks = story.conversations.values()
        return next((talk.alias for talk in talks if talk.record_key == origin.session.key), origin.session.key)
    match origin.contributor:
        case Contributor.AI:
            return f"ai:{origin.agent.tool}" if origin.agent and origin.agent.tool else "ai"
        case Contributor.HUMAN:
            people = (
                alias for alias, person in story.people.items() if origin.person and person.name == origin.person.name
            )
            return ":".join(["h", *list(people)[:1]])
        case Contributor.BOT:
            name = (origin.agent and origin.agent.tool) or (origin.person and origin.person.name)
            return f"b:{name}" if name else "b"
        case Contributor.MIXED:
            return "m"
    return "?"


def _basis(line: AnnotatedLine) -> str:
    return line.attribution.basis.name.lower()


def _commit(line: AnnotatedLine, aliases: Mapping[str, str], path: RepoPath) -> str:
    if line.revision is None:
        return "-"
    alias = aliases[line.revision]
    return alias if line.path_at_revision == path else f"{alias}:{line.path_at_revision}"
