"""One `git cat-file --batch` process: questions ahead of answers, never so many that both sides wait."""

from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from backstory.history.command import start_git

_BACKLOG = 2_000
"""Bytes of names sent ahead: less than any platform's pipe holds, so that writing never has to wait for git."""

_CHUNK = 1 << 20


@frozen
class AskedObject:
    """One question."""

    name: str
    spelled: str | None
    """What git is asked; None when it is known that there is no such object."""


@frozen
class StoredObject:
    """One object of the repository."""

    kind: str
    """`blob`, `tree`, `commit` or `tag`."""

    size: int
    """Bytes of the whole content."""

    content: bytes | None
    """None when there is more of it than was asked for."""


class GitDiedError(Exception):
    """The process ended in the middle of a conversation."""


class BatchProcess:
    """A conversation with one process, by one thread at a time."""

    def __init__(self, directory: Path, variables: Mapping[str, str]) -> None:
        self.answered = 0
        """How many answers this process gave."""

        self._process = start_git(
            directory, ["cat-file", "--batch"], variables=variables, takes_input=True, keeps_errors=False
        )

    def ask(self, waiting: deque[AskedObject], limit: int | None) -> Iterator[tuple[str, StoredObject | None]]:
        """Answer and remove what waits, in order.

        Leaving early, and GitDiedError, make the process useless: answers may be under way.
        """
        sent = backlog = 0
        while waiting:
            questions: list[bytes] = []
            # Sent in bundles, when half of what may be under way has been answered: each sending wakes git up.
            while sent < len(waiting) and (questions or backlog <= _BACKLOG // 2):
                line = _line(waiting[sent])
                if backlog and backlog + len(line) > _BACKLOG:
                    break
                questions.append(line)
                sent, backlog = sent + 1, backlog + len(line)
            self._write(b"".join(questions))
            asked = waiting[0]
            found = self._answer(limit) if asked.spelled is not None else None
            waiting.popleft()
            sent, backlog = sent - 1, backlog - len(_line(asked))
            yield asked.name, found

    def close(self) -> None:
        """End the process."""
        self._process.close()

    def _write(self, questions: bytes) -> None:
        if not questions:
            return
        try:
            self._process.stdin.write(questions)
            self._process.stdin.flush()
        except OSError as error:
            raise GitDiedError from error

    def _answer(self, limit: int | None) -> StoredObject | None:
        r"""Read one answer: `<id> blob 12\n<12 bytes>\n`, or `<name> missing\n`, whatever the name holds.

        Source: git-cat-file(1), section *Batch output*.
        """
        header = self._process.stdout.readline()
        if not header.endswith(b"\n"):
            raise GitDiedError
        *_, kind, size = (b"", *header.split(b" "))
        if not size[:-1].isdigit():
            self.answered += 1
            return None
        found = StoredObject(kind.decode("ascii"), int(size), self._content(int(size), limit))
        self.answered += 1
        return found

    def _content(self, size: int, limit: int | None) -> bytes | None:
        if limit is None or size <= limit:
            content = self._process.stdout.read(size)
            if len(content) != size or self._process.stdout.read(1) != b"\n":
                raise GitDiedError
            return content
        left = size + 1
        while left:
            passed_over = len(self._process.stdout.read(min(left, _CHUNK)))
            if not passed_over:
                raise GitDiedError
            left -= passed_over
        return None


def _line(asked: AskedObject) -> bytes:
    return b"" if asked.spelled is None else asked.spelled.encode("utf-8", "surrogateescape") + b"\n"
