"""Colours by meaning; which escape sequences they are, or that there are none, the terminal decides."""

from collections.abc import Callable
from enum import Enum

from backstory.model.origin import Contributor


class Tone(Enum):
    """Why something stands out. Colour only ever repeats what a word says."""

    AGENT = "agent"
    PERSON = "person"
    MIXED = "mixed"
    ROBOT = "robot"
    QUIET = "quiet"
    TITLE = "title"
    WARNING = "warning"


TONES = {
    Contributor.AI: Tone.AGENT,
    Contributor.HUMAN: Tone.PERSON,
    Contributor.MIXED: Tone.MIXED,
    Contributor.BOT: Tone.ROBOT,
    Contributor.UNKNOWN: Tone.QUIET,
}


Paint = Callable[[Tone, str], str]
"""Puts a tone on text that is safe to print already."""


def unpainted(_tone: Tone, text: str) -> str:
    """Return `text` as it is: for pipes, files and people who set NO_COLOR."""
    return text
