"""A slow, plain reference for who git says wrote which line, with the line's text; nothing but `git blame` is asked."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from bench.oracle.git_ai import BlamedLine, git, unquoted


@dataclass(frozen=True)
class TextLine(BlamedLine):
    """A blamed line and what it says, without its line end; bytes that are not UTF-8 are surrogate-escaped."""

    text: str


def blame_text(repository: str, path: str, revisions: str = "HEAD") -> Iterator[TextLine]:
    """Blame of a file, one item per line, in order.

    `revisions` is a commit, or `COMMIT^!` for what that commit alone wrote: other lines bear its parents' names then.
    """
    answer = git(repository, "blame", "--line-porcelain", revisions, "--", path)
    header: list[str] = []
    path_at_revision = ""
    for raw in answer.split(b"\n"):
        if raw.startswith(b"\t"):
            text = raw[1:].decode("utf-8", "surrogateescape")
            yield TextLine(int(header[2]), header[0], path_at_revision, int(header[1]), text)
            header = []
        elif not header:
            header = raw.decode("utf-8", "surrogateescape").split(" ")
        elif raw.startswith(b"filename "):
            path_at_revision = unquoted(raw.removeprefix(b"filename "))


def lines_written(repository: str, revision: str, path: str) -> list[TextLine]:
    """Lines of a file that one commit wrote, by blame; none when the commit does not have the file."""
    try:
        return [line for line in blame_text(repository, path, f"{revision}^!") if line.revision == revision]
    except subprocess.CalledProcessError:
        return []


def text_files(repository: str, revision: str = "HEAD") -> list[str]:
    """Paths of the files of a commit that git takes for text; empty files, links and absent blobs are left out."""
    command = ["git", "-C", repository, "grep", "-I", "-l", "-z", "-e", "", revision]
    listed = subprocess.run(command, check=False, capture_output=True).stdout  # fails when a blob is not in the clone
    return [name.partition(":")[2] for name in listed.decode("utf-8", "surrogateescape").split("\0") if name]


def changed_files(repository: str, revision: str) -> list[str]:
    """Paths at a commit of the regular files that it added or changed against its first parent, or all of a root's."""
    command = ["diff-tree", "-r", "-z", "--root", "-m", "--first-parent", "--no-commit-id", "--no-renames"]
    entries = git(repository, *command, revision).decode("utf-8", "surrogateescape").split("\0")[:-1]
    pairs = zip(entries[::2], entries[1::2], strict=True)
    return [path for facts, path in pairs if facts.split(" ")[1].startswith("100")]
