"""An annotated file for terminals: a word for who wrote it beside each line, names and commit where they change."""

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from backstory.model.answer import AnnotatedFile, AnnotatedLine
from backstory.model.attribution import Attribution
from backstory.model.history import CommitFacts
from backstory.model.origin import Contributor
from backstory.model.state import State
from backstory.redaction.plain_text import one_line, terminal_safe
from backstory.views.columns import cut, padded
from backstory.views.names import agent_name, person_name, tool_name
from backstory.views.paint import TONES, Paint, Tone
from backstory.views.phrases import OF_THE_WHOLE_COMMIT, robot_name, short

WORDS = {
    Contributor.AI: "agent",
    Contributor.HUMAN: "human",
    Contributor.MIXED: "mixed",
    Contributor.BOT: "robot",
    Contributor.UNKNOWN: "?",
}
DOUBTFUL = "agent?"
"""Stands for `agent` where a record speaks of the whole commit only."""

_ROOMY = 110
"""Cells from which on there is room for the model and for whoever asked."""

_TAB = 4


@frozen
class _Columns:
    """Cells of the gutter's columns; 0 leaves one out."""

    tool: int
    person: int


def annotated(file: AnnotatedFile, texts: Sequence[str], *, width: int | None, paint: Paint) -> Iterator[str]:
    """Yield the lines to print. `texts` are the file's lines; `width` None means that nothing is cut."""
    yield from _header(file, paint)
    columns = _Columns(24, 12) if width is None or width >= _ROOMY else _Columns(12, 0)
    digits = len(str(len(file.lines)))
    before: AnnotatedLine | None = None
    for line, text in zip(file.lines, texts, strict=False):
        gutter = _gutter(file, line, columns, paint, is_new=before is None or not _is_same(before, line))
        number = paint(Tone.QUIET, f"{line.line:>{digits}} │")
        used = len(DOUBTFUL) + columns.tool + columns.person + (1 if columns.person else 0) + 9 + 1 + digits + 2
        code = terminal_safe(text).replace("\n", " ").expandtabs(_TAB)
        yield f"{gutter} {number}{code if width is None else cut(code, width - used)}".rstrip()
        before = line
    if any(_word(line.attribution) == DOUBTFUL for line in file.lines):
        yield ""
        yield f"{DOUBTFUL} An agent took part in the commit; which lines are its own is not recorded."


def _header(file: AnnotatedFile, paint: Paint) -> Iterator[str]:
    counted = Counter(_word(line.attribution) for line in file.lines)
    parts = [f"{counted[word]:,} {label}" for word, label in _LABELS.items() if counted[word]]
    lines = "1 line" if len(file.lines) == 1 else f"{len(file.lines):,} lines"
    yield paint(Tone.TITLE, one_line(file.path)) + f" · {lines}" + (f": {', '.join(parts)}" if parts else "")
    for state in file.states:
        yield paint(Tone.WARNING, _sentence(state))
    yield ""


_LABELS = {
    "agent": "by agents",
    DOUBTFUL: "in commits an agent took part in",
    "human": "typed by people",
    "mixed": "by both",
    "robot": "by robots",
    "?": "unknown",
}


def _sentence(state: State) -> str:
    return one_line(state.reason) + (f" Run `{one_line(state.command)}`." if state.command else "")


def _gutter(file: AnnotatedFile, line: AnnotatedLine, columns: _Columns, paint: Paint, *, is_new: bool) -> str:
    attribution = line.attribution
    word = padded(_word(attribution), len(DOUBTFUL))
    tone = TONES[attribution.origin.contributor]
    if not is_new:
        return paint(tone, word) + " " * (columns.tool + columns.person + (1 if columns.person else 0) + 9)
    commit = file.commits.get(line.revision) if line.revision else None
    maker, person = _maker(attribution, commit, is_roomy=columns.person > 0), _person(attribution, commit)
    if not columns.person:
        names = padded(maker or person, columns.tool)
    else:
        names = f"{padded(maker, columns.tool)} {padded(person, columns.person)}"
    revision = short(line.revision) if line.revision else "·······"
    return f"{paint(tone, word)} {names} {paint(Tone.QUIET, revision)}"


def _maker(attribution: Attribution, commit: CommitFacts | None, *, is_roomy: bool) -> str:
    """Return the agent or robot by name; nothing for people and the unknown."""
    origin = attribution.origin
    if origin.contributor is Contributor.BOT:
        return robot_name(origin, commit)
    if origin.contributor not in (Contributor.AI, Contributor.MIXED):
        return ""
    if not is_roomy and origin.agent and origin.agent.tool:
        return tool_name(origin.agent.tool)
    return agent_name(origin.agent)[0]


def _person(attribution: Attribution, commit: CommitFacts | None) -> str:
    """Return who asked, who typed, or else who committed."""
    name = person_name(attribution.origin.person)
    return name or (person_name(commit.author) if commit else None) or "not committed"


def _word(attribution: Attribution) -> str:
    contributor = attribution.origin.contributor
    if contributor is Contributor.AI and attribution.basis in OF_THE_WHOLE_COMMIT:
        return DOUBTFUL
    return WORDS[contributor]


def _is_same(one: AnnotatedLine, other: AnnotatedLine) -> bool:
    is_alike = one.attribution is other.attribution or one.attribution == other.attribution
    return is_alike and one.revision == other.revision
