"""Every commit of the matrix with every unsaved edit: each line is where it went, or deleted, and by whom."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

from backstory.history.cancel import Cancellation
from backstory.history.drift import DriftReader
from backstory.history.repository import discover
from backstory.model.located import LineState
from backstory.model.names import RepoPath, Revision
from backstory.model.text import Text
from notation.repository import RepositoryWriter
from triage.drift_changes import ASKED, BUILD, COMMITTED, UNSAVED
from triage.line_identity import Files, commit, place_of, text_of


@frozen
class Told:
    root: Path
    build: Revision
    versions: tuple[tuple[Revision, Files], ...]
    """The build's commit and those after it."""

    @property
    def head(self) -> Revision:
        return self.versions[-1][0]

    @property
    def today(self) -> Files:
        return self.versions[-1][1]

    def deleted_by(self, name: str) -> Revision | None:
        return next((revision for revision, files in self.versions if place_of(name, files) is None), None)


@pytest.fixture(scope="module", params=COMMITTED)
def told(request, tmp_path_factory) -> Iterator[Told]:
    root = tmp_path_factory.mktemp("drift")
    with RepositoryWriter(root) as history:
        build = commit(history, "Build", {}, BUILD)
        versions = [(Revision(build), BUILD)]
        for change in COMMITTED[request.param]:
            before = versions[-1][1]
            after = change(before)
            versions.append((Revision(commit(history, change.__name__, before, after)), after))
    return Told(root, Revision(build), tuple(versions))


@pytest.mark.parametrize("unsaved", UNSAVED)
def test_each_line_is_where_it_went(told, unsaved) -> None:
    in_front = UNSAVED[unsaved](told.today)
    texts = {path: Text.of(text_of(lines)) for path, lines in in_front.items()}
    with DriftReader(discover(told.root), told.head, texts.get) as reader:
        for number in ASKED:
            name = f"shop.py:{number}"
            drift = reader.follow(told.build, RepoPath("shop.py"), number, Cancellation())
            place = place_of(name, in_front)
            if place is None:
                assert (drift.state, drift.deleted_by) == (LineState.DELETED, told.deleted_by(name)), (name, drift)
                continue
            state = LineState.EXACT if place == ("shop.py", number) else LineState.MOVED
            assert (str(drift.path), drift.line, drift.state) == (*place, state), (name, drift)
