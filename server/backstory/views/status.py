"""The state of a line in two or three words, for status bars: silence never looks like breakage."""

from backstory.model.answer import LineAnswer
from backstory.model.origin import Contributor, Origin
from backstory.model.state import State, StateCode
from backstory.redaction.plain_text import one_line
from backstory.views.names import model_name, person_name, tool_name
from backstory.views.phrases import OF_THE_WHOLE_COMMIT, robot_name

STATES = {
    StateCode.NOT_A_REPOSITORY: "not a repository",
    StateCode.GIT_MISSING: "git not found",
    StateCode.UNSAFE_REPOSITORY: "repository not trusted",
    StateCode.BARE_REPOSITORY: "bare repository",
    StateCode.NO_COMMITS: "no commits yet",
    StateCode.UNTRACKED: "untracked file",
    StateCode.IGNORED: "ignored file",
    StateCode.OUTSIDE: "outside the workspace",
    StateCode.BINARY: "binary file",
    StateCode.TOO_LARGE: "file too large",
    StateCode.LFS_POINTER: "file in Git LFS",
    StateCode.FILTERED: "filtered file",
    StateCode.MISSING_OBJECTS: "objects missing",
    StateCode.SHALLOW: "shallow clone",
    StateCode.SUBMODULE: "submodule",
    StateCode.SYMBOLIC_LINK: "symbolic link",
    StateCode.SPARSE: "outside the sparse checkout",
    StateCode.GENERATED: "generated file",
    StateCode.VENDORED: "vendored file",
    StateCode.UNMERGED: "merge conflict",
    StateCode.NOT_A_FILE: "not a file",
    StateCode.SCHEME: "not a file on disk",
    StateCode.IN_PROGRESS: "rebase or merge in progress",
    StateCode.PAUSED: "paused",
    StateCode.PENDING: "reading history…",
    StateCode.STORE_LIMITED: "store limited",
    StateCode.TRANSCRIPT_DELETED: "transcript deleted",
    StateCode.FAILED: "failed: see the log",
}
_SAY_LITTLE = frozenset({StateCode.SHALLOW, StateCode.SPARSE, StateCode.FILTERED})
"""States of a whole repository or file that leave most lines as well known as ever."""

_LONGEST_NAME = 24


def line_state(answer: LineAnswer | State) -> str:
    """Return the state of a line: `agent · claude`, `unknown`, `generated file`, `not committed`. Never empty."""
    if isinstance(answer, State):
        return STATES[answer.code]
    if answer.attribution.origin.contributor is Contributor.UNKNOWN:
        return _unknown(answer)
    return _known(answer)


def _known(answer: LineAnswer) -> str:
    attribution = answer.attribution
    origin = attribution.origin
    if origin.contributor is Contributor.HUMAN:
        return _named("person", person_name(origin.person))
    if origin.contributor is Contributor.BOT:
        return _named("robot", robot_name(origin, answer.commit))
    if origin.contributor is Contributor.MIXED:
        return _agent(origin, "agent and person")
    return _agent(origin, "agent took part" if attribution.basis in OF_THE_WHOLE_COMMIT else "agent")


def _unknown(answer: LineAnswer) -> str:
    for state in answer.states:
        if state.code not in _SAY_LITTLE:
            return STATES[state.code]
    return "unknown" if answer.commit else "not committed"


def _agent(origin: Origin, kind: str) -> str:
    agent = origin.agent
    if agent is None:
        return kind
    return _named(kind, tool_name(agent.tool) if agent.tool else model_name(agent.model))


def _named(kind: str, name: str | None) -> str:
    if not name:
        return kind
    name = one_line(name)
    return f"{kind} · {name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + '…'}"
