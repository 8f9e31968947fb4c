r"""Codex's transcripts, which it calls rollouts.

    {"timestamp":"…Z","type":"session_meta","payload":{"id":"…","cwd":"/home/ann/shop","git":{"commit_hash":…}}}
    {"timestamp":"…Z","type":"turn_context","payload":{"cwd":"/home/ann/shop","model":"gpt-5.5"}}
    {"timestamp":"…Z","type":"event_msg","payload":{"type":"user_message","message":"Retry the capture"}}
    {"timestamp":"…Z","type":"response_item","payload":{"type":"custom_tool_call","call_id":"call_1",
     "name":"apply_patch","input":"*** Begin Patch\n…"}}
    {"timestamp":"…Z","type":"event_msg","payload":{"type":"patch_apply_end","call_id":"call_1","success":true,
     "changes":{"/home/ann/shop/pay.py":{"type":"update","unified_diff":"@@ -1 +1,2 @@\n…"}}}}

Rollouts before August 2025 have no wrapping: a line is what `payload` holds later.
Source: openai/codex `codex-rs/protocol/src/protocol.rs`.
"""

import posixpath
import re
from datetime import datetime

import msgspec

from backstory.evidence.git_ai_records import recorded_model
from backstory.evidence.transcripts.calls import Calls, Circumstances
from backstory.evidence.transcripts.codex_edits import Called, call_of, changes_applied, outcome_of
from backstory.evidence.transcripts.codex_payload import Payload, parent_of, payload_of, typed_in, words_of
from backstory.evidence.transcripts.entry import Entry, moment, shaped, text
from backstory.evidence.transcripts.said import Said, latest
from backstory.evidence.transcripts.transcript import GitFacts, Transcript

TOOL = "codex"
_WRAPPED = frozenset({"session_meta", "turn_context", "response_item", "event_msg", "compacted"})
_CALLS = frozenset({"function_call", "custom_tool_call", "local_shell_call"})
_OUTPUTS = frozenset({"function_call_output", "custom_tool_call_output"})
_BARE = _CALLS | _OUTPUTS | {"message", "reasoning"}
_FOLDER_TOLD = re.compile(r"<cwd>([^<\n]+)</cwd>|Current working directory: ([^\n]+)")


class _Git(msgspec.Struct):
    commit_hash: object = None
    branch: object = None
    repository_url: object = None


_GIT = msgspec.json.Decoder(_Git)


class CodexReader:
    """Takes the entries of one rollout in order."""

    def __init__(self) -> None:
        self._said = Said()
        self._calls = Calls()
        self._asked_of_model: str | None = None
        """What may be a request: handed to the model under `user`, and no event has told of it."""

        self._events_tell = False
        self._session: str | None = None
        self._parent: str | None = None
        self._is_subagents = False
        self._git = GitFacts()
        self._model: str | None = None
        self._folder: str | None = None
        self._folders: dict[str, None] = {}

    @staticmethod
    def recognises(entry: Entry) -> bool:
        """Tell whether Codex writes such entries."""
        if entry.payload:
            return entry.type in _WRAPPED
        is_first_of_old = entry.type is None and bool(text(entry.id) and text(entry.timestamp)) and not entry.message
        return is_first_of_old or (entry.type in _BARE and entry.uuid is None and entry.session_id is None)

    def take(self, entry: Entry, line: int) -> None:
        """Read one entry."""
        at = moment(entry.timestamp)
        payload = payload_of(entry)
        kind = entry.type if entry.payload else ("response_item" if entry.type in _BARE else "session_meta")
        match kind:
            case "session_meta":
                self._take_meta(payload)
            case "turn_context":
                self._model = recorded_model(text(payload.model)) or self._model
                self._go_to(text(payload.cwd))
            case "event_msg":
                self._take_event(payload, line, at)
            case "response_item":
                self._take_item(payload, line, at)

    def finish(self) -> Transcript:
        """Return what the rollout holds."""
        return Transcript(
            tool=TOOL,
            session=self._session,
            parent=self._parent,
            folders=tuple(self._folders),
            git_facts=self._git,
            model=self._model,
            turns=tuple(self._said.turns),
            requests=tuple(self._said.requests),
            edits=tuple(self._calls.edits()),
        )

    def _take_meta(self, payload: Payload) -> None:
        """Read what a rollout says of itself; one that continues another repeats that one's."""
        if self._session is not None:
            return
        self._session = text(payload.id)
        self._parent, self._is_subagents = parent_of(payload)
        self._go_to(text(payload.cwd))
        git = shaped(_GIT, payload.git)
        if git:
            self._git = GitFacts(text(git.commit_hash), text(git.branch), text(git.repository_url))

    def _go_to(self, folder: str | None) -> None:
        if folder:
            self._folder = folder
            self._folders[folder] = None

    def _take_event(self, payload: Payload, line: int, at: datetime | None) -> None:
        if payload.type == "user_message":
            self._asked_of_model, self._events_tell = None, True
            self._take_request(typed_in(text(payload.message) or ""), line, at)
        elif payload.type == "patch_apply_end":
            self._take_patch(payload, line, at)

    def _take_request(self, typed: str | None, line: int, at: datetime | None) -> None:
        if typed and not self._is_subagents:
            self._said.by_person(typed, at, line, latest(self._said.requests))

    def _take_item(self, payload: Payload, line: int, at: datetime | None) -> None:
        if payload.type == "message" and payload.role == "user":
            words = words_of(payload)
            told = _FOLDER_TOLD.search(words[:2_000]) if words.startswith("<environment_context>") else None
            self._go_to(told and (told[1] or told[2]).strip())
            self._asked_of_model = typed_in(words) or self._asked_of_model
            return
        if payload.type in _OUTPUTS:
            self._take_output(payload)
            return
        if self._asked_of_model and not self._events_tell:
            self._take_request(self._asked_of_model, line, at)
            self._asked_of_model = None
        if payload.type == "message" and payload.role == "assistant":
            self._said.by_agent(words_of(payload), at)
        elif payload.type in _CALLS:
            self._take_call(call_of(payload), line, at)

    def _take_call(self, called: Called, line: int, at: datetime | None) -> None:
        self._said.by_tool(called.name, called.about, at)
        if called.id and called.changes:
            circumstances = self._circumstances(line, at, called.folder)
            self._calls.ask(called.id, circumstances, called.changes, is_command=called.is_command)

    def _take_output(self, payload: Payload) -> None:
        call_id = text(payload.call_id) or ""
        if not self._calls.knows(call_id):
            return
        outcome = outcome_of(payload)
        if outcome is True:
            self._calls.confirm(call_id)
        elif outcome is False:
            self._calls.fail(call_id)

    def _take_patch(self, payload: Payload, line: int, at: datetime | None) -> None:
        """Read what a patch did: it says so itself, with the lines' real places."""
        call_id = text(payload.call_id)
        if call_id is None:
            return
        changes = changes_applied(payload.changes)
        if payload.success is True:
            self._calls.ask(call_id, self._circumstances(line, at, None), changes)
            self._calls.confirm(call_id, changes or None)
        elif payload.success is False and self._calls.knows(call_id):
            self._calls.refute(call_id)

    def _circumstances(self, line: int, at: datetime | None, folder: str | None) -> Circumstances:
        request = latest(self._said.requests)
        place = posixpath.join(self._folder or "", folder) if folder else self._folder
        return Circumstances(line, self._said.last_turn, at, place, self._model, request)
