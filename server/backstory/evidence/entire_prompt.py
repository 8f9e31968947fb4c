"""What was asked, from the transcripts that Entire keeps, and from `prompt.txt` where there is none.

Retry the capture

---

Now with a timeout
"""

import re
from collections.abc import Iterable

from backstory.evidence.entire_checkpoints import CheckpointSession
from backstory.evidence.transcripts.said import only_request
from backstory.evidence.transcripts.transcript import RecordedEdit, Transcript
from backstory.evidence.typed_text import is_nudge, typed_text
from backstory.model.prompt import Prompt, PromptMissing

SEVERAL_SESSIONS = PromptMissing(
    "Several sessions worked on this commit; which of them led to this line is not recorded."
)
NOBODY_TYPED = PromptMissing("Entire keeps the conversation, but a person typed none of it.")
NOT_KEPT = PromptMissing("Entire kept neither the conversation nor what was asked.")

_SEPARATOR = "\n\n---\n\n"
SETTINGS = ".entire/settings.json"
_ELSEWHERE = re.compile(rb'"checkpoint_remote"\s*:\s*"([\w.:/@-]{1,200})"')
_ULID_LENGTH = 26


def request_of(transcript: Transcript, edit: RecordedEdit) -> Prompt | None:
    """Return the last thing that a person asked before an edit; None when the transcript does not hold that."""
    asked = edit.request or only_request(transcript.requests)
    return asked.prompt if asked else None


def request_for_commit(transcript: Transcript, part: CheckpointSession) -> Prompt | PromptMissing:
    """Return what was asked for all that a checkpoint holds of a session, when that was one thing."""
    start = start_of(transcript, part)
    during = [request for request in transcript.requests if request.line > start]
    before = [request for request in transcript.requests if request.line <= start]
    asked = during or before[-1:]
    if not asked:
        return NOBODY_TYPED
    only = only_request(asked)
    return only.prompt if only else _several(len(asked))


def start_of(transcript: Transcript, part: CheckpointSession) -> int:
    """Return after which line the checkpoint's own part begins: 0 where what came before was not kept either."""
    return part.metadata.start if part.metadata.start < transcript.lines else 0


def request_kept(prompts: bytes) -> Prompt | PromptMissing:
    """Return what `prompt.txt` says, when it says one thing."""
    texts = prompts.decode("utf-8", "replace").replace("\r\n", "\n").split(_SEPARATOR)
    asked = list(dict.fromkeys(typed for text in texts if (typed := typed_text(text))))
    if not asked:
        return NOBODY_TYPED
    if len(asked) == 1:
        return Prompt(asked[0])
    goals = [text for text in asked if not is_nudge(text)]
    return Prompt(asked[-1], goals[0]) if len(goals) == 1 and is_nudge(asked[-1]) else _several(len(asked))


def not_here(ids: Iterable[str], settings: bytes | None, git: str) -> PromptMissing:
    """Return why the checkpoints that a commit names are not in this clone; `settings` is the repository's file."""
    elsewhere = _ELSEWHERE.search(settings or b"")
    if elsewhere:
        place = elsewhere[1].decode("ascii")
        return PromptMissing(f"The prompt is stored elsewhere: {SETTINGS} sends checkpoints to {place}.")
    has_own_ref = any(len(each) == _ULID_LENGTH for each in ids)
    spec = "refs/entire/*:refs/entire/*" if has_own_ref else "refs/heads/entire/*:refs/remotes/origin/entire/*"
    return PromptMissing("The checkpoint that the commit names is not in this clone.", f"{git} fetch origin '+{spec}'")


def _several(count: int) -> PromptMissing:
    return PromptMissing(
        f"{count} things were asked for this commit in its session; which of them led to this line is not recorded."
    )
