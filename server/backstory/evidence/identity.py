"""Who a name with an address is: an agent, one that suggests in reviews, a robot, or anybody else."""

import re

from attrs import frozen

from backstory.evidence.agents import (
    ACCOUNTS,
    ACCOUNTS_WITH_ID,
    ADDRESSES,
    ADDRESSES_UNDER_A_NAME,
    AUTOFIX_ACCOUNT,
    AUTOFIX_NAME,
    NAMES_OF_PEOPLE_TOO,
    ROBOT_ADDRESSES,
    ROBOT_NAMES,
    SUGGESTING_ACCOUNTS,
    TOOL_NAMES,
    VOCABULARY,
)
from backstory.model.origin import Agent

_NOREPLY = re.compile(r"(?:(\d+)\+)?([^@+]+)@users\.noreply\.github\.com")
_MODEL = re.compile(
    r"\bclaude-[\w.-]*\d[\w-]*"
    r"|\b(?:Claude[ -])?(?:(?:Opus|Sonnet|Haiku|Fable)[ -]\d[\d.]*|\d[\d.]*[ -](?:Opus|Sonnet|Haiku))(?![\w.])"
    r"|\b(?:gpt|gemini|grok|qwen)[ -]?\d[\w.]*(?:[ -](?:pro|flash|mini|nano|codex|max|high|sol|turbo))*"
    r"|\bo[134](?:-mini|-pro)?(?![\w.-])",
    re.IGNORECASE,
)
_AIDER_MODEL = re.compile(r"aider \(([^()]+)\)")
_FULL_NAME = re.compile(r"[A-Z][\w'-]*(?: [A-Z][\w'.-]*){1,2}")
_MAIL = re.compile(r"[^\s<>()@]+@[^\s<>()@]+")


@frozen
class AgentIdentity:
    """An agent, as a name and an address tell it."""

    agent: Agent
    suggests: bool = False
    """True for reviewers whose accepted suggestions make them co-authors."""


def agent_identity(name: str | None, email: str | None) -> AgentIdentity | None:
    """Return the agent that the address stands for, None when it is no agent's; the name tells the model."""
    name, mail = (name or "").strip(), (email or "").strip().lower()
    account, login = _account(mail)
    if login == AUTOFIX_ACCOUNT:
        is_fix = name.lower().startswith(AUTOFIX_NAME)
        return AgentIdentity(Agent("github-copilot", None), suggests=True) if is_fix else None
    tool = (
        ADDRESSES.get(mail)
        or ADDRESSES_UNDER_A_NAME.get((mail, name.lower()))
        or ACCOUNTS_WITH_ID.get(account)
        or ACCOUNTS.get(login)
    )
    if tool is None:
        return None
    named = _AIDER_MODEL.search(name) if tool == "aider" else None
    model = named[1].strip() if named else model_in(name)
    return AgentIdentity(Agent(tool, model), suggests=bool({account, login} & SUGGESTING_ACCOUNTS))


def is_robot(name: str | None, email: str | None) -> bool:
    """Tell whether a commit's author is automation without an agent; ask `agent_identity` first."""
    plain, mail = (name or "").strip().lower(), (email or "").strip().lower()
    _, login = _account(mail)
    return (
        mail in ROBOT_ADDRESSES
        or plain in ROBOT_NAMES
        or plain.endswith("[bot]")
        or login.endswith("[bot]")
        or login in ROBOT_NAMES
    )


def split_identity(text: str) -> tuple[str, str | None]:
    """Return name and address of `Name <mail>`; the brackets may be missing, and so may the address."""
    name, bracket, rest = text.partition("<")
    if bracket:
        return name.strip(), rest.partition(">")[0].strip() or None
    mail = _MAIL.search(text)
    return (text.replace(mail[0], "").strip(" ()"), mail[0]) if mail else (text.strip(), None)


def agent_named(text: str, *, among_people: bool = False) -> Agent | None:
    """Return the agent that a text is the name of, all of it: a tool, a model, or both.

    `among_people`: the text could name a person, so that first names alone say nothing.
    """
    text = text.strip().strip("[]\"'.").strip()
    plain = text.lower()
    if among_people and plain in NAMES_OF_PEOPLE_TOO:
        return None
    if plain in TOOL_NAMES:
        return Agent(TOOL_NAMES[plain], None)
    model = _MODEL.search(text)
    if model is None:
        return None
    before, after = text[: model.start()].strip(" (:,/-").lower(), text[model.end() :].strip().lower()
    if after and not re.fullmatch(r"\)|(?:\)\s*)?[(\[].*[)\]]|[\w.-]+\)?", after):
        return None
    if before and before not in TOOL_NAMES:
        return None
    return Agent(TOOL_NAMES.get(before), model[0])


def agent_in_free_text(text: str) -> Agent | None:
    """Return the agent of a text that has a word of the vocabulary, with what of tool and model can be told."""
    named = agent_named(text)
    if named:
        return named
    kernel = re.match(r"([\w .-]+?):([\w.-]+)(?:\s|$)", text.strip())  # `Claude:claude-3-opus coccinelle sparse`
    if kernel and kernel[1].lower() in TOOL_NAMES:
        return Agent(TOOL_NAMES[kernel[1].lower()], kernel[2])
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())
    parts = {part for word in words for part in word.split("-")} & VOCABULARY
    if not parts or (parts <= NAMES_OF_PEOPLE_TOO and _FULL_NAME.fullmatch(text.strip())):
        return None
    tools = {TOOL_NAMES[word] for word in words if word in TOOL_NAMES}
    return Agent(tools.pop() if len(tools) == 1 else None, model_in(text))


def model_in(text: str) -> str | None:
    """Return the model that a text names, None when it names none."""
    model = _MODEL.search(text)
    return model[0] if model else None


def _account(mail: str) -> tuple[str, str]:
    """Return `<id>+<login>` and the login of GitHub's no-reply addresses; empty for others."""
    parts = _NOREPLY.fullmatch(mail)
    return (f"{parts[1] or ''}+{parts[2]}", parts[2]) if parts else ("", "")
