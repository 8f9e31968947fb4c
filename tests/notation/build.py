"""Makes a story happen: writes its repository, its notes and its unsaved changes."""

import re
from pathlib import Path

from attrs import frozen

from notation.authorship import human_key, metadata, note_text
from notation.repository import NOTES_REF, RepositoryWriter
from notation.story import Happening, Story, Writing


@frozen
class Stage:
    """The repository in which a story happened."""

    root: Path
    revisions: dict[str, str]
    """The story's name of a commit → its revision."""


def build(story: Story, root: Path) -> Stage:
    """Write the story's repository into the empty folder `root`."""
    revisions: dict[str, str] = {}
    written_by_hand = {writing.commit for writing in story.writings if writing.ref == NOTES_REF}
    with RepositoryWriter(root, story.object_format, config=story.config) as history:
        for happening in story.happenings:
            revision = revisions[happening.alias] = _commit(history, story, happening, revisions)
            if happening.alias not in written_by_hand:
                _note_from_gutter(history, story, happening, revision)
        for writing in story.writings:
            _attach(history, story, writing, revisions[writing.commit])
        for name, commit in story.refs.items():
            history.ref(name, revisions[commit])
    for path, page in story.disk.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(page.text.encode())
    return Stage(root, revisions)


def _commit(history: RepositoryWriter, story: Story, happening: Happening, revisions: dict[str, str]) -> str:
    message = "\n".join([happening.subject, *([""] if happening.body else []), *happening.body]) + "\n"
    parents = None
    if happening.start or happening.merged:
        start = revisions[happening.start] if happening.start else history.tip(happening.branch)
        parents = [start, *([revisions[happening.merged]] if happening.merged else [])]
    return history.commit(
        message,
        {path: _with_revisions(page.text, revisions) if page else None for path, page in happening.files.items()},
        author=story.people[happening.author],
        committer=story.people[happening.committer] if happening.committer else None,
        when=happening.when,
        branch=happening.branch,
        parents=parents,
        renames=happening.renames,
        links=happening.links,
    )


def _with_revisions(text: str, revisions: dict[str, str]) -> str:
    """Return `text` with `{c1}` replaced by that commit's revision: files that name commits."""
    return re.sub(r"\{(\w+)\}", lambda match: revisions.get(match[1], match[0]), text)


def _note_from_gutter(history: RepositoryWriter, story: Story, happening: Happening, revision: str) -> None:
    """Write the note that the commit's gutters amount to; none where no gutter has a mark."""
    gutters = {path: page.gutter for path, page in happening.files.items() if page and any(page.gutter)}
    if gutters:
        history.note(revision, note_text(gutters, story.conversations.values(), story.people, base=revision))


def _attach(history: RepositoryWriter, story: Story, writing: Writing, revision: str) -> None:
    text = re.sub(r"\{(records\b)?([\w: ]*)\}", lambda match: _spelled_out(story, match, revision), writing.text)
    if writing.ref is None:
        history.blob_ref(f"refs/ai/authorship/{revision}", text)
    else:
        history.note(revision, text, writing.ref)


def _spelled_out(story: Story, match: "re.Match[str]", revision: str) -> str:
    """Return what `{a1}`, `{h:ann}` and `{records a1 h:ann}` stand for: keys, and the JSON that holds their records."""
    aliases = match[2].split()
    if match[1]:
        talks = [story.conversations[alias] for alias in aliases if not alias.startswith("h:")]
        humans = [story.people[alias[2:]] for alias in aliases if alias.startswith("h:")]
        return metadata(talks, humans, revision)
    if len(aliases) != 1:
        return match[0]
    if aliases[0].startswith("h:"):
        return human_key(story.people[aliases[0][2:]])
    return story.conversations[aliases[0]].entry_key
