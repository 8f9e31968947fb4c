"""From a snapshot to an answer: pure look-ups, fast enough for the editor's own thread."""

from backstory.attribution.head_lines import NOT_IN_HEAD
from backstory.evidence.prompts import has_prompt
from backstory.model.answer import AnnotatedFile, AnnotatedLine, LineAnswer, Portion, RangeAnswer, UnitShare
from backstory.model.attribution import Attribution
from backstory.model.history import BlamedLine
from backstory.model.lines import LineRange
from backstory.model.prompt import Prompt, PromptMissing
from backstory.model.region import Region
from backstory.regions.enclosing import innermost_unit
from backstory.regions.group import group, region_at
from backstory.regions.share import portions, unit_share
from backstory.workspace.snapshot import Snapshot


def answer_line(snapshot: Snapshot, line: int) -> LineAnswer | None:
    """Return everything known of `line`; None while git or a prompt's record must still be asked."""
    file, head_line = snapshot.file, snapshot.head_line(line)
    if file is None or head_line <= NOT_IN_HEAD:
        return _uncommitted(snapshot, line)
    attribution, blamed = file.attribution(head_line), snapshot.blamed(line)
    if attribution is None or blamed is None:
        return None
    prompt = _prompt(snapshot, attribution, blamed)
    if prompt is None and has_prompt(attribution):
        return None
    return LineAnswer(
        path=snapshot.path,
        line=line,
        attribution=attribution,
        region=_region_at(snapshot, line),
        commit=blamed.commit,
        path_at_revision=blamed.hunk.path,
        line_at_revision=blamed.line,
        commit_lines_in_file=file.lines_by_commit[blamed.hunk.revision] if file.is_complete else None,
        prompt=prompt,
        unit_share=_share_at(snapshot, line),
        states=snapshot.states,
    )


def _prompt(snapshot: Snapshot, attribution: Attribution, blamed: BlamedLine | None) -> Prompt | PromptMissing | None:
    """Return what was asked, if it was read before or there is nothing to read."""
    if snapshot.prompts is None or not has_prompt(attribution):
        return None
    return snapshot.prompts.known(attribution, blamed)


def annotate(snapshot: Snapshot) -> AnnotatedFile:
    """Return the whole document; every line's attribution must be known by now."""
    attributions = tuple(snapshot.attributions)
    return AnnotatedFile(
        path=snapshot.path,
        head=snapshot.head,
        lines=tuple(_annotated(snapshot, line, each) for line, each in enumerate(attributions, start=1)),
        regions=group(attributions, snapshot.units),
        units=snapshot.units,
        commits=snapshot.file.commits if snapshot.file else {},
        states=snapshot.states,
    )


def answer_range(snapshot: Snapshot, lines: LineRange) -> RangeAnswer:
    """Return a selection's summary: what shares one attribution is one portion, greatest first."""
    found = tuple(_portion(snapshot, attribution, held) for attribution, held in portions(snapshot.attributions, lines))
    units = [unit for unit in snapshot.units if unit.lines.overlap(lines)]
    shares = tuple(unit_share(unit, snapshot.attributions) for unit in units)
    return RangeAnswer(snapshot.path, lines, found, shares, snapshot.states)


def _portion(snapshot: Snapshot, attribution: Attribution, lines: tuple[LineRange, ...]) -> Portion:
    blamed = snapshot.blamed(lines[0].first)
    # Lines of which nothing is known share one attribution, whichever commits wrote them.
    is_of_one_commit = bool(attribution.evidence or attribution.disputed_by)
    prompt = _prompt(snapshot, attribution, blamed)
    return Portion(attribution, lines, prompt, blamed.commit if blamed and is_of_one_commit else None)


def _annotated(snapshot: Snapshot, line: int, attribution: Attribution) -> AnnotatedLine:
    blamed = snapshot.blamed(line)
    if blamed is None:
        return AnnotatedLine(line, attribution, None, None, None, _prompt(snapshot, attribution, None))
    prompt = _prompt(snapshot, attribution, blamed)
    return AnnotatedLine(line, attribution, blamed.hunk.revision, blamed.hunk.path, blamed.line, prompt)


def _uncommitted(snapshot: Snapshot, line: int) -> LineAnswer | None:
    known = 1 <= line <= len(snapshot.head_lines)
    attribution = snapshot.attributions[line - 1] if known else snapshot.default
    prompt = _prompt(snapshot, attribution, None)
    if prompt is None and has_prompt(attribution):
        return None
    return LineAnswer(
        path=snapshot.path,
        line=line,
        attribution=attribution,
        region=_region_at(snapshot, line) if known else None,
        commit=None,
        path_at_revision=None,
        line_at_revision=None,
        commit_lines_in_file=0,
        prompt=prompt,
        unit_share=_share_at(snapshot, line),
        states=snapshot.states,
    )


def _region_at(snapshot: Snapshot, line: int) -> Region | None:
    return region_at(snapshot.attributions, snapshot.units, line) if _is_counted(snapshot) else None


def _share_at(snapshot: Snapshot, line: int) -> UnitShare | None:
    unit = innermost_unit(snapshot.units, line) if _is_counted(snapshot) else None
    return unit_share(unit, snapshot.attributions) if unit else None


def _is_counted(snapshot: Snapshot) -> bool:
    """Whether lines can be counted: not while blame still brings new ones."""
    return snapshot.file is None or snapshot.file.is_complete
