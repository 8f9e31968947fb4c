"""A line of the text as the dialects read it, which knows where each character stood when it was pasted."""

from collections.abc import Sequence

from attrs import frozen

from backstory.model.stacktrace import Span


@frozen
class Line:
    """One line, cleaned: no colours, no log prefix, straight quotes. Several may stand on one line of the paste."""

    number: int
    """The line of the paste that it starts on, 1-based."""

    text: str
    """What the dialects match; as long as `printed`."""

    printed: str
    """The same with the quotes and blanks that were pasted."""

    columns: Sequence[int]
    """Where each character of `text` stood in `raw`; what was wrapped onto the next line counts on from its end."""

    raw: str
    """The line of the paste, untouched; with those that were joined to it behind it."""

    last: int
    """The line of the paste that it ends on: greater than `number` where it was wrapped."""

    joins: tuple[tuple[int, int], ...] = ()
    """(where in `raw` a joined line begins, its number)"""

    def span(self, first: int, end: int) -> Span | None:
        """Return where the characters `first` to `end` (excluded) of `text` stood, or None when they are none."""
        if first >= end or end > len(self.columns):
            return None
        at = self.columns[first]
        start, number = next((join for join in reversed(self.joins) if join[0] <= at), (0, self.number))
        return Span(number, at - start, self.columns[end - 1] + 1 - start)

    def joined(self, following: "Line", glue: str = "") -> "Line":
        """Return this line with the next one, its indentation taken off, set behind it."""
        kept = following.text.lstrip()
        cut = len(following.text) - len(kept)
        after = [len(self.raw) + column for column in following.columns[cut:]]
        return Line(
            self.number,
            self.text + glue + kept,
            self.printed + glue + following.printed[cut:],
            [*self.columns, *[len(self.raw)] * len(glue), *after],
            self.raw + following.raw,
            following.last,
            (*self.joins, (len(self.raw), following.number)),
        )

    def said(self, first: int, end: int | None = None) -> str:
        """Return the characters `first` to `end` as they were printed, stripped."""
        return self.printed[first:end].strip()
