"""Files whose lines have names, so that it is known where each of them ends up; written as commits and as a buffer."""

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from notation.repository import RepositoryWriter


@frozen
class Line:
    """A line that stays itself whatever its number, its file and its blanks are."""

    name: str
    text: str

    def with_text(self, text: str) -> "Line":
        return Line(self.name, text)


Files = Mapping[str, tuple[Line, ...]]
"""A version of all files."""

Change = Callable[[Files], Files]


def named(path: str, source: str) -> tuple[Line, ...]:
    """Return the lines of a file, each with a name of its own."""
    return tuple(Line(f"{path}:{number}", text) for number, text in enumerate(source.splitlines(), start=1))


def new(*texts: str) -> tuple[Line, ...]:
    """Return lines that nobody asks for."""
    return tuple(Line("", text) for text in texts)


def text_of(lines: Sequence[Line], end: str = "\n") -> str:
    """Return the file's text."""
    return "".join(line.text + end for line in lines)


def place_of(name: str, files: Files) -> tuple[str, int] | None:
    """Return where a line stands."""
    for path, lines in files.items():
        for number, line in enumerate(lines, start=1):
            if line.name == name:
                return path, number
    return None


def commit(history: RepositoryWriter, message: str, before: Files, after: Files, **more: object) -> str:
    """Write a commit that makes `after` out of `before`; return its revision."""
    changed: dict[str, str | None] = {path: None for path in before if path not in after}
    changed |= {path: text_of(lines) for path, lines in after.items() if before.get(path) != lines}
    return history.commit(message, changed, **more)
