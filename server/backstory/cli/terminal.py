"""The terminal, or the pipe, on the other side: its width, its colours, and progress on stderr."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

from attrs import Factory, define, field, frozen

from backstory.views.paint import Paint, Tone, unpainted

_USUAL_WIDTH = 80
_WIDEST_PROSE = 100
_SEQUENCES = {
    Tone.AGENT: "36",
    Tone.PERSON: "32",
    Tone.MIXED: "35",
    Tone.ROBOT: "34",
    Tone.QUIET: "2",
    Tone.TITLE: "1",
    Tone.WARNING: "33",
}
_FIRST_SHOWN_AFTER_SECONDS = 0.5
_SHOWN_EVERY_SECONDS = 0.1


@frozen
class Terminal:
    """What can be shown on stdout."""

    paint: Paint
    width: int | None
    """Cells of a line; None when stdout is no terminal, and nothing is cut."""

    @property
    def prose_width(self) -> int:
        """Cells after which sentences are wrapped."""
        return min(self.width or _USUAL_WIDTH, _WIDEST_PROSE)


def terminal(color: str, stdout: TextIO) -> Terminal:
    """Return the terminal behind `stdout`. `color` is `auto`, `always` or `never`; NO_COLOR and a dumb TERM count."""
    is_terminal = stdout.isatty()
    is_welcome = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    is_coloured = color == "always" or (color == "auto" and is_welcome)
    width = shutil.get_terminal_size((_USUAL_WIDTH, 24)).columns if is_terminal else None
    return Terminal(_painted if is_coloured else unpainted, width)


def _painted(tone: Tone, text: str) -> str:
    return f"\x1b[{_SEQUENCES[tone]}m{text}\x1b[0m" if text else text


@define
class ProgressLine:
    """Long work told on one line of stderr, which is gone when the work is done. Silent unless stderr is a terminal."""

    what: str
    stderr: TextIO = field(factory=lambda: sys.stderr)
    clock: Callable[[], float] = time.monotonic
    """Seconds, from any beginning."""

    _started: float = field(init=False, default=Factory(lambda self: self.clock(), takes_self=True))
    _shown: float = field(init=False, default=-_SHOWN_EVERY_SECONDS)
    _is_shown: bool = field(init=False, default=False)

    def __call__(self, done: int, total: int | None) -> None:
        """Tell how far the work is."""
        passed = self.clock() - self._started
        if passed < _FIRST_SHOWN_AFTER_SECONDS or passed - self._shown < _SHOWN_EVERY_SECONDS:
            return
        if not self.stderr.isatty():
            return
        self._shown, self._is_shown = passed, True
        of_total = f" of {total:,}" if total else ""
        self.stderr.write(f"\r\x1b[K{self.what}: {done:,}{of_total}")
        self.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._is_shown:
            self.stderr.write("\r\x1b[K")
            self.stderr.flush()
            self._is_shown = False
