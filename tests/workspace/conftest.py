"""A small shop whose history is known line by line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

from backstory.history.cancel import Cancellation
from backstory.model.answer import LineAnswer
from backstory.model.text import Edit, Text
from backstory.workspace.buffer import Buffer
from backstory.workspace.buffers import Buffers
from backstory.workspace.queries import Queries
from notation.authorship import Conversation, note_text
from notation.repository import ANN, BOB, RepositoryWriter

CAPTURE = "def capture(order):\n    check(order)\n    return charge(order)\n"
REFUND = "\n\ndef refund(order):\n    return give_back(order)\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """`pay.py`: its first three lines are an agent's, recorded; the rest nobody's."""
    a1 = Conversation("a1", tool="claude", model="claude-opus-4-6", asked_by=ANN)
    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit("payments: capture", {"pay.py": CAPTURE}, author=ANN)
        history.note(first, note_text({"pay.py": ["a1", "a1", "a1"]}, [a1], {}, base=first))
        history.commit("payments: refund", {"pay.py": CAPTURE + REFUND}, author=BOB)
    return tmp_path / "shop"


@pytest.fixture
def queries() -> Iterator[Queries]:
    opened = Queries()
    yield opened
    opened.close()


@frozen
class Editor:
    """Buffers as a person uses them."""

    buffers: Buffers

    def open(self, path: Path, text: str | None = None) -> Buffer:
        source = Text.of(path.read_bytes().decode() if text is None else text)
        return self.buffers.open(path, source, "python")

    def answer(self, buffer: Buffer, line: int) -> LineAnswer:
        answer = self.buffers.wait_for(buffer, line, Cancellation())
        assert isinstance(answer, LineAnswer), answer
        return answer

    def contributors(self, buffer: Buffer) -> str:
        """Return one letter a line: a(i), h(uman), m(ixed), b(ot), u(nknown)."""
        count = buffer.text.line_count
        return "".join(self.answer(buffer, line).attribution.origin.contributor[0] for line in range(1, count + 1))

    def type(self, buffer: Buffer, line: int, text: str) -> None:
        """Put `text` at the beginning of a line."""
        changed, splice = buffer.text.apply(Edit(line, 0, line, 0, text))
        buffer.change(changed, [splice])


@pytest.fixture
def editor(queries: Queries) -> Editor:
    return Editor(queries.buffers(lambda _buffer: None))
