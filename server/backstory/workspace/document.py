"""What stands behind a document: its repository, its text at HEAD, and why there may be none."""

import codecs
from pathlib import Path

from attrs import evolve, field, frozen

from backstory.attribution.head_lines import HeadText, head_lines_of
from backstory.history.cancel import Cancellation
from backstory.history.files import BLOCKING, committed_file_state, file_state, file_text
from backstory.history.repository import repo_path, resolve_revision
from backstory.model.attribution import NOT_COMMITTED, Attribution
from backstory.model.errors import BackstoryError
from backstory.model.evidence import Basis
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN
from backstory.model.region import SyntaxUnit
from backstory.model.state import State, StateCode
from backstory.model.text import Text
from backstory.project.generated import generated_state
from backstory.workspace.head_file import HeadFile
from backstory.workspace.opened import OpenedRepository, Repositories
from backstory.workspace.snapshot import Snapshot


@frozen(eq=False)
class Document:
    """One file as its repository knows it; the same for as long as HEAD and the records stand still.

    What is said of HEAD holds for the revision of an older version.
    """

    path: RepoPath
    opened: OpenedRepository | None
    states: tuple[State, ...]
    head: Revision | None = None
    head_text: HeadText | None = None
    file: HeadFile | None = None
    default: Attribution = field(default=NOT_COMMITTED)
    """What is said of lines that HEAD does not have."""

    trouble: BackstoryError | None = None
    """What was wrong with the environment, for a shell that can only stop."""

    def snapshot(self, text: Text, units: tuple[SyntaxUnit, ...]) -> Snapshot:
        """Return the snapshot of a text, comparing it with the one at HEAD."""
        head_lines = head_lines_of(text, self.head_text) if self.head_text and self.file else [0] * text.line_count
        return Snapshot(
            path=self.path,
            head=self.head,
            file=self.file,
            head_lines=head_lines,
            units=units,
            states=self.states,
            prompts=self.opened.prompts if self.opened else None,
            default=self.default,
        )


def open_document(
    repositories: Repositories, path: Path, cancellation: Cancellation, version: str | None = None
) -> Document:
    """Return what the repository knows of a file, or of its version at a revision of any name.

    Environment trouble becomes a state of the document.
    """
    try:
        opened = repositories.containing(path)
        inside = repo_path(opened.repository, path)
        if inside is None:
            return _without_head(str(path), None, _outside(path))
        head = resolve_revision(opened.repository, version) if version else opened.head
        return _open(opened, inside, head, cancellation)
    except BackstoryError as error:
        return evolve(_without_head(str(path), None, error.state), trouble=error)


def _open(opened: OpenedRepository, path: RepoPath, head: Revision | None, cancellation: Cancellation) -> Document:
    file = opened.file(path, head)
    if head is None or file is None:
        no_commits = State(StateCode.NO_COMMITS, "This repository has no commit yet.")
        return _without_head(path, opened, no_commits, *file_state(opened.repository, path))
    file.begin()  # blame takes longest: the rest happens while it runs
    opened.prepare()
    document = evolve(_beside_blame(opened, path, head, cancellation), head=head)
    if document.head_text is None:
        file.call_off()
        return document
    return evolve(document, file=file)


def _beside_blame(opened: OpenedRepository, path: RepoPath, head: Revision, cancellation: Cancellation) -> Document:
    repository = opened.repository
    text = file_text(repository, head, path, opened.reader)
    cancellation.raise_if_cancelled()
    if isinstance(text, State):
        return _without_head(path, opened, *_stated_once(text, *file_state(repository, path)))
    states = committed_file_state(repository, path, opened.attributes)
    if any(state.code in BLOCKING for state in states):
        return _without_head(path, opened, *states)
    generated = generated_state(path, text.removeprefix(codecs.BOM_UTF8))
    states = _stated_once(*states, *((generated,) if generated else ()))
    return Document(path, opened, states, head_text=HeadText(text))


def _stated_once(*states: State) -> tuple[State, ...]:
    """Return one state of each code, the last of those with the same: it knows more of the file."""
    return tuple({state.code: state for state in states}.values())


def _without_head(path: str, opened: OpenedRepository | None, *states: State) -> Document:
    reason = states[0].reason if states else None
    default = Attribution(UNKNOWN_ORIGIN, Basis.NONE, reason=reason) if reason else NOT_COMMITTED
    return Document(RepoPath(path), opened, states, default=default)


def _outside(path: Path) -> State:
    return State(StateCode.OUTSIDE, f"{path.name} lies outside the repository's work tree.")
