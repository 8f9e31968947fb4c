"""The conversation around an edit, of messages as git-ai keeps them."""

from collections.abc import Sequence

from backstory.evidence.request import Message
from backstory.evidence.transcripts.conversation import MOST_TURNS, TURNS_AFTER_EDIT, TURNS_BEFORE_REQUEST
from backstory.evidence.transcripts.entry import moment, value
from backstory.evidence.transcripts.said import Said, about, latest
from backstory.evidence.typed_text import typed_text
from backstory.model.prompt import Conversation


def conversation_around(messages: Sequence[Message], edit: int, locator: str = "") -> Conversation:
    """Return the turns from before the request to after the edit, which is the message of that index."""
    said = Said()
    first, last = 0, 0
    for index, message in enumerate(messages):
        at = moment(message.sent_at)
        typed = typed_text(message.text) if message.role == "user" else None
        if typed:
            said.by_person(typed, at, index, latest(said.requests))
        elif message.role == "assistant":
            said.by_agent(message.text, at)
        elif message.role == "tool_use":
            said.by_tool(message.tool, about(value(message.tool_input.encode("utf-8", "replace"))), at)
        if index <= edit:
            first, last = said.requests[-1].turn if said.requests else 0, said.last_turn
    end = min(last + TURNS_AFTER_EDIT, len(said.turns))
    start = max(first - TURNS_BEFORE_REQUEST, end - MOST_TURNS, 0)
    return Conversation(tuple(said.turns[start:end]), (), locator, start, len(said.turns) - end)
