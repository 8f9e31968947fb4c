"""What can be wrong with the environment. Bad evidence is no error: it is an `Unreadable`."""

from backstory.model.state import State, StateCode


class BackstoryError(Exception):
    """The environment does not allow an answer; says so in one line, with what to do.

    `exit_code` is the command line's exit status for the class.
    """

    exit_code = 1
    code = StateCode.FAILED

    def __init__(self, reason: str, command: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.command = command

    @property
    def state(self) -> State:
        """The same, as a value to show."""
        return State(self.code, self.reason, self.command)


class GitMissingError(BackstoryError):
    """There is no usable git on PATH."""

    exit_code = 3
    code = StateCode.GIT_MISSING


class NotARepositoryError(BackstoryError):
    """The path is in no git repository."""

    exit_code = 4
    code = StateCode.NOT_A_REPOSITORY


class UnsafeRepositoryError(BackstoryError):
    """Git refuses the folder because somebody else owns it."""

    exit_code = 5
    code = StateCode.UNSAFE_REPOSITORY


class UnknownRevisionError(BackstoryError):
    """The repository has no such revision."""

    exit_code = 6


class GitFailedError(BackstoryError):
    """A git command failed for a reason of its own."""

    exit_code = 7


class MissingObjectsError(BackstoryError):
    """The clone lacks objects that the answer needs (partial clone, damaged store)."""

    exit_code = 8
    code = StateCode.MISSING_OBJECTS


class CancelledError(BackstoryError):
    """Whoever asked no longer wants the answer."""

    exit_code = 130
