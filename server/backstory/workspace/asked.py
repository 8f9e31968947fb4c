"""The prompt of a line of a document: read where it may be, with the conversation when somebody wants it."""

from backstory.evidence.prompts import has_prompt
from backstory.history.cancel import Cancellation
from backstory.model.answer import LineAnswer, PromptAnswer
from backstory.workspace.snapshot import Snapshot


def read_prompt(snapshot: Snapshot, line: int, cancellation: Cancellation) -> None:
    """Look for what was asked for a line, so that it is known from now on."""
    blamed, attribution = snapshot.blamed(line), snapshot.attributions[line - 1]
    if snapshot.prompts and has_prompt(attribution):
        snapshot.prompts.read(attribution, blamed, cancellation)


def with_conversation(snapshot: Snapshot, answer: LineAnswer, cancellation: Cancellation) -> PromptAnswer:
    """Return what is known of a line and the conversation around the edit that wrote it."""
    blamed = snapshot.blamed(answer.line)
    if snapshot.prompts is None or not has_prompt(answer.attribution):
        return PromptAnswer(answer, None)
    return PromptAnswer(answer, snapshot.prompts.conversation(answer.attribution, blamed, cancellation))
