"""git-ai's authorship notes, written from a gutter: `note_text({"pay.py": ["a1", None, "h:ann"]}, [...])`.

Keys follow git-ai's own hash rules, so they are the same every time. Source: git-ai
`specs/git_ai_standard_v3.0.0.md` (authorship/3.0.0).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from attrs import Factory, frozen

from notation.repository import Identity

SCHEMA = "authorship/3.0.0"


@frozen
class Message:
    """One turn of a conversation, as old notes keep it."""

    kind: str
    """`user` or `assistant`."""

    text: str
    at: datetime | None = None


@frozen
class Conversation:
    """One conversation with an agent; `alias` is how a gutter names it (`a1`)."""

    alias: str
    tool: str = "claude"
    model: str = "claude-opus-4-6"
    asked_by: Identity | None = None
    is_legacy: bool = False
    """True: a 16-digit key with a record in `prompts` (and messages); False: an `s_…::t_…` key and `sessions`."""

    messages: tuple[Message, ...] = ()
    id: str = Factory(lambda self: str(uuid5(NAMESPACE_URL, f"story:{self.alias}")), takes_self=True)

    @property
    def record_key(self) -> str:
        """The key of its record in the note's metadata."""
        digest = sha256(f"{self.tool}:{self.id}".encode()).hexdigest()
        return digest[:16] if self.is_legacy else f"s_{digest[:14]}"

    @property
    def entry_key(self) -> str:
        """The key that an entry line uses."""
        return self.record_key if self.is_legacy else f"{self.record_key}::t_{_digest(self.alias)}"

    @property
    def record(self) -> dict[str, object]:
        """The record itself."""
        record: dict[str, object] = {
            "agent_id": {"tool": self.tool, "id": self.id, "model": self.model},
            "human_author": str(self.asked_by) if self.asked_by else None,
        }
        if self.is_legacy:
            record |= {"messages": [_message(message) for message in self.messages]}
            record |= {"total_additions": 0, "total_deletions": 0, "accepted_lines": 0, "overriden_lines": 0}
        return record


def human_key(person: Identity) -> str:
    """Return the key of a known human."""
    return f"h_{_digest(str(person))}"


def note_text(
    gutters: Mapping[str, Sequence[str | None]],
    conversations: Iterable[Conversation] = (),
    people: Mapping[str, Identity] | None = None,
    base: str = "",
) -> str:
    """Return the note that claims what the gutters say.

    A gutter has one mark for each line of its file at the commit: a conversation's alias, `h:` and a person's alias
    for a known human, None for a line that the note leaves out. Every conversation and person used gets its record.
    """
    by_alias = {conversation.alias: conversation for conversation in conversations}
    people = people or {}
    used = {mark for gutter in gutters.values() for mark in gutter if mark}
    blocks = [_file_block(path, gutter, by_alias, people) for path, gutter in gutters.items() if any(gutter)]
    talked = [by_alias[alias] for alias in sorted(used) if not alias.startswith("h:")]
    humans = [people[mark[2:]] for mark in sorted(used) if mark.startswith("h:")]
    return "".join(blocks) + "---\n" + metadata(talked, humans, base)


def metadata(conversations: Iterable[Conversation], humans: Iterable[Identity] = (), base: str = "") -> str:
    """Return the JSON below a note's divider, with these records and no others."""
    conversations = list(conversations)
    parts: dict[str, object] = {"schema_version": SCHEMA, "git_ai_version": "1.6.20", "base_commit_sha": base}
    parts["prompts"] = {talk.record_key: talk.record for talk in conversations if talk.is_legacy}
    if sessions := {talk.record_key: talk.record for talk in conversations if not talk.is_legacy}:
        parts["sessions"] = sessions
    if authors := {human_key(human): {"author": str(human)} for human in humans}:
        parts["humans"] = authors
    return json.dumps(parts, indent=2)


def _file_block(
    path: str, gutter: Sequence[str | None], by_alias: Mapping[str, Conversation], people: Mapping[str, Identity]
) -> str:
    lines: dict[str, list[int]] = {}
    for line, mark in enumerate(gutter, 1):
        if mark:
            key = human_key(people[mark[2:]]) if mark.startswith("h:") else by_alias[mark].entry_key
            lines.setdefault(key, []).append(line)
    entries = [f"  {key} {_ranges(claimed)}\n" for key, claimed in lines.items()]
    name = f'"{path}"' if any(character in path for character in " \t\n") else path
    return f"{name}\n" + "".join(entries)


def _ranges(lines: Sequence[int]) -> str:
    ranges: list[list[int]] = []
    for line in lines:
        if ranges and ranges[-1][1] + 1 == line:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def _message(message: Message) -> dict[str, str]:
    turn = {"type": message.kind, "text": message.text}
    return turn | ({"timestamp": message.at.isoformat().replace("+00:00", "Z")} if message.at else {})


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:14]
