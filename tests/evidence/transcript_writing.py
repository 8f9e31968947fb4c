"""Writes transcripts line by line, for tests that need one that says something in particular."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import define, field

TOP = Path(__file__).parents[2]
SAMPLES = TOP / "tests" / "samples" / "transcripts"
BEGINS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@define
class ClaudeTranscript:
    """A conversation with Claude Code; each entry follows the one before, a minute later."""

    folder: str
    session: str = "11111111-2222-4333-8444-555555555555"
    lines: list[str] = field(factory=list)
    last: str | None = None
    is_sidechain: bool = False
    begins: datetime = BEGINS

    def entry(self, kind: str, **fields: object) -> str:
        """Add an entry and return its id."""
        entry_id = f"entry-{len(self.lines)}"
        self.lines.append(
            json.dumps(
                {
                    "type": kind,
                    "uuid": entry_id,
                    "parentUuid": self.last,
                    "sessionId": self.session,
                    "cwd": self.folder,
                    "isSidechain": self.is_sidechain,
                    "timestamp": self.now(),
                    **fields,
                }
            )
        )
        self.last = entry_id
        return entry_id

    def now(self) -> str:
        """Return the time of the next entry."""
        return (self.begins + timedelta(minutes=len(self.lines))).isoformat().replace("+00:00", "Z")

    def ask(self, text: object, **fields: object) -> str:
        """Add what stands under `user`."""
        return self.entry("user", message={"role": "user", "content": text}, **fields)

    def call(self, tool: str, call_id: str, **given: object) -> None:
        """Add a call of a tool."""
        block = {"type": "tool_use", "id": call_id, "name": tool, "input": given}
        self.entry("assistant", message={"role": "assistant", "model": "claude-sonnet-4-6", "content": [block]})

    def result(self, call_id: str, outcome: object = None, **fields: object) -> None:
        """Add what came of a call."""
        block = {"type": "tool_result", "tool_use_id": call_id, "content": "done", **fields}
        recorded = {} if outcome is None else {"toolUseResult": outcome}
        self.ask([block], **recorded)

    def write(self, path: str, content: str, call_id: str | None = None) -> None:
        """Add a new file that the agent wrote."""
        call_id = call_id or f"toolu_{len(self.lines)}"
        self.call("Write", call_id, file_path=path, content=content)
        self.result(call_id, {"type": "create", "filePath": path, "content": content, "structuredPatch": []})

    def bytes_lines(self) -> list[bytes]:
        """Return the lines as they stand in the file."""
        return [line.encode() + b"\n" for line in self.lines]

    def save(self, path: Path) -> Path:
        """Write the transcript to a file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(self.bytes_lines()))
        return path


def codex_lines(*entries: tuple[str, dict[str, object]]) -> list[bytes]:
    """Return the lines of a rollout."""
    return [
        json.dumps({"timestamp": f"2026-03-02T09:{minute:02}:00Z", "type": kind, "payload": payload}).encode() + b"\n"
        for minute, (kind, payload) in enumerate(entries)
    ]
