"""aider's chat history: sessions one after the other, what was typed, answered and done.

    # aider chat started at 2025-03-02 09:00:00

    > Main model: anthropic/claude-sonnet-4-5 with diff edit format··

    #### retry the capture··
    #### three times··

    shop/pay.py
    ```python
    <<<<<<< SEARCH
    charge(payment)
    =======
    retry(charge, payment)
    >>>>>>> REPLACE
    ```

    > Applied edit to shop/pay.py··
    > Commit 2860dda feat: retry the capture··

What aider writes itself ends with two spaces (`··`), so that headings and quotes in an answer are not taken for it; in
a file that a formatter went over nothing typed can be told. Times have no offset: nobody knows when it was. Before an
answer's edits are applied, aider commits what the person had left uncommitted: such a commit is not the agent's.

Source: Aider-AI/aider 0.86 `aider/io.py`, `aider/repo.py`, `aider/coders/base_coder.py`.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define, field

from backstory.evidence.aider_answer import changes_of_answer
from backstory.evidence.git_ai_records import recorded_model
from backstory.evidence.session_files import KeptSession
from backstory.evidence.transcripts.calls import Calls, Change, Circumstances
from backstory.evidence.transcripts.said import Said, latest
from backstory.evidence.transcripts.transcript import Request, Transcript
from backstory.evidence.typed_text import typed_text
from backstory.model.origin import Session

TOOL = "aider"
_START = re.compile(r"# aider chat started at (?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*")
_TYPED = "#### "
_DONE = re.compile(r"> Applied edit to (?P<path>.+?)\s*")
_COMMIT = re.compile(r"> Commit (?P<id>[0-9a-f]{7,40}) .*")
_MODEL = re.compile(r"> (?:(?:Main m|M)odel:|Models:) (?P<model>\S+) with\b.*")
_OWN_END = "  "
_COMMANDS_THAT_ASK = frozenset({"/architect", "/ask", "/code", "/context"})
_WATCHED, _WATCHING = 'Find the "AI" comments below', "> Processing your request..."
"""What aider asks, and says, when it has seen a comment such as `# retry this, AI!` in a file."""

_THOUGHT_ENDS = "</thinking-content-"
_BLANK = "<blank>"


def parse_history(content: str) -> tuple[KeptSession, ...]:
    """Return the sessions of a file in which anything was typed or done; empty when aider did not write it."""
    lines = content.replace("\r\n", "\n").split("\n")
    starts = [index for index, line in enumerate(lines) if _START.fullmatch(line)]
    read = (_session(lines, start, end) for start, end in pairwise([*starts, len(lines)]))
    return tuple(kept for kept in read if kept.transcript.turns or kept.transcript.edits)


def _session(lines: Sequence[str], start: int, end: int) -> KeptSession:
    reading = _Reading()
    index = start + 1
    while index < end:
        index = reading.take(lines, index, end)
    reading.leave()
    started = _START.fullmatch(lines[start])
    name = f"{TOOL}:{started['at'] if started else ''}:{start}"
    key = hashlib.sha256(name.encode()).hexdigest()[:14]
    transcript = Transcript(
        TOOL,
        model=reading.model,
        turns=tuple(reading.said.turns),
        requests=tuple(reading.said.requests),
        edits=tuple(reading.calls.edits()),
        lines=end - start,
    )
    return KeptSession(transcript, Session(key, None), reading.commits)


@define
class _Reading:
    """One session, as far as it was read."""

    model: str | None = None
    said: Said = field(factory=Said)
    calls: Calls = field(factory=Calls)
    request: Request | None = None
    """The last one; None when a comment in the code was it, which aider found by itself."""

    commits: dict[str, str] = field(factory=dict)
    waiting: dict[str, tuple[str, Change]] = field(factory=dict)
    """What the last answer would change, by file: the edit's id, until aider says that it was applied."""

    applied: list[str] = field(factory=list)
    """Edits that are in no commit yet."""

    def take(self, lines: Sequence[str], index: int, end: int) -> int:
        """Read what begins at a line and return where the next thing does."""
        line = lines[index]
        if _is_own(line, _TYPED):
            last = _last(lines, index, end, _TYPED)
            self._typed([each[len(_TYPED) :].strip() for each in lines[index:last]], index + 1)
            return last
        if _is_told(line):
            self._told(line)
            return index + 1
        last = index
        while last < end and not _is_told(lines[last]) and not _is_own(lines[last], _TYPED):
            last += 1
        self._answered(lines, index, last)
        return last

    def leave(self) -> None:
        """Forget what was never applied."""
        for edit, _ in self.waiting.values():
            self.calls.refute(edit)
        self.waiting = {}

    def _typed(self, lines: Sequence[str], number: int) -> None:
        self.leave()
        self.applied = []
        text = "\n".join(lines).strip()
        is_command = text.startswith("/") and text.split(maxsplit=1)[0] not in _COMMANDS_THAT_ASK
        typed = None if is_command or text == _BLANK else typed_text(text)
        if text.startswith(_WATCHED):
            self.request = None
        elif typed:
            self.request = self.said.by_person(typed, None, number, latest(self.said.requests))

    def _told(self, line: str) -> None:
        model, done, commit = _MODEL.fullmatch(line), _DONE.fullmatch(line), _COMMIT.fullmatch(line)
        if line.startswith(_WATCHING):
            self.request = None
        elif model:
            self.model = recorded_model(model["model"])
        elif done and line.endswith(_OWN_END):
            path = done["path"].replace("\\", "/")
            self.said.by_tool("Applied edit to", path, None)
            waiting = self.waiting.pop(path, None)
            if waiting:
                self.calls.confirm(waiting[0])
                self.applied.append(waiting[0])
        elif commit and self.applied:  # the first line of a long message has no end of aider's own
            self.commits |= dict.fromkeys(self.applied, commit["id"])
            self.applied = []

    def _answered(self, lines: Sequence[str], first: int, last: int) -> None:
        thought = [index for index in range(first, last) if lines[index].startswith(_THOUGHT_ENDS)]
        first = thought[-1] + 1 if thought else first
        text = "\n".join(lines[first:last]).strip()
        if not text:
            return
        self.leave()
        self.said.by_agent(text, None)
        for number, change in _by_file(lines[first:last]):
            edit = f"L{first + number}"
            asked = Circumstances(first + number, self.said.last_turn, None, None, self.model, self.request)
            if not self.calls.knows(edit):
                self.calls.ask(edit, asked, (change,))
                self.waiting[change.path] = edit, change


def _by_file(lines: Sequence[str]) -> Iterator[tuple[int, Change]]:
    """Yield what an answer changes, each file once, with the line (1-based) where that begins."""
    found: dict[str, tuple[int, Change]] = {}
    for number, change in changes_of_answer(lines):
        path = change.path.replace("\\", "/")
        first, before = found.get(path, (number, Change(path, ())))
        found[path] = first, Change(path, before.blocks + change.blocks)
    yield from found.values()


def _is_told(line: str) -> bool:
    return line.startswith("> ") or line == ">"


def _is_own(line: str, mark: str) -> bool:
    return line.startswith(mark) and line.endswith(_OWN_END)


def _last(lines: Sequence[str], index: int, end: int, mark: str) -> int:
    while index < end and _is_own(lines[index], mark):
        index += 1
    return index
