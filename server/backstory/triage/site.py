"""One repository while a report is analysed: its builds, its files, its texts; asked once for each."""

from collections.abc import Sequence

from attrs import define, field

from backstory.history.cancel import Cancellation
from backstory.history.listing import paths_at, tracked_paths
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository, head
from backstory.model.located import LineState, Resolved
from backstory.model.names import RepoPath, Revision
from backstory.model.stacktrace import Frame, StackTrace
from backstory.model.text import Text
from backstory.project.code_mappings import CodeMappings, code_mappings
from backstory.triage.build import Build, find_build
from backstory.triage.resolve_frame import FrameResolver
from backstory.triage.texts_today import TextsToday

TAG_PATTERN = "backstory.releasetag"
"""Git's setting for how this repository tags its releases: `v{version}`."""

NOTHING_COMMITTED = "Nothing is committed yet: the number is the trace's own."

_LARGEST_SOURCE_BYTES = 2_000_000


@define(eq=False)
class Site:
    """A repository at one HEAD."""

    repository: Repository
    texts: TextsToday
    asked: str | None
    """The build that whoever asks names, by any name that git understands."""

    reader: ObjectReader = field(init=False)
    head: Revision | None = field(init=False)
    mappings: CodeMappings = field(init=False)
    _builds: dict[tuple[Revision | None, str | None], Build] = field(factory=dict, init=False)
    _resolver: FrameResolver | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.reader = ObjectReader(self.repository)
        self.head = head(self.repository)
        self.mappings = code_mappings(self.repository.directory)
        self._resolver = FrameResolver(self.repository, self.head, self.text_today) if self.head else None

    @property
    def root(self) -> str:
        """The absolute path of the work tree's top."""
        return str(self.repository.directory)

    def build(self, trace: StackTrace) -> Build:
        """Return the build that a trace names."""
        key = (trace.revision, trace.release)
        if key not in self._builds:
            pattern = self.repository.configuration.get(TAG_PATTERN)
            self._builds[key] = find_build(self.repository, trace, self.asked, pattern)
        return self._builds[key]

    def paths(self, build: Revision | None, cancellation: Cancellation) -> Sequence[RepoPath]:
        """Return the files of a build, those that git tracks now where none is known."""
        if build is not None:
            return paths_at(self.repository, build, cancellation)
        return tracked_paths(self.repository, cancellation)

    def source(self, path: RepoPath, build: Revision | None) -> str | None:
        """Return a file's text as it was built, or today's."""
        if build is not None:
            found = self.reader.read_object(f"{build}:{path}", limit=_LARGEST_SOURCE_BYTES)
            return found.content.decode("utf-8", "replace") if found and found.content is not None else None
        text = self.text_today(path)
        return text.encoded().decode("utf-8", "replace") if text else None

    def text_today(self, path: RepoPath) -> Text | None:
        """Return a file's text in front of us."""
        return self.texts.of(self.root, path)

    def resolve(self, frame: Frame, path: RepoPath, build: Revision | None, cancellation: Cancellation) -> Resolved:
        """Return where a frame of one of the files stands today. Raises: CancelledError."""
        if self._resolver is None:
            return Resolved(self.root, path, frame.lineno, None, LineState.UNKNOWN, build, NOTHING_COMMITTED)
        return self._resolver.resolve(frame, path, build, cancellation)

    def close(self) -> None:
        """End the processes that wait."""
        self.reader.close()
        if self._resolver is not None:
            self._resolver.close()
