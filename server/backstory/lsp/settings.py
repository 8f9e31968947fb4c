"""Settings of the editor, section `backstory`; a value that makes no sense leaves the default in force."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from attrs import field, frozen

SECTION = "backstory"


class HoverDetail(StrEnum):
    """How much a hover tells."""

    OFF = "off"
    COMPACT = "compact"
    FULL = "full"


@frozen
class Settings:
    """What the person chose."""

    hover: HoverDetail = HoverDetail.FULL
    show_unknown: bool = False
    """Whether a line that no record speaks of gets a hover that says so."""

    paused: bool = False
    """Whether this folder is left alone."""

    maximum_file_megabytes: int = 5
    """Greater files are not looked at."""

    disabled_sources: Sequence[str] = field(factory=list)
    """Ids of the evidence sources that are not read."""


@frozen
class Complaint:
    """A setting that could not be used."""

    setting: str
    expected: str

    @property
    def sentence(self) -> str:
        """What to tell the person; the value itself stays out of it."""
        return f"The setting {SECTION}.{self.setting} should be {self.expected}; its default is used."


@frozen
class Reader:
    """How one setting is written by a client and read here."""

    name: str
    expected: str
    read: Callable[[object], object]
    """Raises `TypeError` or `ValueError` for what is not `expected`."""


def settings_of(raw: object) -> tuple[Settings, tuple[Complaint, ...]]:
    """Return the settings in a client's JSON, and what was wrong with it. Settings of other versions are ignored."""
    if raw is None:
        return Settings(), ()
    if not isinstance(raw, Mapping):
        return Settings(), (Complaint("*", "an object"),)
    chosen: dict[str, object] = {}
    complaints: list[Complaint] = []
    for name, reader in READERS.items():
        value = raw.get(reader.name)
        if value is None:
            continue
        try:
            chosen[name] = reader.read(value)
        except (TypeError, ValueError):
            complaints.append(Complaint(reader.name, reader.expected))
    return Settings(**chosen), tuple(complaints)  # type: ignore[arg-type]  # each came from its own field's reader


def _detail(value: object) -> HoverDetail:
    return HoverDetail(str(value))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _positive(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError
    return value


def _names(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise TypeError
    return value


READERS = {
    "hover": Reader("hover", "“off”, “compact” or “full”", _detail),
    "show_unknown": Reader("showUnknown", "true or false", _flag),
    "paused": Reader("paused", "true or false", _flag),
    "maximum_file_megabytes": Reader("maximumFileMegabytes", "a whole number of megabytes above 0", _positive),
    "disabled_sources": Reader("disabledSources", "a list of sources’ ids", _names),
}
"""Each field of `Settings` and its setting in the editor."""
