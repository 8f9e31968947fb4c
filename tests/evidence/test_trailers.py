"""What messages say of agents, with the traps that real ones hold."""

import pytest

from backstory.evidence.trailers import LONGEST_MESSAGE, declarations
from backstory.model.origin import Agent, Session

CLAUDE = Agent("claude", None)
OPUS = Agent("claude", "Claude Opus 4.6")
UUID = "01234567-89ab-4cde-8f01-23456789abcd"
ANTHROPIC = "<noreply@anthropic.com>"


def agents(message: str) -> list[Agent]:
    return [said.agent for said in declarations(message)]


@pytest.mark.parametrize(
    ("line", "agent"),
    [
        (f"Co-Authored-By: Claude Opus 4.6 {ANTHROPIC}", OPUS),
        (f"Co-authored-by: Claude {ANTHROPIC}", CLAUDE),
        (f"CO-AUTHORED-BY:Claude {ANTHROPIC}", CLAUDE),
        ("Co-authored-by: Cursor <cursoragent@cursor.com>", Agent("cursor", None)),
        ("Co-authored-by: openhands openhands@all-hands.dev", Agent("openhands", None)),
        ("Co-authored-by: aider (gpt-4o) <aider@aider.chat>", Agent("aider", "gpt-4o")),
        ("Co-authored-by: Cursor Agent", Agent("cursor", None)),
        ("Co-developed-by: Cursor <noreply@cursor.com>", Agent("cursor", None)),
        ("Made-with: Cursor", Agent("cursor", None)),
        ("Generated-by: Claude Code", CLAUDE),
        ("Generated-by: ChatGPT (GPT-5)", Agent("chatgpt", "GPT-5")),
        ("Co-authored-by-AI: GitHub Copilot (gpt-5)", Agent("github-copilot", "gpt-5")),
        ("Assisted-by: Opus 4.7", Agent(None, "Opus 4.7")),
        ("Assisted-by: Claude:claude-3-opus coccinelle sparse", Agent("claude", "claude-3-opus")),
        (f"Assisted-by: Claude {ANTHROPIC}", CLAUDE),
        ("AI-assisted: Codex for the tests", Agent("codex", None)),
        ("Ai-assisted: true", Agent(None, None)),
        ("Agent-Signature: claude-opus-4-6-high on behalf of Ann Lee", Agent(None, "claude-opus-4-6-high")),
        ("🤖 Generated with [Claude Code](https://claude.com/claude-code)", CLAUDE),
        ("Generated with [Claude Code](https://claude.ai/code)", CLAUDE),
        ("🤖 Generated with Claude Code", CLAUDE),
        ("🤖 Generated with [Firebender](https://firebender.com)", Agent("firebender", None)),
        ("🤖 Generated with [Nori](https://nori.ai)", Agent("nori", None)),
        ("Generated with [Claude Code](https://claude.ai/code) via [Happy](https://happy.engineering)", CLAUDE),
        ("Claude-Session: https://claude.ai/code/session_01AbC", CLAUDE),
        ("https://claude.ai/code/session_01AbC", CLAUDE),
        (f"Amp-Thread-ID: https://ampcode.com/threads/T-{UUID}", Agent("amp", None)),
        (f"Agent-Logs-Url: https://github.com/acme/shop/sessions/{UUID}", Agent("github-copilot", None)),
        (f"Copilot-Session: {UUID}", Agent("github-copilot-cli", None)),
    ],
    ids=lambda value: str(value)[:60],
)
def test_agents_are_told(line: str, agent: Agent) -> None:
    assert agents(f"payments: capture\n\n{line}\n") == [agent]


@pytest.mark.parametrize(
    "line",
    [
        "Co-authored-by: Ann Lee <ann@example.com>",
        "Co-authored-by: Ashwin Rao <ashwin@anthropic.com>",
        "Co-authored-by: Claude",
        "Co-authored-by: Devin Villarosa <devin@example.com>",
        "Co-Authored-By: unknown <>",
        "Co-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
        "Assisted-by: Bob Stone <bob@example.com>",
        "Assisted-by: Claude Dupont <claude@example.com>",
        "Assisted-by: Bob Stone",
        "Assisted-by: Claude Dupont",
        "Generated-by: protoc 3.21",
        "Generated with [protoc](https://protobuf.dev)",
        "Generated with Claude Code hooks in mind, see below",
        "We wondered whether it was Generated with Claude Code",
        "via [Happy](https://happy.engineering)",
        "AI-assisted: no",
        "Ai-assisted: false",
        "Signed-off-by: Claude <noreply@anthropic.com>",
        "Reviewed-by: Claude <noreply@anthropic.com>",
        "> Co-authored-by: Claude <noreply@anthropic.com>",
        "    Co-authored-by: Claude <noreply@anthropic.com>",
        "The trailer Co-authored-by: Claude <noreply@anthropic.com> is new",
        "Claude-Session: none",
        "Amp-Thread-ID: 12",
        "see https://claude.ai/code/session_01AbC for more",
        "https://claude.ai/chat/01AbC",
        "Co-authored-by:",
    ],
)
def test_nothing_is_told(line: str) -> None:
    assert agents(f"payments: capture\n\n{line}\n") == []


@pytest.mark.parametrize(
    ("line", "session"),
    [
        ("Claude-Session: https://claude.ai/code/session_01AbC", "session_01AbC"),
        ("https://claude.ai/code/session_01AbC?m=0", "session_01AbC"),
        (f"Amp-Thread-ID: https://ampcode.com/threads/T-{UUID}", f"T-{UUID}"),
        (f"Amp-Thread-ID: T-{UUID}", f"T-{UUID}"),
        (f"Agent-Logs-Url: https://github.com/acme/shop/sessions/{UUID}", UUID),
        (f"Copilot-Session: {UUID}", UUID),
    ],
)
def test_sessions(line: str, session: str) -> None:
    (said,) = declarations(f"payments\n\n{line}")
    assert said.session == Session(session, session)


def test_the_statement_names_the_trailer_as_written() -> None:
    message = f"a\n\n🤖 Generated with [Firebender](https://firebender.com)\nCo-Authored-By: Claude {ANTHROPIC}\n"
    assert [(said.statement, said.key) for said in declarations(message)] == [
        ("“Generated with” footer", "Generated with"),
        ("Co-Authored-By trailer", "Co-Authored-By"),
    ]


def test_all_that_speaks_of_one_agent_is_one_statement() -> None:
    message = (
        "payments\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\n"
        f"Co-Authored-By: Claude Opus 4.6 {ANTHROPIC}\nCo-Authored-By: Claude Opus 4.6 {ANTHROPIC}\n"
        "Claude-Session: https://claude.ai/code/session_01AbC\nAi-assisted: true\n"
    )
    (said,) = declarations(message)
    assert (said.agent, said.key, said.session) == (OPUS, "Co-Authored-By", Session("session_01AbC", "session_01AbC"))


def test_different_models_and_tools_stay_apart() -> None:
    message = f"a\n\nCo-Authored-By: Claude Opus 4.6 {ANTHROPIC}\nCo-Authored-By: Claude Sonnet 4.6 {ANTHROPIC}\n"
    assert agents(message) == [OPUS, Agent("claude", "Claude Sonnet 4.6")]
    assert agents(message + "Made-with: Cursor\n") == [*agents(message), Agent("cursor", None)]


def test_several_sessions_of_a_squash_are_none() -> None:
    link = "Claude-Session: https://claude.ai/code/session_0"
    assert [said.session for said in declarations(f"a\n\n{link}1\n{link}2\n")] == [None]


def test_trailers_in_the_middle_of_a_message() -> None:
    message = f"payments (#3)\n\n* capture\n\nCo-authored-by: Claude {ANTHROPIC}\n\n* refund\n\nSigned-off-by: Ann\n"
    assert agents(message) == [CLAUDE]


def test_carriage_returns() -> None:
    assert agents(f"a\r\n\r\nCo-authored-by: Claude {ANTHROPIC}\r\n") == [CLAUDE]


def test_gits_own_squash_message_is_indented() -> None:
    squashed = (
        f"Squashed commit of the following:\n\ncommit 0123\n\n    capture\n\n    Co-authored-by: Claude {ANTHROPIC}\n"
    )
    assert agents(squashed) == [CLAUDE]


def test_accepted_suggestions_are_told_from_agents() -> None:
    accepted = "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>\n"
    wrote = "Co-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>\n"
    assert [said.suggests for said in declarations(accepted)] == [True]
    assert [said.suggests for said in declarations(accepted + wrote)] == [True, False]


def test_an_endless_message_is_read_at_both_ends() -> None:
    trailer = f"\nCo-authored-by: Claude {ANTHROPIC}\n"
    padding = "x" * LONGEST_MESSAGE
    assert agents(f"a{trailer}{padding}") == [CLAUDE]
    assert agents(f"a{padding}{trailer}") == [CLAUDE]
    assert agents(f"a{padding}{trailer}{padding}") == []
    assert agents("Co-authored-by: " + "x" * 100_000_000) == []
    assert agents("🤖 Generated with " + "[" * 100_000) == []


def test_any_line_is_read_in_time() -> None:
    for line in (
        "🤖 Generated with " + "a " * 400_000,
        "Assisted-by: " + "claude-" * 90_000,
        "Co-authored-by: " + "@" * 500_000,
    ):
        assert len(declarations(line)) <= 1
