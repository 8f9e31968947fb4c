"""Provenance readers: they report, they decide nothing."""

from backstory.evidence import agent_trace, agentblame, claude_code, codex, commit, entire, git_ai, whogitit
from backstory.evidence.source import Source

SOURCES: tuple[Source, ...] = (git_ai, whogitit, agentblame, agent_trace, entire, claude_code, codex, commit)
"""All evidence sources, in the order in which a person should hear of them."""
