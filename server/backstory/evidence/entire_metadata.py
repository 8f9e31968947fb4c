"""What a session of a checkpoint says of itself: `<checkpoint>/<n>/metadata.json`.

    {"checkpoint_id":"a3b2c4d5e6f7","session_id":"19abe528-…","created_at":"2026-01-15T13:58:57+01:00",
     "agent":"Claude Code","model":"claude-opus-4-6","files_touched":["src/pay.py"],"checkpoint_transcript_start":57,…}

A field that is not as it should be is as good as absent, and spoils no other. chub-core writes the same names in camel
case. Source: entireio/cli, `cmd/entire/cli/checkpoint/checkpoint.go`; 712 sessions of its own repository.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

import msgspec
from attrs import frozen

from backstory.evidence.agents import TOOL_NAMES
from backstory.evidence.git_ai_records import recorded_model
from backstory.evidence.recorded_time import recorded_time

_TOOLS = {
    "copilot cli": "github-copilot-cli",
    "factory ai droid": "factory-droid",
    "factoryai droid": "factory-droid",
    "pi": "pi",
}
_NO_TOOL = frozenset({"", "agent", "unknown"})
"""What Entire writes when it does not know which agent it was."""

_DATED = re.compile(r"20\d\d-\d\d-\d\d-(?=[0-9a-f]{8}-)")
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_TEXT = msgspec.json.Decoder(str)
_NUMBER = msgspec.json.Decoder(int)
_PATHS = msgspec.json.Decoder(list[str])
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_Value = TypeVar("_Value")


@frozen
class SessionMetadata:
    """One session of a checkpoint, as Entire describes it."""

    session_id: str
    created_at: datetime | None
    """When the checkpoint was made, aware UTC."""

    tool: str | None
    model: str | None
    files_touched: tuple[str, ...]
    """Relative to the work tree's root."""

    start: int
    """How many lines of the transcript belong to earlier checkpoints of the session."""

    @property
    def conversation(self) -> str:
        """The agent's own id of the conversation: old versions put the day before it."""
        return _DATED.sub("", self.session_id)


def parse_metadata(text: bytes) -> SessionMetadata | None:
    """Return what the text says; None when it names no session."""
    try:
        fields = _FIELDS.decode(text)
    except _BROKEN:
        return None
    session_id = _field(fields, "session_id", _TEXT)
    if not session_id:
        return None
    starts = (_field(fields, name, _NUMBER) for name in ("checkpoint_transcript_start", "transcript_lines_at_start"))
    paths: list[str] = _field(fields, "files_touched", _PATHS) or []
    return SessionMetadata(
        session_id,
        recorded_time(_field(fields, "created_at", _TEXT)),
        _tool(_field(fields, "agent", _TEXT) or ""),
        recorded_model(_field(fields, "model", _TEXT)),
        tuple(paths),
        max(next(filter(None, starts), 0), 0),
    )


def _tool(agent: str) -> str | None:
    plain = agent.strip().lower()
    return None if plain in _NO_TOOL else TOOL_NAMES.get(plain) or _TOOLS.get(plain, agent.strip())


def _field(fields: Mapping[str, msgspec.Raw], name: str, decoder: "msgspec.json.Decoder[_Value]") -> _Value | None:
    first, *rest = name.split("_")
    raw = fields.get(name) or fields.get(first + "".join(word.capitalize() for word in rest))
    if raw is None:
        return None
    try:
        return decoder.decode(raw)
    except _BROKEN:
        return None
