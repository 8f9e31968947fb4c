"""Reads a story: what happened in a repository, and the annotated blame it must give. README.md shows the language."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from attrs import define, field, frozen

from notation.authorship import Conversation, Message
from notation.repository import ANN, BOB, Identity

NO_NEWLINE = "\\ No newline at end of file"
CONTROL_PICTURES = {"␌": "\f", "␍": "\r", "␋": "\v", "␛": "\x1b", "␤": "\u2028"}


class StoryError(Exception):
    """A line of the story says something the language has no words for."""


@frozen
class Page:
    """A file's text with the mark that stands before each of its lines."""

    text: str
    gutter: tuple[str | None, ...]


@define
class Happening:
    """A commit, as the story tells it."""

    alias: str
    author: str
    subject: str
    committer: str | None = None
    branch: str | None = None
    start: str | None = None
    merged: str | None = None
    when: datetime | None = None
    body: list[str] = field(factory=list)
    files: dict[str, Page | None] = field(factory=dict)
    renames: dict[str, str] = field(factory=dict)
    links: dict[str, str] = field(factory=dict)


@frozen
class Writing:
    """Text the story attaches to a commit as it stands: a note, or a blob of the time before notes."""

    commit: str
    ref: str | None
    """None for `refs/ai/authorship/*`."""

    text: str


@frozen
class Expectation:
    """What the story says comes out: a `blame` or a `hover`, and where in the story's lines it stands."""

    verb: str
    place: str
    expected: tuple[str, ...]
    first: int
    last: int
    """0-based index of the lines below the verb, `last` excluded."""


@define
class Story:
    """All a story file says."""

    path: Path
    object_format: str = "sha1"
    config: str = ""
    people: dict[str, Identity] = field(factory=lambda: {"ann": ANN, "bob": BOB})
    conversations: dict[str, Conversation] = field(factory=dict)
    happenings: list[Happening] = field(factory=list)
    writings: list[Writing] = field(factory=list)
    refs: dict[str, str] = field(factory=dict)
    disk: dict[str, Page] = field(factory=dict)
    """Files changed in the work tree after the last commit."""

    editor: dict[str, Page] = field(factory=dict)
    """Texts open in the editor, not saved."""

    expectations: list[Expectation] = field(factory=list)


def read_story(path: Path) -> Story:
    """Return the story that `path` tells. Raises StoryError with the line that makes no sense."""
    story = Story(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for start, end in _paragraphs(lines):
        block = [line[4:] for line in lines[start + 1 : end]]
        while block and not block[-1]:
            block.pop()
        try:
            _read_paragraph(story, lines[start], block, start + 1)
        except (StoryError, KeyError, ValueError) as error:
            raise StoryError(f"{path.name}:{start + 1}: {lines[start]!r}: {error}") from error
    return story


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield each line at the margin that is no comment, and where the indented block below it ends."""
    margins = [index for index, line in enumerate(lines) if line and line[0] not in " #"]
    stops = [index for index, line in enumerate(lines) if line and line[0] != " "] + [len(lines)]
    for start in margins:
        yield start, next(stop for stop in stops if stop > start)


def _read_paragraph(story: Story, head: str, block: list[str], first: int) -> None:
    for pattern, read in PARAGRAPHS.items():
        if match := re.fullmatch(pattern, head):
            read(story, match, block)
            return
    if match := re.fullmatch(r"(blame|hover) (.+)", head):
        expectation = Expectation(match[1], match[2], tuple(block), first, first + len(block))
        story.expectations.append(expectation)
        return
    raise StoryError("no such paragraph")


def _person(story: Story, match: re.Match[str], _: list[str]) -> None:
    story.people[match["alias"]] = Identity(match["name"], match["email"])


def _conversation(story: Story, match: re.Match[str], block: list[str]) -> None:
    story.conversations[match["alias"]] = Conversation(
        match["alias"],
        match["tool"],
        match["model"],
        story.people[match["asker"]] if match["asker"] else None,
        is_legacy=match["kind"] == "prompt",
        messages=tuple(Message(*line.split(": ", 1)) for line in block),
    )


def _format(story: Story, match: re.Match[str], _: list[str]) -> None:
    story.object_format = match["name"]


def _config(story: Story, _: re.Match[str], block: list[str]) -> None:
    story.config += "\n".join(block) + "\n"


def _note(story: Story, match: re.Match[str], block: list[str]) -> None:
    ref = match["ref"] or "refs/notes/ai"
    story.writings.append(Writing(match["commit"], ref, _decoded("\n".join(block))))


def _legacy(story: Story, match: re.Match[str], block: list[str]) -> None:
    story.writings.append(Writing(match["commit"], None, "\n".join(block)))


def _ref(story: Story, match: re.Match[str], _: list[str]) -> None:
    story.refs[match["name"]] = match["commit"]


def _disk(story: Story, match: re.Match[str], block: list[str]) -> None:
    story.disk[match["path"]] = _page(block)


def _editor(story: Story, match: re.Match[str], block: list[str]) -> None:
    story.editor[match["path"]] = _page(block)


def _commit(story: Story, match: re.Match[str], block: list[str]) -> None:
    happening = Happening(match["alias"], match["author"], match["subject"])
    for words in filter(None, (match["more"] or "").split(", ")):
        _qualify(happening, words)
    story.happenings.append(happening)
    index = 0
    while index < len(block):
        end = index + 1
        while end < len(block) and (not block[end] or block[end].startswith("    ")):
            end += 1
        _read_change(happening, block[index], [line[4:] for line in block[index + 1 : end]])
        index = end


def _qualify(happening: Happening, words: str) -> None:
    """Read what stands between a commit's author and its subject."""
    verb, _, rest = words.partition(" ")
    match verb:
        case "committed":
            happening.committer = rest.removeprefix("by ")
        case "on":
            happening.branch = rest
        case "from":
            happening.start = rest
        case "merging":
            happening.merged = rest
        case "at":
            happening.when = datetime.fromisoformat(rest)
        case _:
            raise StoryError(f"{words!r} says nothing about a commit")


def _read_change(happening: Happening, head: str, block: list[str]) -> None:
    verb, _, rest = head.partition(" ")
    match verb:
        case "file":
            happening.files[rest] = _page(block)
        case "delete":
            happening.files[rest] = None
        case "rename":
            old, new = rest.split(" -> ")
            happening.renames[old] = new
        case "link":
            link, target = rest.split(" -> ")
            happening.links[link] = target
        case ">":
            happening.body.append(rest)
        case "":
            pass
        case _:
            raise StoryError(f"{head!r} is nothing a commit does")


def _page(block: list[str]) -> Page:
    """Read lines with a gutter: `a1 | text`; what follows the bar and one space is the line."""
    texts, gutter, ending = [], [], "\n"
    for line in block:
        if line == NO_NEWLINE:
            ending = ""
        elif match := re.fullmatch(r"(\S*) *\|(?: (.*))?", line):
            gutter.append(match[1] or None)
            texts.append(_decoded(match[2] or ""))
        elif line:
            raise StoryError(f"{line!r} has no gutter")
    return Page("\n".join(texts) + ending if texts else "", tuple(gutter))


def _decoded(text: str) -> str:
    return "".join(CONTROL_PICTURES.get(character, character) for character in text)


def encoded(text: str) -> str:
    """Return `text` as a story shows it: characters that nobody sees as their pictures."""
    pictures = {control: picture for picture, control in CONTROL_PICTURES.items()}
    return "".join(pictures.get(character, character) for character in text)


PARAGRAPHS: dict[str, Callable[[Story, re.Match[str], list[str]], None]] = {
    r"person (?P<alias>\w+) +(?P<name>.*) <(?P<email>.*)>": _person,
    r"(?P<kind>session|prompt) +(?P<alias>\w+) +(?P<tool>[^/ ]+)/(?P<model>\S+)(?: asked by (?P<asker>\w+))?": (
        _conversation
    ),
    r"format (?P<name>sha1|sha256)": _format,
    r"config": _config,
    r"commit (?P<alias>\w+) by (?P<author>\w+)(?:, (?P<more>.*?))?: (?P<subject>.*)": _commit,
    r"note on (?P<commit>\w+)(?: in (?P<ref>\S+))?": _note,
    r"authorship ref of (?P<commit>\w+)": _legacy,
    r"ref (?P<name>\S+) at (?P<commit>\w+)": _ref,
    r"disk (?P<path>.+)": _disk,
    r"editor (?P<path>.+)": _editor,
}
