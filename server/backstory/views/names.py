"""What people call tools, models and evidence sources; what is not named here keeps the name it was recorded with."""

import re
from functools import lru_cache

from backstory.model.origin import Agent, Person
from backstory.redaction.plain_text import one_line

TOOLS = {
    "aider": "aider",
    "amazon-q": "Amazon Q",
    "amp": "Amp",
    "augment": "Augment Code",
    "claude": "Claude Code",
    "claude-code": "Claude Code",
    "cline": "Cline",
    "codeflash": "Codeflash",
    "coderabbit": "CodeRabbit",
    "codex": "Codex",
    "continue": "Continue",
    "continue-cli": "Continue",
    "copilot": "GitHub Copilot",
    "crush": "Crush",
    "cursor": "Cursor",
    "devin": "Devin",
    "droid": "Factory Droid",
    "ellipsis": "Ellipsis",
    "factory-droid": "Factory Droid",
    "firebender": "Firebender",
    "gemini": "Gemini CLI",
    "gemini-cli": "Gemini CLI",
    "gemini-code-assist": "Gemini Code Assist",
    "github-copilot": "GitHub Copilot",
    "github-copilot-cli": "GitHub Copilot CLI",
    "github-copilot-jetbrains": "GitHub Copilot",
    "goose": "Goose",
    "jules": "Jules",
    "junie": "Junie",
    "kilo-code": "Kilo Code",
    "kiro": "Kiro",
    "mentat": "Mentat",
    "opencode": "opencode",
    "openhands": "OpenHands",
    "pi": "Pi",
    "qwen": "Qwen Code",
    "qwen-code": "Qwen Code",
    "replit": "Replit Agent",
    "roo": "Roo Code",
    "roo-code": "Roo Code",
    "warp": "Warp",
    "windsurf": "Windsurf",
    "zed": "Zed",
}
SOURCES = {
    "agent-trace": "Agent Trace",
    "aider": "aider’s history",
    "claude-code": "Claude Code",
    "codex": "Codex",
    "commit": "its commit",
    "entire": "Entire",
    "git-ai-working-log": "git-ai’s working log",
    "specstory": "SpecStory",
}
KEEPERS = {
    "aider": "aider’s history",
    "claude-code": "Claude Code’s transcript",
    "codex": "Codex’s transcript",
    "entire": "Entire’s checkpoint",
    "git-ai-prompts": "git-ai’s own database",
    "specstory": "SpecStory’s file",
    "store": "your store",
}
"""Where a request was found that the line's own record does not hold."""

_LONGEST = 60
_PROVIDER = re.compile(r"(?:[\w.-]+/)+|(?:[a-z]{2}\.)?(?:anthropic|openai|google|meta|mistral|amazon)\.", re.IGNORECASE)
_SNAPSHOT = re.compile(r"[-@](?:20\d{6}|20\d\d-\d\d-\d\d)(?:-v\d+)?(?::\d+)?$")
_CONTEXT = re.compile(r"\[(\d+[km])\]$", re.IGNORECASE)
_CLAUDE_FAMILY = re.compile(r"(?:opus|sonnet|haiku|fable|instant)", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9.:-]+")
_BARE_CLAUDE = re.compile(r"(?:Opus|Sonnet|Haiku|Fable) [\d.]+")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*[a-z]?")
_QUALITIES = frozenset({"thinking", "high", "low", "medium", "xhigh", "max", "fast"})
"""How hard a model was told to think: said in brackets after its name."""

_NOT_RECORDED = frozenset({"", "unknown", "default", "<synthetic>", "auto", "none", "null"})
_SPELLINGS = {
    "codex": "Codex",
    "deepseek": "DeepSeek",
    "glm": "GLM",
    "gpt": "GPT",
    "kimi": "Kimi",
    "minimax": "MiniMax",
    "oss": "OSS",
    "swe": "SWE",
    "xai": "xAI",
}
_HYPHENATED = frozenset({"gpt", "glm", "swe"})
"""Families whose makers join name and number with a hyphen: GPT-5."""


def tool_name(tool: str) -> str:
    """Return the name people know the tool by; an unknown tool's own id."""
    return TOOLS.get(tool.lower()) or _shortened(tool)


@lru_cache(maxsize=512)
def model_name(model: str | None) -> str | None:
    """Return the name people know the model by; None when the record says none (`unknown`, `default`)."""
    recorded = one_line(model or "").strip("\"' ")
    if recorded.lower() in _NOT_RECORDED:
        return None
    if _BARE_CLAUDE.match(recorded):
        return _shortened(f"Claude {recorded}")
    bare = _PROVIDER.sub("", recorded, count=1)
    if not _ID.fullmatch(_CONTEXT.sub("", bare)):
        return _shortened(recorded)
    context = _CONTEXT.search(bare)
    words = _SNAPSHOT.sub("", _CONTEXT.sub("", bare)).removesuffix(":latest").removesuffix("-latest").split("-")
    name = _claude(words) if words[0] == "claude" else _other(words)
    return _shortened(f"{name} ({context[1].upper()} context)" if context else name)


@lru_cache(maxsize=512)
def agent_name(agent: Agent | None) -> tuple[str, str | None]:
    """Return what to call an agent, and its tool when that adds something: `Claude Opus 4.6`, `Claude Code`."""
    tool = tool_name(agent.tool) if agent and agent.tool else None
    model = model_name(agent.model) if agent else None
    if model is None:
        return tool or "An agent", None
    return model, None if tool == model else tool


def person_name(person: Person | None) -> str | None:
    """Return a person's name; what stands before the @ where only an address is known, None for nobody."""
    if person is None:
        return None
    name = one_line(person.name or "") or one_line(person.email or "").partition("@")[0]
    return _shortened(name) or None


def source_name(source: str) -> str:
    """Return what to call an evidence source in a sentence."""
    return SOURCES.get(source, source)


def keeper_name(source: str) -> str:
    """Return what to call the place where a request was found."""
    return KEEPERS.get(source) or f"what {source_name(source)} keeps"


def _claude(words: list[str]) -> str:
    """`claude-opus-4-6`, `claude-4.5-sonnet-thinking`, `claude-3-5-sonnet` → family before version, from 4 on."""
    family = [word.capitalize() for word in words[1:] if _CLAUDE_FAMILY.fullmatch(word)]
    numbers = [word for word in words[1:] if _VERSION.fullmatch(word)]
    rest = [word for word in words[1:] if not (_CLAUDE_FAMILY.fullmatch(word) or _VERSION.fullmatch(word))]
    version = ".".join(numbers)
    is_old_order = version.startswith(("1", "2", "3"))
    parts = ["Claude", *([version, *family] if is_old_order else [*family, version])]
    return _with_qualities(" ".join(filter(None, parts)), rest)


def _other(words: list[str]) -> str:
    """`gpt-5.6-sol`, `gemini-2.5-pro`, `composer-1`."""
    family, rest = words[0], words[1:]
    name = _spelled(family)
    if family in _HYPHENATED and rest and _VERSION.match(rest[0]):
        name, rest = f"{name}-{rest[0]}", rest[1:]
    return _with_qualities(name, rest)


def _with_qualities(name: str, rest: list[str]) -> str:
    qualities: list[str] = []
    while rest and rest[-1] in _QUALITIES:
        qualities.insert(0, rest.pop())
    name = " ".join([name, *map(_spelled, rest)])
    return f"{name} ({', '.join(qualities)})" if qualities else name


def _spelled(word: str) -> str:
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    is_own_name = len(word) == 2 and word[0] == "o" and word[1].isdigit()  # OpenAI's o3
    return word if is_own_name or not word[:1].isalpha() else word[0].upper() + word[1:]


def _shortened(name: str) -> str:
    name = one_line(name)
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
