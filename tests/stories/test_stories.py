"""Every `.story` in this folder: its repository is built, and the annotated blame must be what the story says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backstory.history.cancel import Cancellation
from backstory.model.answer import AnnotatedFile, AnnotatedLine, LineAnswer
from backstory.model.names import RepoPath
from backstory.model.text import Text
from backstory.syntax.languages import language_of
from backstory.workspace.queries import Queries
from notation.build import Stage, build
from notation.gutter import annotated
from notation.story import Expectation, Story, read_story

STORIES = sorted(Path(__file__).parent.glob("*.story"))


@pytest.fixture
def queries() -> Iterator[Queries]:
    queries = Queries()
    yield queries
    queries.close()


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path, tmp_path: Path, queries: Queries, pytestconfig: pytest.Config) -> None:
    story = read_story(path)
    stage = build(story, tmp_path / "repository")
    told = [(expectation, tell(story, stage, expectation, queries)) for expectation in story.expectations]
    assert list(tmp_path.rglob("*-ran")) == [], "programs that hostile settings name leave a file"
    if pytestconfig.getoption("--update"):
        rewrite(path, told)
    else:
        assert told, "a story without `blame` proves nothing"
        for expectation, lines in told:
            assert lines == list(expectation.expected), f"{expectation.verb} {expectation.place}"


def tell(story: Story, stage: Stage, expectation: Expectation, queries: Queries) -> list[str]:
    """Return what stands below the expectation if today's Backstory is right."""
    path = stage.root / expectation.place
    page = story.editor.get(expectation.place)
    text = Text.of(page.text) if page else Text.of_bytes(path.read_bytes())
    file = annotate_buffer(queries, path, text) if page else queries.annotate(path, Cancellation())
    return annotated(story, stage, expectation.place, [line.rstrip("\n") for line in text.lines()], file)


def annotate_buffer(queries: Queries, path: Path, text: Text) -> AnnotatedFile:
    """Ask for each line of an open, unsaved document, as an editor does."""
    buffers = queries.buffers(lambda _: None)
    buffer = buffers.open(path, text, language_of(str(path)))
    answers = [buffers.wait_for(buffer, line, Cancellation()) for line in range(1, text.line_count + 1)]
    buffers.close(buffer)
    lines = tuple(annotated_line(answer) for answer in answers if isinstance(answer, LineAnswer))
    return AnnotatedFile(RepoPath(path.name), None, lines, (), (), {})


def annotated_line(answer: LineAnswer) -> AnnotatedLine:
    revision = answer.commit.revision if answer.commit else None
    return AnnotatedLine(answer.line, answer.attribution, revision, answer.path_at_revision, answer.line_at_revision)


def rewrite(path: Path, told: list[tuple[Expectation, list[str]]]) -> None:
    """Put what is true today in the place of what the story expects."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for expectation, new in reversed(told):
        lines[expectation.first : expectation.last] = [f"    {line}" for line in new]
    path.write_text("\n".join(lines), encoding="utf-8")
