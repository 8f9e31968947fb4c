"""What was said while a transcript is read: turns, and which of them are requests of a person."""

from collections.abc import Sequence
from datetime import datetime

from backstory.evidence.transcripts.transcript import Request
from backstory.evidence.typed_text import is_nudge
from backstory.model.prompt import Speaker, Turn

LONGEST_TURN = 20_000
"""Characters kept of what an agent says at once."""

LONGEST_TOOL = 200
"""Characters kept of what a tool was called for."""

_ARGUMENTS = (
    "file_path",
    "notebook_path",
    "path",
    "command",
    "cmd",
    "pattern",
    "query",
    "url",
    "skill",
    "description",
    "subject",
    "prompt",
)
"""Names of what a tool's call is about, the most telling first."""


class Said:
    """The turns of one transcript."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.requests: list[Request] = []

    def by_person(self, text: str, at: datetime | None, line: int, before: Request | None) -> Request:
        """Add a request that follows another one."""
        task = _task(before) if is_nudge(text) else None
        request = Request(text, len(self.turns), line, at, task)
        self.turns.append(Turn(Speaker.HUMAN, text, at))
        self.requests.append(request)
        return request

    def by_agent(self, text: str, at: datetime | None) -> None:
        """Add what the agent said."""
        if text.strip():
            cut = text if len(text) <= LONGEST_TURN else text[:LONGEST_TURN] + "…"
            self.turns.append(Turn(Speaker.AGENT, cut, at))

    def by_tool(self, name: str, about: str, at: datetime | None) -> None:
        """Add the use of a tool."""
        line = " ".join(f"{name} {about[: 2 * LONGEST_TOOL]}".split())
        self.turns.append(Turn(Speaker.TOOL, line if len(line) <= LONGEST_TOOL else line[:LONGEST_TOOL] + "…", at))

    @property
    def last_turn(self) -> int:
        """The index of the last turn; 0 before the first."""
        return max(len(self.turns) - 1, 0)


def about(arguments: object) -> str:
    """Return what a tool was called for, of its arguments: a file, a command, a question."""
    if isinstance(arguments, str):
        return arguments
    if not isinstance(arguments, dict):
        return ""
    for name in _ARGUMENTS:
        found = arguments.get(name)
        if isinstance(found, str) and found:
            return found
        if isinstance(found, list) and all(isinstance(word, str) for word in found):
            return " ".join(found)
    return ""


def latest(requests: Sequence[Request]) -> Request | None:
    """Return the last request, None when there is none."""
    return requests[-1] if requests else None


def only_request(requests: Sequence[Request]) -> Request | None:
    """Return the last of some requests when one thing was asked with them; with nudges to go on it is still one."""
    goals = [request for request in requests if not is_nudge(request.text)]
    if len(requests) == 1 or (len(goals) <= 1 and requests and requests[0] in goals):
        return requests[-1]
    return None


def _task(before: Request | None) -> str | None:
    if before is None:
        return None
    return before.task if is_nudge(before.text) else before.text
