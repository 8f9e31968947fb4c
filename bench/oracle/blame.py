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
    """Paths of the files of a commit that git takes for text; links, submodules and empty files are left out."""
    listed = git(repository, "ls-tree", "-r", "-z", revision).decode("utf-8", "surrogateescape").split("\0")
    regular = {path for facts, _, path in (entry.partition("\t") for entry in listed) if facts.startswith("100")}
    empty_tree = git(repository, "hash-object", "-t", "tree", "--stdin").decode().strip()
    counted = git(repository, "diff-tree", "-r", "-z", "--no-renames", "--numstat", empty_tree, revision)
    found: list[str] = []
    for entry in counted.decode("utf-8", "surrogateescape").split("\0"):
        added, _, rest = entry.partition("\t")
        path = rest.partition("\t")[2]
        if path in regular and added not in ("-", "0"):
            found.append(path)
    return found


def changed_files(repository: str, revision: str) -> list[str]:
    """Paths at a commit of the regular files that it added or changed against its first parent, or all of a root's."""
    command = ["diff-tree", "-r", "-z", "--root", "-m", "--first-parent", "--no-commit-id", "--no-renames"]
    entries = git(repository, *command, revision).decode("utf-8", "surrogateescape").split("\0")[:-1]
    pairs = zip(entries[::2], entries[1::2], strict=True)
    return [path for facts, path in pairs if facts.split(" ")[1].startswith("100")]
