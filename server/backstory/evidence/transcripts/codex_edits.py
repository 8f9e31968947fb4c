"""What Codex's tools were called to change, and what the record says they did."""

import re
from typing import Any

import msgspec
from attrs import frozen

from backstory.evidence.transcripts.apply_patch import blocks_of_difference, changes_of_patch
from backstory.evidence.transcripts.blocks import blocks_of_file
from backstory.evidence.transcripts.calls import Change
from backstory.evidence.transcripts.codex_payload import Payload
from backstory.evidence.transcripts.entry import shaped, text, value
from backstory.evidence.transcripts.said import about
from backstory.evidence.transcripts.shell import changes_by_shell

_EXITED = re.compile(r"(?:exited with code|Exit code:) (\d+)")
_SHELLS = frozenset({"shell", "shell_command", "exec_command", "container.exec", "local_shell_call"})


@frozen
class Called:
    """A call of a tool."""

    id: str | None
    name: str
    about: str
    folder: str | None
    changes: tuple[Change, ...]
    is_command: bool
    """Whether a shell was called."""


class _Applied(msgspec.Struct):
    """What a patch did to one file; before October 2025 inside an object that names the kind."""

    type: Any = None
    content: Any = None
    unified_diff: Any = None
    move_path: Any = None
    add: msgspec.Raw = msgspec.Raw()
    update: msgspec.Raw = msgspec.Raw()


_APPLIED = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ONE_APPLIED = msgspec.json.Decoder(_Applied)


def call_of(payload: Payload) -> Called:
    """Return what a call asks for; without changes when it edits no files."""
    name = text(payload.name) or ("local_shell_call" if payload.type == "local_shell_call" else "")
    arguments = _arguments(payload)
    folder = None
    if isinstance(arguments, dict):
        folder = text(arguments.get("workdir")) or text(arguments.get("working_directory"))
    changes = tuple(_changes(name, arguments))
    subject = ", ".join(change.path for change in changes) if changes else about(arguments)
    return Called(text(payload.call_id) or text(payload.id), name, subject, folder, changes, name in _SHELLS)


def changes_applied(raw: msgspec.Raw) -> tuple[Change, ...]:
    """Return what `patch_apply_end` says was done, file by file."""
    applied = shaped(_APPLIED, raw) or {}
    return tuple(change for path, each in applied.items() if (change := _applied(path, each)))


def outcome_of(payload: Payload) -> bool | None:
    """Tell whether a call did what it was to do; None when its output does not say."""
    output = value(payload.output)
    if isinstance(output, str) and output.startswith("{"):
        output = value(output.encode("utf-8", "surrogatepass"))
    if isinstance(output, dict):
        metadata = output.get("metadata")
        code = metadata.get("exit_code") if isinstance(metadata, dict) else None
        if isinstance(code, int):
            return code == 0
        if isinstance(output.get("success"), bool):
            return bool(output["success"])
        output = output.get("output") or output.get("content")
    if not isinstance(output, str):
        return None
    exited = _EXITED.search(output[:400])
    if exited:
        return int(exited[1]) == 0
    return True if output.startswith("Success.") else None


def _arguments(payload: Payload) -> object:
    """Return what a call was given: a text, or an object of named values."""
    given = payload.input if payload.input is not None else payload.arguments
    if given is None:
        return value(payload.action)
    if isinstance(given, str) and given.startswith("{"):
        decoded = value(given.encode("utf-8", "surrogatepass"))
        return decoded if isinstance(decoded, dict) else given
    return given


def _changes(name: str, arguments: object) -> list[Change]:
    if name == "apply_patch":
        patch = arguments
        if isinstance(arguments, dict):
            patch = arguments.get("input") or arguments.get("patch")
        return list(changes_of_patch(patch)) if isinstance(patch, str) else []
    if name not in _SHELLS or not isinstance(arguments, dict):
        return []
    command = arguments.get("cmd") or arguments.get("command")
    if isinstance(command, str):
        return list(changes_by_shell(command))
    if not isinstance(command, list) or not all(isinstance(word, str) for word in command) or len(command) < 2:
        return []
    return list(changes_of_patch(command[1]) if command[0] == "apply_patch" else changes_by_shell(command[-1]))


def _applied(path: str, raw: msgspec.Raw) -> Change | None:
    one = shaped(_ONE_APPLIED, raw)
    if one is None:
        return None
    if one.add or one.update:
        kind = "add" if one.add else "update"
        one = shaped(_ONE_APPLIED, one.add or one.update) or _Applied()
    else:
        kind = one.type
    if kind == "add":
        return Change(path, tuple(blocks_of_file(text(one.content) or "")))
    if kind == "update":
        moved = text(one.move_path)
        return Change(moved or path, tuple(blocks_of_difference(text(one.unified_diff) or "")))
    return None
