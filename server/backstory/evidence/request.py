"""Which message of a conversation is what a person asked for: the last request before the edit.

Much that stands under `user` was never typed: results of tools, what hooks and harnesses say, text that a skill or a
summary brought along. And much that was typed only nudges ("yes", "continue"): then the request before it set the task.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from backstory.evidence.recorded_time import recorded_time
from backstory.evidence.typed_text import is_nudge, typed_text
from backstory.model.names import RepoPath
from backstory.model.prompt import Prompt

EDITING_TOOLS = frozenset(
    {
        "apply_patch",
        "create_file",
        "edit",
        "edit_file",
        "insert_edit_into_file",
        "multiedit",
        "notebookedit",
        "replace",
        "replace_string_in_file",
        "search_replace",
        "str_replace_based_edit_tool",
        "str_replace_editor",
        "write",
        "write_file",
        "write_to_file",
    }
)
"""Names of tools that change files, in small letters, as agents' transcripts have them."""

SKILL_TOOLS = frozenset({"skill"})
"""Tools after which the harness puts a text of its own under `user`."""


@frozen
class Message:
    """One turn of a conversation."""

    role: str
    """`user`, `assistant` or `tool_use`."""

    text: str = ""
    tool: str = ""
    """Name of the tool used."""

    tool_input: str = ""
    """What the tool was given, as JSON."""

    sent_at: str | None = None
    """ISO 8601, as recorded."""


def last_request(messages: Sequence[Message], path: RepoPath | None = None) -> Prompt | None:
    """Return the last thing a person asked before the last edit (of the file `path`, when it can be told), or None."""
    messages = messages[: last_edit(messages, path)]
    request: tuple[str, Message] | None = None
    for text, message in _typed_backwards(messages):
        if request is None:
            request = text, message
            if not is_nudge(text):
                break
        elif not is_nudge(text):
            return Prompt(request[0], task=text, asked_at=recorded_time(request[1].sent_at))
    return Prompt(request[0], asked_at=recorded_time(request[1].sent_at)) if request else None


def last_edit(messages: Sequence[Message], path: RepoPath | None) -> int:
    """Return the index of the last edit; past the end when there is none, or none that names the file."""
    for index in range(len(messages) - 1, -1, -1):
        message = messages[index]
        if message.role == "tool_use" and message.tool.lower() in EDITING_TOOLS and _touches(message, path):
            return index
    return len(messages)


def _touches(message: Message, path: RepoPath | None) -> bool:
    if path is None:
        return True
    text = message.tool_input.replace("\\\\", "/")
    return f'/{path}"' in text or f'"{path}"' in text or f"File: {path}\\n" in text


def _typed_backwards(messages: Sequence[Message]) -> Iterator[tuple[str, Message]]:
    """Yield what people typed, last first."""
    holds_results = _holds_results(messages)
    results = _results(messages) if holds_results else frozenset[int]()
    for index in range(len(messages) - 1, -1, -1):
        message = messages[index]
        if message.role != "user" or index in results:
            continue
        before = messages[index - 1] if index else None
        if before and before.role == "tool_use" and before.tool.lower() in SKILL_TOOLS:
            continue
        text = typed_text(message.text)
        if text:
            yield text, message


def _holds_results(messages: Sequence[Message]) -> bool:
    """Tell whether results of tools stand under `user`, as early imports of Claude Code's transcripts have them.

    There nearly each use of a tool is followed by its result; elsewhere hardly any is followed by a person's message
    (in git-ai's own notes: at least 8 of 10 against at most 4 of 10).
    """
    followers = [after.role for use, after in pairwise(messages) if use.role == "tool_use" != after.role]
    return len(followers) > 2 and followers.count("user") * 3 > len(followers) * 2


def _results(messages: Sequence[Message]) -> frozenset[int]:
    """Return the indexes of results: after some uses of tools in a row, as many messages under `user`."""
    results: set[int] = set()
    outstanding = 0
    for index, message in enumerate(messages):
        if message.role == "tool_use":
            outstanding += 1
        elif message.role == "user" and outstanding:
            outstanding -= 1
            results.add(index)
        else:
            outstanding = 0
    return frozenset(results)
