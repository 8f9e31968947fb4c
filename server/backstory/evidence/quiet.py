"""A source that has nothing to say: what a reader inherits where its format offers nothing."""

from collections.abc import Iterator, Sequence

from backstory.evidence.source import Progress, ReadRequest
from backstory.history.cancel import Cancellation
from backstory.model.edit import EditReading, RecordRef
from backstory.model.evidence import Evidence, Reading
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Question
from backstory.store.kept_prompt import KeptPrompt

NO_CONVERSATION = PromptMissing("The record does not hold the conversation.")


class QuietSource:
    """Answers each question but `report` with nothing; a reader overrides what its format can tell."""

    def prepare(self) -> None:
        """Do nothing."""

    def read(self, request: ReadRequest, cancellation: Cancellation) -> Reading:
        """Return no evidence by commit."""
        cancellation.raise_if_cancelled()
        del request
        return Reading()

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Say that the record holds no conversation."""
        cancellation.raise_if_cancelled()
        del evidence
        return NO_CONVERSATION

    def conversation(self, evidence: Evidence, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Say that the record holds no conversation."""
        cancellation.raise_if_cancelled()
        del evidence
        return NO_CONVERSATION

    def recall(self, question: Question, cancellation: Cancellation) -> Evidence | None:
        """Hold nobody's conversation."""
        cancellation.raise_if_cancelled()
        del question
        return None

    def absence(self, question: Question, cancellation: Cancellation) -> PromptMissing | None:
        """Expect nobody's conversation."""
        cancellation.raise_if_cancelled()
        del question
        return None

    def keepable(self, cancellation: Cancellation) -> Iterator[KeptPrompt]:
        """Hold nothing that will vanish."""
        cancellation.raise_if_cancelled()
        return iter(())

    def records(self, cancellation: Cancellation) -> Sequence[RecordRef]:
        """Hold nothing to be found by text."""
        cancellation.raise_if_cancelled()
        return ()

    def records_stamp(self, cancellation: Cancellation) -> str | None:
        """Let the records tell."""
        cancellation.raise_if_cancelled()
        return None

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return no edits."""
        cancellation.raise_if_cancelled()
        del record
        return EditReading()

    def resolve(self, cancellation: Cancellation, progress: Progress) -> bool:
        """Do nothing: no read postpones anything."""
        cancellation.raise_if_cancelled()
        progress(0, 0)
        return False

    def has_postponed_work(self) -> bool:
        """Tell that there is none."""
        return False

    def close(self) -> None:
        """Hold nothing."""
