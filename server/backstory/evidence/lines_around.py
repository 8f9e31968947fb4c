"""Lines of one commit around the one that somebody asks about; the commit's file is read when they are looked at."""

from collections.abc import Iterator, Sequence
from typing import overload

from backstory.history.objects import ObjectReader
from backstory.model.history import BlamedLine

_LINES_AROUND = 40


class CommittedTexts:
    """The files of one repository's commits by git's lines. Only the last one is remembered."""

    def __init__(self, reader: ObjectReader) -> None:
        self._reader = reader
        self._last: tuple[str, Sequence[bytes]] = ("", ())

    def lines(self, first: int, last: int, name: str) -> tuple[str, ...]:
        """Return lines (1-based, inclusive) of `REVISION:PATH` without line ends; fewer where the file has fewer.

        Bytes that are not UTF-8 are surrogate-escaped.
        """
        known, lines = self._last
        if known != name:
            raw = self._reader.read(name)
            lines = raw.removesuffix(b"\n").split(b"\n") if raw else ()
            self._last = name, lines
        texts = (each.decode("utf-8", "surrogateescape") for each in lines[first - 1 : last])
        return tuple(text.rstrip("\r").removeprefix("\ufeff") for text in texts)


class LinesAround(Sequence[str]):
    """The lines of a blamed line's hunk that stand next to it; empty when the commit's file lacks the line."""

    def __init__(self, texts: CommittedTexts, line: BlamedLine) -> None:
        hunk = line.hunk
        self._texts, self._name = texts, f"{hunk.revision}:{hunk.path}"
        self._first = max(hunk.first_at_revision, line.line - _LINES_AROUND)
        self._last = min(hunk.first_at_revision + hunk.length - 1, line.line + _LINES_AROUND)
        self._read: tuple[str, ...] | None = None
        self.at = line.line - self._first

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._lines()[index]

    def __len__(self) -> int:
        return len(self._lines())

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines())

    def _lines(self) -> tuple[str, ...]:
        if self._read is None:
            lines = self._texts.lines(self._first, self._last, self._name)
            self._read = lines if self.at < len(lines) else ()
        return self._read
