"""The requests of a transcript that are worth keeping: those that led to edits of the repository's files."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from backstory.evidence.transcripts.library import Agent as AgentFolder
from backstory.evidence.transcripts.library import Shelved
from backstory.evidence.transcripts.transcript import RecordedEdit, Request
from backstory.model.origin import Agent, Session
from backstory.store.kept_prompt import KeptPrompt, line_digest


def keepable_requests(
    agent: AgentFolder, shelved: Shelved, edits: Iterable[tuple[RecordedEdit, Request | None]], now: datetime
) -> Iterator[KeptPrompt]:
    """Yield each request once, with the lines of all edits that it led to."""
    led_to: dict[Request, list[RecordedEdit]] = {}
    for edit, request in edits:
        if request is not None:
            led_to.setdefault(request, []).append(edit)
    path = shelved.file.path
    for request, found in led_to.items():
        yield KeptPrompt(
            source=agent.ID,
            prompt_key=json.dumps([str(path), request.line], ensure_ascii=False),
            prompt=request.prompt,
            locator=f"{path}:{request.line}",
            kept_at=now,
            session=Session(shelved.session, shelved.session) if shelved.session else None,
            agent=Agent(agent.TOOL, found[-1].model),
            lines=frozenset(line_digest(line) for edit in found for block in edit.blocks for line in block.lines),
        )
