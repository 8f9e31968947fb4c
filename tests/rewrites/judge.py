"""Holds what Backstory says of a rewritten project against what is known of each of its lines."""

from collections import Counter
from itertools import groupby
from pathlib import Path

import attrs
from attrs import field, frozen

from backstory.history.cancel import Cancellation
from backstory.model.answer import AnnotatedLine
from backstory.model.evidence import Basis
from backstory.model.origin import Contributor
from backstory.model.prompt import Prompt
from backstory.workspace.queries import Queries
from rewrites.classes import REWRITES, all_lines
from rewrites.lines import Line, is_trivial
from rewrites.project import Project, request

KINDS = ("plain", "trivial", "repeated")


@frozen
class Tally:
    """Lines of agents by kind, kept or not, and what must never be."""

    agents: Counter[str] = field(factory=Counter)
    """Lines that agents wrote, by kind."""

    kept: Counter[str] = field(factory=Counter)
    """Those of them that still have their origin."""

    foreign: list[str] = field(factory=list)
    """Agents' lines with another session or its prompt."""

    claimed: list[str] = field(factory=list)
    """People's lines said to be an agent's."""

    unproven: list[str] = field(factory=list)
    """Lines called human without a record."""

    taken: list[str] = field(factory=list)
    """Lines that `git blame` itself takes for others of the same text: a formatter's `]` for an agent's."""

    lost: list[str] = field(factory=list)
    """Plain lines whose origin is not known any more."""

    lines: Counter[str] = field(factory=Counter)
    """All lines, by kind."""

    def add(self, other: "Tally") -> None:
        """Take in what another history told."""
        self.agents.update(other.agents)
        self.kept.update(other.kept)
        self.lines.update(other.lines)
        for name in ("foreign", "claimed", "unproven", "taken", "lost"):
            getattr(self, name).extend(getattr(other, name))

    def share(self, kind: str) -> float:
        """Return the share of agents' lines of a kind that kept their origin."""
        return self.kept[kind] / self.agents[kind] if self.agents[kind] else 1.0


@frozen
class Case:
    """A line of the end, and what is said of it."""

    line: Line
    answer: AnnotatedLine
    kind: str
    place: str

    @property
    def told(self) -> str:
        """Say it in a row for a person."""
        basis = self.answer.attribution.basis.name.lower()
        return f"{self.place} ({self.kind}, {basis}): {self.line.text.strip()!r} is {self.line.writer}'s"


def judge(name: str, seed: int, root: Path) -> Tally:
    """Let a random history happen in an empty folder, rewrite it, and judge every line at its end."""
    project = Project(root, seed)
    REWRITES[name](project)
    project.check()
    texts = Counter(line.text.strip() for line in all_lines(project.tree))
    tally = Tally()
    queries = Queries()
    try:
        for path, lines in project.tree.items():
            said = queries.annotate_with_prompts(root / path, Cancellation()).lines
            for line, answer in _paired(project, lines, said):
                case = Case(line, answer, _kind(line, texts), f"{name} {seed} {path}:{answer.line}")
                _judge_line(tally, project, case)
    finally:
        queries.close()
    return tally


def _kind(line: Line, texts: Counter[str]) -> str:
    if is_trivial(line.text):
        return "trivial"
    return "plain" if texts[line.text.strip()] == 1 else "repeated"


def _paired(project: Project, lines: list[Line], said: tuple[AnnotatedLine, ...]) -> list[tuple[Line, AnnotatedLine]]:
    """Pair lines with answers. Neighbours that say the same are taken in the order that suits the answers best.

    Nobody can tell which of two blank lines beside each other is whose, and nobody needs to.
    """
    pairs: list[tuple[Line, AnnotatedLine]] = []
    both = list(zip(lines, said, strict=True))
    for _, run in groupby(both, key=lambda pair: pair[0].text.strip()):
        neighbours = list(run)
        left = [line for line, _ in neighbours]
        for _, answer in sorted(neighbours, key=lambda pair: pair[1].attribution.origin.session is None):
            suiting = [line for line in left if _is_kept(project, line, answer)]
            chosen = (suiting or [line for line in left if not line.is_agents] or left)[0]
            if answer.attribution.origin.session and not suiting:
                chosen = left[0]
            left.remove(chosen)
            pairs.append((chosen, answer))
    return pairs


def _judge_line(tally: Tally, project: Project, case: Case) -> None:
    line, origin = case.line, case.answer.attribution.origin
    tally.lines[case.kind] += 1
    if _is_taken_for_another(project, case):
        tally.taken.append(f"{case.told}, said to be {origin.session}")
        return
    if origin.contributor is Contributor.HUMAN and (line.part_of or line) not in project.attested:
        tally.unproven.append(case.told)
    if not line.is_agents:
        if origin.contributor in (Contributor.AI, Contributor.MIXED):
            tally.claimed.append(f"{case.told}, said to be {origin.session}")
        return
    tally.agents[case.kind] += 1
    if _is_foreign(project, case):
        tally.foreign.append(f"{case.told}, said to be {origin.session or origin.contributor}")
    elif _is_kept(project, line, case.answer):
        tally.kept[case.kind] += 1
    elif case.kind == "plain":
        tally.lost.append(f"{case.told}: {case.answer.attribution.reason}")


def _is_taken_for_another(project: Project, case: Case) -> bool:
    """Tell whether blame names a noted commit's line that is another's: what is recorded of that one is right."""
    answer = case.answer
    tree = project.noted.get(answer.revision or "", {})
    lines = tree.get(answer.path_at_revision or "", [])
    if answer.attribution.basis is not Basis.RECORDED or not lines or answer.line_at_revision is None:
        return False
    blamed = lines[answer.line_at_revision - 1]
    return blamed.writer != case.line.writer and not _is_foreign(project, attrs.evolve(case, line=blamed))


def _is_foreign(project: Project, case: Case) -> bool:
    """Tell whether another session, another session's prompt or a person stands at an agent's line."""
    origin, prompt = case.answer.attribution.origin, case.answer.prompt
    asked = request(case.line.writer, project.seed)
    key = project.conversations[case.line.writer].record_key
    is_others_session = origin.session is not None and origin.session.key != key
    is_others_prompt = isinstance(prompt, Prompt) and prompt.request != asked
    return is_others_session or is_others_prompt or origin.contributor is Contributor.HUMAN


def _is_kept(project: Project, line: Line, answer: AnnotatedLine) -> bool:
    session = answer.attribution.origin.session
    return line.is_agents and bool(session) and session.key == project.conversations[line.writer].record_key
