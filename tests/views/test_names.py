import pytest
from hypothesis import given, strategies

from backstory.model.origin import Agent, Person
from backstory.views.names import agent_name, model_name, person_name, tool_name


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("claude-opus-4-6", "Claude Opus 4.6"),
        ("claude-sonnet-4-6[1m]", "Claude Sonnet 4.6 (1M context)"),
        ("claude-4.5-sonnet-thinking", "Claude Sonnet 4.5 (thinking)"),
        ("claude-4.5-opus-high-thinking", "Claude Opus 4.5 (high, thinking)"),
        ("claude-sonnet-4-5-20250929", "Claude Sonnet 4.5"),
        ("claude-opus-4-5-20251101", "Claude Opus 4.5"),
        ("claude-haiku-4-5-20251001", "Claude Haiku 4.5"),
        ("claude-opus-5", "Claude Opus 5"),
        ("claude-sonnet-4-20250514", "Claude Sonnet 4"),
        ("claude-3-5-sonnet-20241022", "Claude 3.5 Sonnet"),
        ("claude-3-7-sonnet-latest", "Claude 3.7 Sonnet"),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5"),
        ("anthropic/claude-opus-4.6", "Claude Opus 4.6"),
        ("gpt-5.6-sol", "GPT-5.6 Sol"),
        ("gpt-5.3-codex", "GPT-5.3 Codex"),
        ("gpt-5-high", "GPT-5 (high)"),
        ("gpt-5-codex", "GPT-5 Codex"),
        ("gpt-4o-mini", "GPT-4o Mini"),
        ("gpt-4.1-2025-04-14", "GPT-4.1"),
        ("openai/gpt-5.4", "GPT-5.4"),
        ("openrouter/openai/gpt-5.4", "GPT-5.4"),
        ('"gpt-5"', "GPT-5"),
        ("o3", "o3"),
        ("o4-mini", "o4 Mini"),
        ("composer-1", "Composer 1"),
        ("gemini-2.5-pro", "Gemini 2.5 Pro"),
        ("grok-code-fast-1", "Grok Code Fast 1"),
        ("glm-4.6", "GLM-4.6"),
        ("qwen3-coder", "Qwen3 Coder"),
        ("deepseek-v3.1", "DeepSeek V3.1"),
        ("kimi-k2", "Kimi K2"),
        ("swe-1.5", "SWE-1.5"),
        ("tab", "Tab"),
        ("Opus 4.6", "Claude Opus 4.6"),
        ("Claude Opus 4.6 (1M context)", "Claude Opus 4.6 (1M context)"),
        ("GPT 5.5", "GPT 5.5"),
        ("My Own Model™", "My Own Model™"),
        ("unknown", None),
        ("default", None),
        ("<synthetic>", None),
        ("", None),
        (None, None),
    ],
)
def test_models_have_the_names_people_use(model, name):
    assert model_name(model) == name


@pytest.mark.parametrize(
    ("tool", "name"),
    [
        ("claude", "Claude Code"),
        ("codex", "Codex"),
        ("cursor", "Cursor"),
        ("github-copilot", "GitHub Copilot"),
        ("github-copilot-jetbrains", "GitHub Copilot"),
        ("devin", "Devin"),
        ("amp", "Amp"),
        ("aider", "aider"),
        ("opencode", "opencode"),
        ("gemini", "Gemini CLI"),
        ("junie", "Junie"),
        ("pi", "Pi"),
        ("mock_ai", "mock_ai"),
        ("some\x1b[31mthing", "something"),
    ],
)
def test_tools_have_the_names_people_use(tool, name):
    assert tool_name(tool) == name


def test_an_agent_is_called_by_its_model_then_its_tool_then_nothing():
    assert agent_name(Agent("claude", "claude-opus-4-6")) == ("Claude Opus 4.6", "Claude Code")
    assert agent_name(Agent("claude", None)) == ("Claude Code", None)
    assert agent_name(Agent(None, "gpt-5.5")) == ("GPT-5.5", None)
    assert agent_name(Agent(None, None)) == ("An agent", None)
    assert agent_name(None) == ("An agent", None)


def test_people_are_called_by_name_and_not_by_address():
    assert person_name(Person("Ada Lovelace", "ada@example.org")) == "Ada Lovelace"
    assert person_name(Person(None, "ada@example.org")) == "ada"
    assert person_name(None) is None


@given(strategies.text())
def test_any_recorded_model_and_tool_has_a_short_printable_name(text):
    for name in (model_name(text), tool_name(text)):
        assert name is None or (len(name) <= 60 and "\n" not in name)
