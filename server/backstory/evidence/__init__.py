"""Provenance readers: they report, they decide nothing."""

from backstory.evidence import (
    agent_trace,
    agentblame,
    aider,
    claude_code,
    codex,
    commit,
    entire,
    git_ai,
    git_ai_prompt_store,
    git_ai_working_log,
    specstory,
    whogitit,
)
from backstory.evidence.source import Source

SOURCES: tuple[Source, ...] = (
    git_ai,
    git_ai_working_log,
    whogitit,
    agentblame,
    agent_trace,
    entire,
    claude_code,
    codex,
    aider,
    specstory,
    git_ai_prompt_store,
    commit,
)
"""All evidence sources, in the order in which a person should hear of them."""
