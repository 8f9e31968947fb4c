"""What was asked, looked up once for each line and kept; where a record tells it, once for all of its lines."""

import threading

from backstory.evidence.joined_prompts import JoinedPrompts, Told
from backstory.history.cancel import Cancellation
from backstory.model.attribution import Attribution
from backstory.model.history import BlamedLine
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Contributor
from backstory.model.prompt import Conversation, Prompt, PromptMissing

Key = tuple[tuple[str | None, ...], tuple[Revision, RepoPath, int] | None]


class Prompts:
    """The prompts of one repository. Reading one asks git and looks at transcripts; `known` never does."""

    def __init__(self, joined: JoinedPrompts) -> None:
        self._joined = joined
        self._lock = threading.Lock()
        self._found: dict[Key, Told] = {}

    def known(self, attribution: Attribution, line: BlamedLine | None) -> Prompt | PromptMissing | None:
        """Return the prompt behind an agent's line if it was read before; None means: ask `read`.

        `line` is None for one that is not committed.
        """
        own = self._found.get(_of_record(attribution))
        told = own if own and isinstance(own.prompt, Prompt) else self._found.get(_of_line(attribution, line))
        return told.prompt if told else None

    def read(
        self, attribution: Attribution, line: BlamedLine | None, cancellation: Cancellation
    ) -> Prompt | PromptMissing:
        """Return the prompt behind an agent's line, looking wherever it may be."""
        return self._read(attribution, line, cancellation).prompt

    def conversation(
        self, attribution: Attribution, line: BlamedLine | None, cancellation: Cancellation
    ) -> Conversation | PromptMissing:
        """Return the conversation around the edit that wrote an agent's line; it is not kept."""
        return self._joined.conversation(self._read(attribution, line, cancellation), cancellation)

    def close(self) -> None:
        """Give back the store."""
        self._joined.close()

    def _read(self, attribution: Attribution, line: BlamedLine | None, cancellation: Cancellation) -> Told:
        own = self._found.get(_of_record(attribution))
        if own is None:
            own = self._remember(_of_record(attribution), self._joined.own(attribution, cancellation))
        if isinstance(own.prompt, Prompt):
            return own
        key = _of_line(attribution, line)
        return self._found.get(key) or self._remember(key, self._joined.joined(attribution, line, own, cancellation))

    def _remember(self, key: Key, told: Told) -> Told:
        with self._lock:
            self._found[key] = told
        return told


def has_prompt(attribution: Attribution) -> bool:
    """Tell whether a prompt is worth asking for: an agent wrote the line, or took part."""
    return attribution.origin.contributor in (Contributor.AI, Contributor.MIXED)


def _of_record(attribution: Attribution) -> Key:
    leading = attribution.evidence[0] if attribution.evidence else None
    return ((leading.source, leading.revision, leading.prompt_key) if leading else ()), None


def _of_line(attribution: Attribution, line: BlamedLine | None) -> Key:
    place = (line.hunk.revision, line.hunk.path, line.line) if line else (Revision(""), RepoPath(""), 0)
    return _of_record(attribution)[0], place
