"""Random histories of one file in which it is known who typed each line: an agent by turns with a person."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from random import Random

from attrs import define, field

from backstory.model.change import Replacement
from backstory.model.edit import Block, Edit
from backstory.model.evidence import Basis
from backstory.model.origin import Agent, Contributor, Origin, Session
from backstory.recording.written_lines import WrittenLines

PERSON = "person"
SHORT = ("", "}", "else:", "    return x", "    pass", "    x = 1")
REPEATED = tuple(f"    shared_call_{number}(argument)" for number in range(6))
Line = tuple[str, str]
"""Its text, and who typed it: a person or a session."""


@define
class History:
    """A file, changed sixty times; commits in between."""

    random: Random
    lines: list[Line] = field(factory=list)
    committed: list[Line] = field(factory=list)
    edits: list[Edit] = field(factory=list)
    commits: list[tuple[datetime, list[Replacement], list[Line]]] = field(factory=list)
    now: datetime = datetime(2026, 3, 2, tzinfo=UTC)
    typed: int = 0

    def run(self) -> None:
        acts = {self.agent_edits: 8, self.person_types: 6, self.person_deletes: 2, self.commit: 3}
        for act in self.random.choices(list(acts), list(acts.values()), k=60):
            self.now += timedelta(minutes=1)
            act()

    def text(self) -> str:
        """A fifth of what is typed is short, a twentieth long and often typed."""
        kind = self.random.random()
        if kind < 0.25:
            return self.random.choice(SHORT if kind < 0.2 else REPEATED)
        self.typed += 1
        return f"    value_{self.typed} = compute({self.typed})"

    def agent_edits(self) -> None:
        session = f"session {self.random.randrange(3)}"
        start = self.random.randint(0, len(self.lines))
        old = self.lines[start : start + self.random.choice((0, 0, 1, 3))]
        new = [self.text() for _ in range(self.random.choice((1, 2, 5, 12)))]
        written: list[Line] = []
        blocks = []
        for kept, removed, added, first in pieces(old, new):
            written += kept or [(text, session) for text in added]
            if added:
                blocks.append(Block(tuple(added), start + first, tuple(text for text, _ in removed)))
        self.lines[start : start + len(old)] = written
        origin = Origin(Contributor.AI, Agent("claude", None), session=Session(session, session))
        self.edits.append(Edit("claude-code", Basis.MATCHED, origin, None, self.now, tuple(blocks), "", "transcript"))

    def person_types(self) -> None:
        start = self.random.randint(0, len(self.lines))
        self.lines[start:start] = [(self.text(), PERSON) for _ in range(self.random.choice((1, 1, 3, 6)))]

    def person_deletes(self) -> None:
        start = self.random.randint(0, len(self.lines))
        del self.lines[start : start + self.random.choice((1, 2, 6))]

    def commit(self) -> None:
        replacements = [
            Replacement(first, tuple(added), tuple(text for text, _ in removed))
            for kept, removed, added, first in pieces(self.committed, [text for text, _ in self.lines])
            if not kept
        ]
        self.commits.append((self.now, replacements, list(self.lines)))
        self.committed = list(self.lines)


def pieces(old: list[Line], new: list[str]):
    """Yield what stayed, or else what went, what came, and where that stands, 1-based."""
    for tag, a, b, c, d in SequenceMatcher(None, [text for text, _ in old], new, autojunk=False).get_opcodes():
        yield (old[a:b], [], [], c + 1) if tag == "equal" else ([], old[a:b], new[c:d], c + 1)


def test_agents_lines_are_found_and_a_persons_are_not_claimed():
    told = Counter()
    for seed in range(200):
        history = History(Random(seed))
        history.run()
        written = WrittenLines(history.edits)
        for when, replacements, lines in history.commits:
            claims = written.take(replacements, when)
            for replacement in replacements:
                for line in range(replacement.first, replacement.first + len(replacement.added)):
                    text, who = lines[line - 1]
                    session = claims[line].origin.session.key if line in claims else None
                    kind = "repeated" if text in SHORT + REPEATED else "own"
                    told[kind, "claimed" if session else "unknown", session == who, who == PERSON] += 1
    agents = sum(count for (_, _, _, is_person), count in told.items() if not is_person)
    right = sum(count for (_, _, is_right, _), count in told.items() if is_right)
    claimed = sum(count for (_, what, _, _), count in told.items() if what == "claimed")
    wrong_own = sum(
        count for (kind, what, ok, _), count in told.items() if kind == "own" and what == "claimed" and not ok
    )
    assert wrong_own == 0
    # Of equal lines git itself cannot tell which one is new.
    assert right / claimed > 0.997
    assert right / agents > 0.85
