"""What was asked, looked up once per session and kept."""

import threading
from collections.abc import Mapping

from backstory.evidence.source import OpenSource
from backstory.history.cancel import Cancellation
from backstory.model.attribution import Attribution
from backstory.model.evidence import Evidence
from backstory.model.names import Revision
from backstory.model.origin import Contributor
from backstory.model.prompt import Prompt, PromptMissing

Key = tuple[str, Revision, str]

NO_PROMPT_SOURCE = PromptMissing("What was asked is not recorded: the record speaks of the commit alone.")


class Prompts:
    """The prompts of one repository. Reading one asks git; `known` never does."""

    def __init__(self, sources: Mapping[str, OpenSource]) -> None:
        self._sources = sources
        self._lock = threading.Lock()
        self._found: dict[Key, Prompt | PromptMissing] = {}

    def known(self, attribution: Attribution) -> Prompt | PromptMissing | None:
        """Return the prompt behind an agent's lines if it was read before; None means: ask `read`."""
        evidence = _telling(attribution)
        return NO_PROMPT_SOURCE if evidence is None else self._found.get(_key(evidence))

    def read(self, attribution: Attribution, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Return the prompt behind an agent's lines, reading its record if need be."""
        evidence = _telling(attribution)
        if evidence is None:
            return NO_PROMPT_SOURCE
        key = _key(evidence)
        found = self._found.get(key)
        if found is None:
            found = self._sources[evidence.source].prompt(evidence, cancellation)
            with self._lock:
                self._found[key] = found
        return found


def has_prompt(attribution: Attribution) -> bool:
    """Tell whether a prompt is worth asking for: an agent wrote the line, or took part."""
    return attribution.origin.contributor in (Contributor.AI, Contributor.MIXED)


def _telling(attribution: Attribution) -> Evidence | None:
    return next((each for each in attribution.evidence if each.prompt_key is not None), None)


def _key(evidence: Evidence) -> Key:
    return evidence.source, evidence.revision, evidence.prompt_key or ""
