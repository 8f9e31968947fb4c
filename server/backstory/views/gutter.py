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
from backstory.views.columns import cut, padded, width_of
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


_WIDEST_MAKER = 24
_WIDEST_PERSON = 18
_WIDEST_NAME = 12
"""Cells of the one column of names where room is short."""

_REVISION = 7


@frozen
class _Gutter:
    """What stands left of one line."""

    word: str
    tone: Tone
    maker: str
    person: str
    revision: str


def annotated(file: AnnotatedFile, texts: Sequence[str], *, width: int | None, paint: Paint) -> Iterator[str]:
    """Yield the lines to print. `texts` are the file's lines; `width` None means that nothing is cut."""
    yield from _header(file, paint)
    gutters = _gutters(file, is_roomy=width is None or width >= _ROOMY)
    is_doubtful = any(gutter.word == DOUBTFUL for gutter in gutters)
    words = len(DOUBTFUL if is_doubtful else "agent")
    makers = max((width_of(gutter.maker) for gutter in gutters), default=0)
    persons = max((width_of(gutter.person) for gutter in gutters), default=0)
    digits = len(str(len(file.lines)))
    before: _Gutter | None = None
    for line, gutter, text in zip(file.lines, gutters, texts, strict=False):
        shown = gutter if gutter != before else _Gutter(gutter.word, gutter.tone, "", "", "")
        names = " ".join(
            padded(name, cells) for name, cells in ((shown.maker, makers), (shown.person, persons)) if cells
        )
        left = f"{paint(gutter.tone, padded(gutter.word, words))} {names} "
        right = paint(Tone.QUIET, f"{shown.revision:<{_REVISION}} {line.line:>{digits}} │")
        used = words + 1 + makers + bool(makers and persons) + persons + 1 + _REVISION + 1 + digits + 2
        code = terminal_safe(text).replace("\n", " ").expandtabs(_TAB)
        yield f"{left}{right}{code if width is None else cut(code, width - used)}".rstrip()
        before = gutter
    if is_doubtful:
        yield ""
        yield f"{DOUBTFUL}  An agent took part in the commit; which lines are its own is not recorded."


def _header(file: AnnotatedFile, paint: Paint) -> Iterator[str]:
    counted = Counter(_word(line.attribution) for line in file.lines)
    parts = [f"{counted[word]:,} {label}" for word, label in _LABELS.items() if counted[word]]
    lines = "1 line" if len(file.lines) == 1 else f"{len(file.lines):,} lines"
    yield paint(Tone.TITLE, one_line(file.path)) + f" · {lines}" + (f": {', '.join(parts)}" if parts else "")
    for state in file.states:
        yield paint(Tone.WARNING, _sentence(state))
    yield ""


_LABELS = {"agent": "agent", DOUBTFUL: DOUBTFUL, "human": "human", "mixed": "mixed", "robot": "robot", "?": "unknown"}
"""The gutter's words in the order and form in which they are counted."""


def _sentence(state: State) -> str:
    return one_line(state.reason) + (f" Run `{one_line(state.command)}`." if state.command else "")


def _gutters(file: AnnotatedFile, *, is_roomy: bool) -> list[_Gutter]:
    """Return what stands left of each line; lines of one origin and commit share the same object."""
    made: dict[tuple[int, str | None], _Gutter] = {}
    gutters = []
    for line in file.lines:
        key = (id(line.attribution), line.revision)
        if key not in made:
            made[key] = _gutter(file, line, is_roomy=is_roomy)
        gutters.append(made[key])
    return gutters


def _gutter(file: AnnotatedFile, line: AnnotatedLine, *, is_roomy: bool) -> _Gutter:
    attribution = line.attribution
    commit = file.commits.get(line.revision) if line.revision else None
    maker, person = _maker(attribution, commit, is_roomy=is_roomy), _person(attribution, commit)
    if is_roomy:
        maker, person = cut(maker, _WIDEST_MAKER), cut(person, _WIDEST_PERSON)
    else:
        maker, person = cut(maker or person, _WIDEST_NAME), ""
    revision = short(line.revision) if line.revision else "·" * _REVISION
    return _Gutter(_word(attribution), TONES[attribution.origin.contributor], maker, person, revision)


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
    """Return who asked, who typed, or else who committed; nobody for a robot."""
    if attribution.origin.contributor is Contributor.BOT:
        return ""
    name = person_name(attribution.origin.person)
    return name or (person_name(commit.author) if commit else None) or "not committed"


def _word(attribution: Attribution) -> str:
    contributor = attribution.origin.contributor
    if contributor is Contributor.AI and attribution.basis in OF_THE_WHOLE_COMMIT:
        return DOUBTFUL
    return WORDS[contributor]
