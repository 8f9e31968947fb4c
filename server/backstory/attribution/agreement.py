"""Whether two statements name the same origin, though each tells it in its own way."""

import re

from backstory.model.evidence import Evidence
from backstory.model.origin import Agent, Contributor, Person, Session

TOOL_NAMES = {
    "aider-chat": "aider",
    "augment-code": "augment",
    "claude-code": "claude",
    "claude-web": "claude",
    "codex-cli": "codex",
    "codex-cloud": "codex",
    "continue-cli": "continue",
    "copilot": "github-copilot",
    "copilot-cli": "github-copilot",
    "copilot-swe-agent": "github-copilot",
    "cursor-agent": "cursor",
    "cursor-cli": "cursor",
    "devin-ai": "devin",
    "droid": "factory-droid",
    "factory": "factory-droid",
    "gemini-cli": "gemini",
    "github-copilot-agent": "github-copilot",
    "github-copilot-cli": "github-copilot",
    "github-copilot-jetbrains": "github-copilot",
    "openai-codex": "codex",
    "qwen-code": "qwen",
    "roo-code": "roo",
}
"""Spellings under which records name one tool; what is not here stands for itself."""


def agrees(leader: Evidence, other: Evidence) -> bool:
    """Tell whether `other` supports what `leader` says of a line.

    What a statement leaves open contradicts nothing, and neither does the model: tools and trailers spell it in too
    many ways.
    """
    mine, others = leader.origin, other.origin
    if mine.contributor is not others.contributor and not _may_both_be_so(leader, other):
        return False
    if not _same_tool(mine.agent, others.agent):
        return False
    if others.contributor in {Contributor.HUMAN, Contributor.BOT}:
        return _same_person(mine.person, others.person)
    return leader.source != other.source or _same_session(mine.session, others.session)


def _may_both_be_so(leader: Evidence, other: Evidence) -> bool:
    """Tell whether an agent's part and mixed hands are the same story.

    Mixed hands are the agent's and a person's, so that a statement about the agent alone supports them; and both may
    have had a hand in a commit of which these lines are the agent's.
    """
    hands = (leader.origin.contributor, other.origin.contributor)
    if hands == (Contributor.MIXED, Contributor.AI):
        return True
    return hands == (Contributor.AI, Contributor.MIXED) and other.lines is None


def same_tool(one: str, other: str) -> bool:
    """Tell whether two recorders' ids stand for the same tool."""
    return one == other or _tool_name(one) == _tool_name(other)


def _tool_name(tool: str) -> str:
    name = re.sub(r"[\s_]+", "-", tool.strip().casefold())
    return TOOL_NAMES.get(name, name)


def _same_tool(one: Agent | None, other: Agent | None) -> bool:
    if one is None or other is None or one.tool is None or other.tool is None:
        return True
    return same_tool(one.tool, other.tool)


def _same_session(one: Session | None, other: Session | None) -> bool:
    """Compare sessions that one source named; two sources number the same conversation each in its own way."""
    if one is None or other is None or one.key == other.key:
        return True
    return one.conversation is not None and one.conversation == other.conversation


def _same_person(one: Person | None, other: Person | None) -> bool:
    if one is None or other is None:
        return True
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    if one.name and other.name:
        return one.name.casefold() == other.name.casefold()
    return True
