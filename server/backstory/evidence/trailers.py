"""What the message of a commit says of agents: trailers, footers, links to sessions.

    Retry captures

    🤖 Generated with [Claude Code](https://claude.com/claude-code)
    Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>
    Claude-Session: https://claude.ai/code/session_0123abcd

Every line is looked at, not the last paragraph alone: a squash puts trailers into the middle. Lines must start with
the key; what is quoted or indented says nothing, but for git's own squash message, which indents all it holds.
"""

import re
from collections.abc import Callable, Iterator

from attrs import evolve, frozen

from backstory.evidence.identity import agent_identity, agent_in_free_text, agent_named, split_identity
from backstory.model.origin import Agent, Session

LONGEST_MESSAGE = 1 << 20
"""Of a longer message only the two ends are looked at, half as much each."""

_SQUASHED = "Squashed commit of the following:"
_TRAILER = re.compile(r"([A-Za-z][A-Za-z-]{2,40}):[ \t]*(\S[^\n]{0,500})")
_FOOTER = re.compile(
    r"(?:\W{1,4} )?Generated (?:with|by|using) (?:\[([^\]]{1,60})\]|([^\[\]()]{1,60}))\s*(?:\([^()]*\))?\s*"
    r"(?:via \[[^\]]*\]\([^()]*\)\s*)?\.?"
)
_CLAUDE_LINK = re.compile(r"https://claude\.ai/code/(session_\w+)\S*")
_DENIALS = frozenset({"0", "false", "n/a", "no", "none", "not used"})


@frozen
class Declaration:
    """One statement of a commit's message."""

    statement: str
    """What says so: `Co-authored-by trailer`."""

    key: str
    """The word by which a person finds the line: `Co-authored-by`."""

    agent: Agent
    session: Session | None = None
    suggests: bool = False
    """True when only suggestions of a reviewer were accepted."""


def declarations(message: str) -> tuple[Declaration, ...]:
    """Return what a message says of agents, each agent once, in order; pure, never raises."""
    found: list[Declaration] = []
    for line in lines_of(message):
        said = _of_line(line)
        if said:
            found.append(said)
    return _merged(found)


def lines_of(message: str) -> Iterator[str]:
    """Yield the lines in which trailers may stand: all of them, for a squash puts trailers into the middle."""
    if len(message) > LONGEST_MESSAGE:
        half = LONGEST_MESSAGE // 2
        message = f"{message[:half]}\n{message[-half:]}"
    is_squashed = message.startswith(_SQUASHED)
    for line in message.split("\n"):
        yield line.strip() if is_squashed else line.rstrip()


def _of_line(line: str) -> Declaration | None:
    trailer = _TRAILER.match(line)
    reader = _READERS.get(trailer[1].lower()) if trailer else None
    if trailer and reader:
        return reader(trailer[1], trailer[2].strip())
    if "Generated" in line and (footer := _FOOTER.fullmatch(line)):
        agent = agent_named(footer[1] or footer[2])
        return Declaration("“Generated with” footer", "Generated with", agent) if agent else None
    if link := _CLAUDE_LINK.fullmatch(line):
        return _session("link to a session", link[1], "claude", link[1])
    return None


def _co_author(key: str, value: str) -> Declaration | None:
    name, mail = split_identity(value)
    known = agent_identity(name, mail)
    if known:
        return Declaration(f"{key} trailer", key, known.agent, suggests=known.suggests)
    agent = agent_named(name, among_people=True) if mail is None else None
    return Declaration(f"{key} trailer", key, agent) if agent else None


def _assistant(key: str, value: str) -> Declaration | None:
    """Read free text that names people as well: an agent's only if it is none of those."""
    name, mail = split_identity(value)
    if mail is not None:
        known = agent_identity(name, mail)
        return Declaration(f"{key} trailer", key, known.agent) if known else None
    agent = agent_in_free_text(value)
    return Declaration(f"{key} trailer", key, agent) if agent else None


def _tool(key: str, value: str) -> Declaration | None:
    agent = agent_named(value) or agent_named(value.partition("(")[0])
    return Declaration(f"{key} trailer", key, agent) if agent else None


def _disclosure(key: str, value: str) -> Declaration | None:
    """Read `Ai-assisted: true`: an agent took part, whichever it was."""
    if value.lower().rstrip(".") in _DENIALS:
        return None
    return Declaration(f"{key} trailer", key, agent_in_free_text(value) or Agent(None, None))


def _signature(key: str, value: str) -> Declaration | None:
    """Read `Agent-Signature: <model>-<effort> on behalf of <name>`."""
    agent = agent_in_free_text(value.partition(" on behalf of ")[0])
    return Declaration(f"{key} trailer", key, agent) if agent else None


def _session_of(tool: str, conversation: str) -> "Callable[[str, str], Declaration | None]":
    pattern = re.compile(conversation)

    def read(key: str, value: str) -> Declaration | None:
        found = pattern.search(value)
        return _session(f"{key} trailer", key, tool, found[1]) if found else None

    return read


def _session(statement: str, key: str, tool: str, conversation: str) -> Declaration:
    return Declaration(statement, key, Agent(tool, None), Session(conversation, conversation))


_UUID = r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
_READERS: dict[str, Callable[[str, str], Declaration | None]] = {
    "agent-logs-url": _session_of("github-copilot", r"https://github\.com/\S+/sessions/" + _UUID),
    "agent-signature": _signature,
    "ai-assisted": _disclosure,
    "amp-thread-id": _session_of("amp", r"\b(T-" + _UUID[1:]),
    "assisted-by": _assistant,
    "claude-session": _session_of("claude", r"\b(session_\w+)"),
    "co-authored-by": _co_author,
    "co-authored-by-ai": _tool,
    "co-developed-by": _co_author,
    "copilot-session": _session_of("github-copilot-cli", _UUID),
    "generated-by": _tool,
    "made-with": _tool,
}
"""How the value of each trailer is read, by its key in small letters."""


def _merged(found: list[Declaration]) -> tuple[Declaration, ...]:
    """Join what speaks of one agent: a link gives the session, a co-author the model; different models stay apart."""
    kept: list[Declaration] = []
    for said in found:
        if not any(said.agent == other.agent and said.suggests == other.suggests for other in kept):
            kept.append(said)
    tools = {said.agent.tool for said in kept if said.agent.model and not said.suggests}
    kept = [said for said in kept if said.agent.model or said.suggests or said.agent.tool not in tools]
    if any(said.agent.tool for said in kept):
        kept = [said for said in kept if said.agent != Agent(None, None)]
    return tuple(evolve(said, session=_only_session(found, said.agent.tool)) for said in kept)


def _only_session(found: list[Declaration], tool: str | None) -> Session | None:
    """Return the session of a tool; None when a squash brought several."""
    sessions = {said.session for said in found if said.session and said.agent.tool == tool}
    return sessions.pop() if len(sessions) == 1 else None
