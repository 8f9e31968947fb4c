"""Who commits: agents by whole addresses and accounts, robots, and everybody else."""

import pytest

from backstory.evidence.agents import ACCOUNTS, ACCOUNTS_WITH_ID, ADDRESSES, ADDRESSES_UNDER_A_NAME, TOOL_NAMES
from backstory.evidence.identity import agent_identity, agent_in_free_text, agent_named, is_robot, split_identity
from backstory.model.origin import Agent

GITHUB = "users.noreply.github.com"


@pytest.mark.parametrize(
    ("identity", "tool", "model"),
    [
        ("Claude <noreply@anthropic.com>", "claude", None),
        ("Claude Opus 4.6 <noreply@anthropic.com>", "claude", "Claude Opus 4.6"),
        ("Claude Opus 4.6 (1M context) <noreply@anthropic.com>", "claude", "Claude Opus 4.6"),
        ("Claude Fable 5 <NoReply@Anthropic.com>", "claude", "Claude Fable 5"),
        ("Claude 3.5 Sonnet <noreply@anthropic.com>", "claude", "Claude 3.5 Sonnet"),
        ("Sonnet 4.5 <noreply@anthropic.com>", "claude", "Sonnet 4.5"),
        ("mayor <noreply@anthropic.com>", "claude", None),
        (f"claude[bot] <209825114+claude[bot]@{GITHUB}>", "claude", None),
        (f"claude[bot] <41898282+claude[bot]@{GITHUB}>", "claude", None),
        (f"copilot-swe-agent[bot] <198982749+Copilot@{GITHUB}>", "github-copilot", None),
        (f"Copilot <198982749+Copilot@{GITHUB}>", "github-copilot", None),
        (f"Copilot <12345+copilot@{GITHUB}>", "github-copilot", None),
        (f"Copilot App <223556219+Copilot@{GITHUB}>", "github-copilot-cli", None),
        ("GitHub Copilot <noreply@github.com>", "github-copilot", None),
        ("Cursor Agent <cursoragent@cursor.com>", "cursor", None),
        ("Cursor <noreply@cursor.com>", "cursor", None),
        (f"cursor[bot] <206951365+cursor[bot]@{GITHUB}>", "cursor", None),
        ("Codex <noreply@openai.com>", "codex", None),
        ("OpenAI Codex <codex@openai.com>", "codex", None),
        ("GPT 5.6 <codex@openai.com>", "codex", "GPT 5.6"),
        ("GPT-5.5 <codex@openai.com>", "codex", "GPT-5.5"),
        (f"chatgpt-codex-connector[bot] <199175422+chatgpt-codex-connector[bot]@{GITHUB}>", "codex", None),
        (f"Devin AI <158243242+devin-ai-integration[bot]@{GITHUB}>", "devin", None),
        ("test <apk@cognition.ai>", "devin", None),
        (f"google-labs-jules[bot] <161369871+google-labs-jules[bot]@{GITHUB}>", "jules", None),
        (f"gemini-cli[bot] <218312386+gemini-cli[bot]@{GITHUB}>", "gemini", None),
        (f"gemini-cli[bot] <gemini-cli[bot]@{GITHUB}>", "gemini", None),
        ("Amp <amp@ampcode.com>", "amp", None),
        ("aider (gpt-4o) <aider@aider.chat>", "aider", "gpt-4o"),
        ("aider (openrouter/x/claude-3.5-sonnet) <noreply@aider.dev>", "aider", "openrouter/x/claude-3.5-sonnet"),
        ("aider <noreply@aider.chat>", "aider", None),
        ("openhands <openhands@all-hands.dev>", "openhands", None),
        ("OpenHands-GPT-5 <openhands@all-hands.dev>", "openhands", "GPT-5"),
        ("OpenDevin <opendevin@all-hands.dev>", "openhands", None),
        ("Roo Code <roomote@roocode.com>", "roo", None),
        (f"roomote[bot] <219738659+roomote[bot]@{GITHUB}>", "roo", None),
        (f"factory-droid[bot] <138933559+factory-droid[bot]@{GITHUB}>", "factory-droid", None),
        ("opencode <noreply@opencode.ai>", "opencode", None),
        ("opencode <opencode@oc.ai>", "opencode", None),
        (f"Cline Agent <cline-agent@{GITHUB}>", "cline", None),
        ("Augment Code <code@augmentcode.com>", "augment", None),
        (f"MentatBot <160964065+MentatBot@{GITHUB}>", "mentat", None),
        ("Oz <oz-agent@warp.dev>", "warp", None),
        (f"codeflash-ai[bot] <148906541+codeflash-ai[bot]@{GITHUB}>", "codeflash", None),
        ("Goose <opensource@block.xyz>", "goose", None),
        ("Windsurf <noreply@codeium.com>", "windsurf", None),
        ("Amazon Q <noreply@amazon.com>", "amazon-q", None),
        ("Gemini CLI <gemini-cli-agent@google.com>", "gemini", None),
        ("Pi <noreply@pi.dev>", "pi", None),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_agents(identity: str, tool: str, model: str | None) -> None:
    known = agent_identity(*split_identity(identity))
    assert known is not None
    assert (known.agent, known.suggests) == (Agent(tool, model), False)


@pytest.mark.parametrize(
    ("identity", "tool"),
    [
        (f"Copilot <175728472+Copilot@{GITHUB}>", "github-copilot"),
        (f"Copilot Autofix powered by AI <175728472+Copilot@{GITHUB}>", "github-copilot"),
        (f"Copilot Autofix powered by AI <62310815+github-advanced-security[bot]@{GITHUB}>", "github-copilot"),
        (f"gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@{GITHUB}>", "gemini-code-assist"),
        (f"coderabbitai[bot] <136622811+coderabbitai[bot]@{GITHUB}>", "coderabbit"),
        (f"ellipsis-dev[bot] <65095814+ellipsis-dev[bot]@{GITHUB}>", "ellipsis"),
    ],
)
def test_reviewers_that_suggest(identity: str, tool: str) -> None:
    known = agent_identity(*split_identity(identity))
    assert known is not None
    assert (known.agent.tool, known.suggests) == (tool, True)


@pytest.mark.parametrize(
    "identity",
    [
        "Ashwin Rao <ashwin@anthropic.com>",
        "Tony Nyman <tnyman@openai.com>",
        "Saoud <saoud@cline.bot>",
        "Amp <amp@example.com>",
        "Claude <claude@example.com>",
        "Claude Dupont <claude.dupont@example.com>",
        "Devin Villarosa <devin@example.com>",
        "Mark Brookins <brookins@example.com>",
        "Junior Jules <jules@example.com>",
        "Travis Cline <travis@example.com>",
        "root <root@localhost>",
        "cursor <cursor@example.com>",
        "x <noreply@anthropic.com.example.com>",
        "x <not-noreply@anthropic.com>",
        "GitHub <noreply@github.com>",
        "Block Open Source <opensource@block.xyz>",
        "Amazon <noreply@amazon.com>",
        f"Ann <12345+claude@{GITHUB}>",
        f"Ann <12345+copilot-fan@{GITHUB}>",
        f"MentatBot <999+MentatBot@{GITHUB}>",
        f"Bob <claude-bot@{GITHUB}>",
        f"dependabot[bot] <49699333+dependabot[bot]@{GITHUB}>",
        f"github-advanced-security[bot] <62310815+github-advanced-security[bot]@{GITHUB}>",
        "unknown <>",
        "Claude",
        "",
    ],
)
def test_no_agents(identity: str) -> None:
    assert agent_identity(*split_identity(identity)) is None


@pytest.mark.parametrize(
    "identity",
    [
        f"dependabot[bot] <49699333+dependabot[bot]@{GITHUB}>",
        "dependabot-preview[bot] <support@dependabot.com>",
        f"renovate[bot] <29139614+renovate[bot]@{GITHUB}>",
        "Renovate Bot <bot@renovateapp.com>",
        f"github-actions[bot] <41898282+github-actions[bot]@{GITHUB}>",
        f"github-actions[bot] <github-actions[bot]@{GITHUB}>",
        "GitHub Actions <action@github.com>",
        f"pre-commit-ci[bot] <66853113+pre-commit-ci[bot]@{GITHUB}>",
        "gemini-cli-robot <gemini-cli-robot@google.com>",
        f"marvin-robot <12345+marvin-robot@{GITHUB}>",
        "release-please[bot] <someone@example.com>",
        f"some-new-app[bot] <1+some-new-app[bot]@{GITHUB}>",
        f"github-advanced-security[bot] <62310815+github-advanced-security[bot]@{GITHUB}>",
        "semantic-release-bot <semantic-release-bot@martynus.net>",
    ],
)
def test_robots(identity: str) -> None:
    name, email = split_identity(identity)
    assert agent_identity(name, email) is None
    assert is_robot(name, email)


@pytest.mark.parametrize(
    "identity", ["Ann Lee <ann@example.com>", "Abbott <bot@example.com>", "robot <r@example.com>", ""]
)
def test_no_robots(identity: str) -> None:
    assert not is_robot(*split_identity(identity))


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Claude Code", Agent("claude", None)),
        ("Cursor", Agent("cursor", None)),
        ("Opus 4.7", Agent(None, "Opus 4.7")),
        ("Claude Opus 4.6", Agent(None, "Claude Opus 4.6")),
        ("Claude Code (claude-opus-4-6)", Agent("claude", "claude-opus-4-6")),
        ("Codex gpt-5.3-codex", Agent("codex", "gpt-5.3-codex")),
        ("GPT 5.6", Agent(None, "GPT 5.6")),
        ("gemini-2.5-pro", Agent(None, "gemini-2.5-pro")),
        ("o3", Agent(None, "o3")),
        ("[Firebender]", Agent("firebender", None)),
        ("protoc", None),
        ("Ann Lee", None),
        ("Claude Dupont", None),
        ("the opus magnum generator 4", None),
    ],
)
def test_names_that_are_all_of_a_text(text: str, agent: Agent | None) -> None:
    assert agent_named(text) == agent


@pytest.mark.parametrize("name", ["Claude", "Devin", "Jules", "Junie"])
def test_first_names_say_nothing_among_people(name: str) -> None:
    assert agent_named(name, among_people=True) is None
    assert agent_named(name) is not None


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Claude:claude-3-opus coccinelle sparse", Agent("claude", "claude-3-opus")),
        ("Opus 4.7", Agent(None, "Opus 4.7")),
        ("gemini-cli", Agent("gemini", None)),
        ("ChatGPT", Agent("chatgpt", None)),
        ("Claude", Agent("claude", None)),
        ("GitHub Copilot in VS Code, for the tests", Agent("github-copilot", None)),
        ("an LLM", Agent(None, None)),
        ("gpt-5 and claude", Agent("claude", "gpt-5")),
        ("Bob Stone", None),
        ("Claude Dupont", None),
        ("Devin Villarosa", None),
        ("Ai Weiwei", None),
        ("Jules Verne", None),
        ("Mark Brookins", None),
        ("a friendly opusculum reader", None),
        ("the whole team", None),
    ],
)
def test_free_text(text: str, agent: Agent | None) -> None:
    assert agent_in_free_text(text) == agent


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ann Lee <ann@example.com>", ("Ann Lee", "ann@example.com")),
        ("openhands openhands@all-hands.dev", ("openhands", "openhands@all-hands.dev")),
        ("openhands (openhands@all-hands.dev)", ("openhands", "openhands@all-hands.dev")),
        ("<ann@example.com>", ("", "ann@example.com")),
        ("unknown <>", ("unknown", None)),
        ("Ann Lee <ann@example.com", ("Ann Lee", "ann@example.com")),
        ("Ann Lee", ("Ann Lee", None)),
    ],
)
def test_identities_are_split(text: str, parts: tuple[str, str | None]) -> None:
    assert split_identity(text) == parts


def test_the_tables_are_in_small_letters() -> None:
    for key in (*ADDRESSES, *ACCOUNTS, *ACCOUNTS_WITH_ID, *TOOL_NAMES, *sum(ADDRESSES_UNDER_A_NAME, ())):
        assert key == key.lower()
    assert all("@" in address for address in ADDRESSES)
