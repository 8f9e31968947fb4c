"""The JSON below a git-ai note's divider: who or what the keys of its entries stand for.

Records are decoded one at a time and only when asked for, so that one bad record spoils no other, and conversations
are skipped until somebody wants a prompt.

Source: git-ai `specs/git_ai_standard_v3.0.0.md` (authorship/3.0.0); unknown fields occur and are ignored.
"""

import re
from collections.abc import Callable, Iterator

import msgspec
from attrs import field, frozen

from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin, Person, Session

UNRECORDED_MODELS = frozenset({"", "unknown", "default", "<synthetic>"})
"""What recorders write when they do not know the model."""


class AgentId(msgspec.Struct):
    """Which tool, which model, which conversation."""

    tool: str | None = None
    id: str | None = None
    model: str | None = None


class AgentRecord(msgspec.Struct):
    """A record of `prompts` or `sessions`, without its conversation."""

    agent_id: AgentId | None = None
    human_author: str | None = None


class HumanRecord(msgspec.Struct):
    """A record of `humans`."""

    author: str | None = None


class Metadata(msgspec.Struct):
    """The metadata object; its records are still text."""

    schema_version: str | None = None
    git_ai_version: str | None = None
    recorded_by: str | None = None
    """Who wrote the note, where it was not git-ai: `backstory 0.1.0`."""

    prompts: dict[str, msgspec.Raw] | None = None
    sessions: dict[str, msgspec.Raw] | None = None
    humans: dict[str, msgspec.Raw] | None = None

    def record(self, key: str) -> msgspec.Raw | None:
        """Return the record of a key, None when there is none: each kind of key has a table of its own."""
        return self._table(key).get(key)

    def records(self) -> Iterator[tuple[str, msgspec.Raw]]:
        """Yield every key with its record; not those in a table of another kind."""
        for table in (self.prompts, self.sessions, self.humans):
            yield from ((key, raw) for key, raw in (table or {}).items() if self._table(key) is table)

    def _table(self, key: str) -> dict[str, msgspec.Raw]:
        if key.startswith("h_"):
            return self.humans or {}
        return (self.sessions if key.startswith("s_") else self.prompts) or {}


@frozen
class Resolved:
    """What a key stands for."""

    key: str
    """The key of the record: that of the entry without its trace part."""

    origin: Origin
    is_provisional: bool = False
    """True while a record in some other note may say more: not all have been searched."""


KNOWN_HUMAN = Origin(Contributor.HUMAN)
UNNAMED_AGENT = Origin(Contributor.AI, Agent(None, None))
WITHOUT_RECORD = {"human": KNOWN_HUMAN, "ai_agent": UNNAMED_AGENT}
"""Keys that need no record: a known human without identity, an agent whose tool is unknown.

A key that starts with `h_` needs one only for the name: the prefix is declared stable.
"""

_AGENTS = msgspec.json.Decoder(AgentRecord)
_HUMANS = msgspec.json.Decoder(HumanRecord)
_NAME_AND_MAIL = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<mail>[^<>]*)>")


@frozen
class Records:
    """The records of one note, and those of all other notes once somebody has collected them."""

    metadata: Metadata
    elsewhere: Callable[[str], Origin | None]
    """Answers for keys without a record here; None: no note has one; `UNKNOWN_ORIGIN`: not all have been searched."""

    _known: dict[str, Resolved | None] = field(factory=dict, init=False)

    def resolve(self, entry_key: str) -> Resolved | None:
        """Return what the key of an entry stands for, None when no note says so."""
        key = record_key(entry_key)
        if key not in self._known:
            self._known[key] = self._resolved(key)
        return self._known[key]

    def _resolved(self, key: str) -> Resolved | None:
        own = record_origin(key, self.metadata.record(key)) or WITHOUT_RECORD.get(key)
        found = own or self.elsewhere(key)
        is_provisional = found is UNKNOWN_ORIGIN
        if key.startswith("h_") and (is_provisional or not found):
            found = KNOWN_HUMAN
        return Resolved(key, found, is_provisional) if found else None


def record_key(entry_key: str) -> str:
    """Return the key of the record that an entry's key names: `s_…` for `s_…::t_…`."""
    return entry_key.partition("::")[0] if entry_key.startswith("s_") else entry_key


def record_origin(key: str, raw: msgspec.Raw | None) -> Origin | None:
    """Return what the record of a key says, None when there is none or it cannot be read."""
    if raw is None:
        return None
    try:
        return _human_origin(raw) if key.startswith("h_") else _agent_origin(key, raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def recorded_model(model: str | None) -> str | None:
    """Return the model without the quotes some recorders doubled; None for the words that mean nobody knew."""
    bare = (model or "").strip().strip('"').strip()
    return None if bare.lower() in UNRECORDED_MODELS else bare


def person(text: str | None) -> Person | None:
    """Return the person that `Name <mail>`, a bare name or a bare address names; None for nobody."""
    text = (text or "").strip()
    if not text:
        return None
    parts = _NAME_AND_MAIL.fullmatch(text)
    if not parts:
        return Person(text)
    name, mail = parts["name"].strip() or None, parts["mail"].strip() or None
    return Person(name, mail) if name or mail else None


def _human_origin(raw: msgspec.Raw) -> Origin:
    return Origin(Contributor.HUMAN, person=person(_HUMANS.decode(raw).author))


def _agent_origin(key: str, raw: msgspec.Raw) -> Origin:
    record = _AGENTS.decode(raw)
    agent = record.agent_id or AgentId()
    return Origin(
        Contributor.AI,
        Agent(agent.tool or None, recorded_model(agent.model)),
        person(record.human_author),
        Session(key, agent.id or None),
    )
