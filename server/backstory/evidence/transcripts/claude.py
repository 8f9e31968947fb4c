"""Claude Code's transcripts.

    {"type":"user","uuid":"u1","parentUuid":null,"sessionId":"…","cwd":"/home/ann/shop","timestamp":"…Z",
     "message":{"role":"user","content":"Retry the capture"}}
    {"type":"assistant","uuid":"u2","parentUuid":"u1",…,"message":{"id":"msg_1","model":"claude-sonnet-4-6","content":
     [{"type":"tool_use","id":"toolu_1","name":"Edit","input":{"file_path":…,"old_string":…,"new_string":…}}]}}
    {"type":"user","uuid":"u3","parentUuid":"u2",…,"message":{"content":[{"type":"tool_result","tool_use_id":"toolu_1"…}]},
     "toolUseResult":{"filePath":…,"structuredPatch":[{"newStart":3,"lines":[" a","-b","+c"],…}],…}}

Entries form a tree by `parentUuid`: a person may go back and ask something else. What a subagent does stands in entries
with `isSidechain`, in `progress` entries, or in a file of its own; what it was asked, an agent asked.
Source: 583 transcripts of Claude Code 2.0 and 2.1 in entireio/cli (branch `entire/checkpoints/v1`).
"""

from collections import deque
from datetime import datetime

import msgspec
from attrs import evolve

from backstory.evidence.git_ai_records import recorded_model
from backstory.evidence.transcripts.calls import Calls, Circumstances
from backstory.evidence.transcripts.claude_edits import Ending, changes_asked, changes_made, ending_of
from backstory.evidence.transcripts.claude_message import (
    ContentBlock,
    Message,
    blocks_of,
    command_in,
    message_of,
    typed_in,
)
from backstory.evidence.transcripts.entry import Entry, moment, shaped, text, value
from backstory.evidence.transcripts.said import Said, about, latest
from backstory.evidence.transcripts.transcript import GitFacts, Request, Transcript
from backstory.evidence.typed_text import typed_text

TOOL = "claude"
_CONVERSING = frozenset({"user", "assistant", "system", "progress", "attachment"})
_WITHOUT_ID = frozenset({"summary", "file-history-snapshot", "queue-operation", "custom-title", "last-prompt"})


class _Progress(msgspec.Struct):
    type: object = None
    message: msgspec.Raw = msgspec.Raw()


class _SubagentEntry(msgspec.Struct, rename="camel"):
    type: object = None
    timestamp: object = None
    message: msgspec.Raw = msgspec.Raw()
    tool_use_result: msgspec.Raw = msgspec.Raw()


class _Attachment(msgspec.Struct, rename="camel"):
    type: object = None
    prompt: msgspec.Raw = msgspec.Raw()
    command_mode: object = None


_PROGRESS = msgspec.json.Decoder(_Progress)
_SUBAGENT_ENTRY = msgspec.json.Decoder(_SubagentEntry)
_ATTACHMENT = msgspec.json.Decoder(_Attachment)


class ClaudeReader:
    """Takes the entries of one transcript in order."""

    def __init__(self) -> None:
        self._said = Said()
        self._calls = Calls()
        self._thread: dict[str, tuple[Request | None, int]] = {}
        """Entry → the last request on its way from the root, and the entry's line."""

        self._queue: deque[str] = deque()
        self._delivered: Request | None = None
        self._command: tuple[str | None, str | None] = None, None
        """The last entry that was a slash command without arguments, and the command's name."""

        self._session: str | None = None
        self._branch: str | None = None
        self._model: str | None = None
        self._folders: dict[str, None] = {}
        self._has_own_entries = self._has_subagent_entries = False

    @staticmethod
    def recognises(entry: Entry) -> bool:
        """Tell whether Claude Code writes such entries."""
        if entry.type in _CONVERSING:
            return bool(text(entry.uuid) and text(entry.session_id))
        return entry.type in _WITHOUT_ID

    def take(self, entry: Entry, line: int) -> None:
        """Read one entry."""
        entry_id = text(entry.uuid)
        if entry_id in self._thread:
            return  # a resumed conversation repeats what it continues
        self._note_facts(entry)
        at = moment(entry.timestamp)
        before = self._request_before(entry)
        match entry.type:
            case "user":
                before = self._take_user(entry, line, at, before)
            case "assistant":
                circumstances = self._circumstances(entry, line, at, before)
                self._take_assistant(message_of(entry.message), circumstances, by_subagent=bool(entry.is_sidechain))
            case "progress":
                self._take_progress(entry, line, before)
            case "attachment":
                before = self._take_attachment(entry, line, at, before)
            case "queue-operation":
                self._take_queue_operation(entry, line, at)
        if entry_id:
            self._thread[entry_id] = before, line

    def finish(self) -> Transcript:
        """Return what the transcript holds."""
        is_subagents = self._has_subagent_entries and not self._has_own_entries
        return Transcript(
            tool=TOOL,
            session=self._session,
            parent=self._session if is_subagents else None,
            folders=tuple(self._folders),
            git_facts=GitFacts(branch=self._branch),
            model=self._model,
            turns=tuple(self._said.turns),
            requests=tuple(self._said.requests),
            edits=tuple(self._calls.edits()),
        )

    def _note_facts(self, entry: Entry) -> None:
        self._session = text(entry.session_id) or self._session
        self._branch = text(entry.git_branch) or self._branch
        folder = text(entry.cwd)
        if folder:
            self._folders[folder] = None
        if entry.type in {"user", "assistant"}:
            self._has_subagent_entries |= bool(entry.is_sidechain)
            self._has_own_entries |= not entry.is_sidechain

    def _request_before(self, entry: Entry) -> Request | None:
        """Return the request that an entry follows: along the tree, and by the order of lines where it is torn."""
        parent = text(entry.parent_uuid) or text(entry.logical_parent_uuid)
        known = self._thread.get(parent) if parent and not entry.is_sidechain else None
        if known is None:
            return latest(self._said.requests)
        request, line = known
        return self._delivered if self._delivered and self._delivered.line > line else request

    def _circumstances(self, entry: Entry, line: int, at: datetime | None, before: Request | None) -> Circumstances:
        return Circumstances(line, self._said.last_turn, at, text(entry.cwd), None, before)

    def _take_user(self, entry: Entry, line: int, at: datetime | None, before: Request | None) -> Request | None:
        message = message_of(entry.message)
        results = [block for block in blocks_of(message) if block.type == "tool_result"]
        if results:
            self._take_results(results, entry.tool_use_result)
            return before
        is_machine_made = entry.is_meta or entry.is_compact_summary or entry.is_visible_in_transcript_only
        if entry.is_sidechain or entry.tool_use_result:
            return before
        typed = self._command_expanded(entry) if is_machine_made else typed_in(message.content)
        if typed is None and not is_machine_made:
            self._command = text(entry.uuid), command_in(message.content)
        return self._said.by_person(typed, at, line, before) if typed else before

    def _command_expanded(self, entry: Entry) -> str | None:
        """Return the slash command whose text for the agent an entry is: typing its name was the request."""
        entry_id, name = self._command
        return name if entry.is_meta and entry_id and entry_id == entry.parent_uuid else None

    def _take_assistant(self, message: Message, circumstances: Circumstances, *, by_subagent: bool) -> None:
        model = recorded_model(text(message.model))
        self._model = model or self._model
        for block in blocks_of(message):
            if block.type == "text" and not by_subagent:
                self._said.by_agent(text(block.text) or "", circumstances.at)
            elif block.type == "tool_use":
                self._take_call(block, evolve(circumstances, model=model), by_subagent=by_subagent)

    def _take_call(self, block: ContentBlock, circumstances: Circumstances, *, by_subagent: bool) -> None:
        name, call_id = text(block.name) or "", text(block.id)
        changes = changes_asked(name, block.input)
        if changes or not by_subagent:
            self._said.by_tool(name, about(value(block.input)), circumstances.at)
        if changes and call_id:
            asked = evolve(circumstances, turn=self._said.last_turn)
            self._calls.ask(call_id, asked, changes, is_command=name == "Bash")

    def _take_results(self, results: list[ContentBlock], recorded: msgspec.Raw) -> None:
        for block in results:
            call_id = text(block.tool_use_id)
            if call_id is None or not self._calls.knows(call_id):
                continue
            outcome = recorded if len(results) == 1 else msgspec.Raw()
            ending = ending_of(block, outcome)
            if ending is Ending.DONE:
                made = changes_made(outcome)
                is_retouched = bool(made and made.is_retouched)
                self._calls.confirm(call_id, made.changes if made else None, is_retouched=is_retouched)
            elif ending is Ending.FAILED:
                self._calls.fail(call_id)
            else:
                self._calls.refute(call_id)

    def _take_progress(self, entry: Entry, line: int, before: Request | None) -> None:
        """Read what a subagent did, told while its parent waits."""
        progress = shaped(_PROGRESS, entry.data)
        if progress is None or progress.type != "agent_progress":
            return
        inner = shaped(_SUBAGENT_ENTRY, progress.message) or _SubagentEntry()
        message = message_of(inner.message)
        if inner.type == "assistant":
            at = moment(inner.timestamp) or moment(entry.timestamp)
            self._take_assistant(message, self._circumstances(entry, line, at, before), by_subagent=True)
        elif inner.type == "user":
            results = [block for block in blocks_of(message) if block.type == "tool_result"]
            self._take_results(results, inner.tool_use_result)

    def _take_attachment(self, entry: Entry, line: int, at: datetime | None, before: Request | None) -> Request | None:
        """Read what a person typed while the agent worked, as it was handed to the agent."""
        attached = shaped(_ATTACHMENT, entry.attachment)
        if attached is None or attached.type != "queued_command" or entry.is_sidechain:
            return before
        typed = typed_in(attached.prompt) if attached.command_mode in (None, "prompt") else None
        return self._said.by_person(typed, at, line, before) if typed else before

    def _take_queue_operation(self, entry: Entry, line: int, at: datetime | None) -> None:
        """Follow what a person types while the agent works.

        `remove` hands it to the agent at once (older versions leave no other trace of that), `dequeue` makes it an
        entry of its own, `popAll` gives it back to be edited.
        """
        if entry.operation == "enqueue":
            self._queue.append(text(value(entry.content)) or "")
        elif entry.operation == "popAll":
            self._queue.clear()
        elif entry.operation in {"remove", "dequeue"} and self._queue:
            typed = typed_text(self._queue.popleft())
            if entry.operation == "remove" and typed and not typed.startswith("/"):
                self._delivered = self._said.by_person(typed, at, line, latest(self._said.requests))
