"""A copy of a repository that shares its objects and has its own refs and files: to hide notes in, to go back in.

Nothing in the program knows of this: it sees a repository in which the hidden notes never were.
"""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bench.oracle.git_ai import git

NOTES = "refs/notes/ai"
LEGACY = "refs/ai/authorship/"


class Scratch:
    """The copy, made in an empty folder; it stands at the original's HEAD."""

    def __init__(self, repository: Path, folder: Path) -> None:
        self.root = folder
        original = git(str(repository), "rev-parse", "--path-format=absolute", "--git-path", "objects").decode().strip()
        refs = git(str(repository), "for-each-ref", "--format=create %(refname) %(objectname)")
        subprocess.run(["git", "init", "-q", "--initial-branch=scratch", str(folder)], check=True)
        (folder / ".git" / "objects" / "info" / "alternates").write_text(original + "\n")
        self.git("update-ref", "--stdin", stdin=refs)
        self.head = git(str(repository), "rev-parse", "HEAD").decode().strip()
        self.stand_at(self.head)

    def git(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> str:
        """Answer of a git command in the copy."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        if index:
            environment["GIT_INDEX_FILE"] = str(index)
        command = [
            "git",
            "-C",
            str(self.root),
            "-c",
            "user.name=Bench",
            "-c",
            "user.email=bench@example.com",
            *arguments,
        ]
        finished = subprocess.run(command, env=environment, input=stdin, stdout=subprocess.PIPE, check=True)
        return finished.stdout.decode("utf-8", "surrogateescape")

    def stand_at(self, commit: str) -> None:
        """Make a commit HEAD, with its files in the work tree; a file whose blob is not in the clone stays away."""
        self.git("update-ref", "--no-deref", "HEAD", commit)
        subprocess.run(
            ["git", "-C", str(self.root), "-c", "protocol.allow=never", "reset", "-q", "--hard", commit],
            check=False,
            stderr=subprocess.DEVNULL,
        )

    def hide_notes(self, commits: Iterable[str]) -> None:
        """Take the commits' notes out of every notes ref of git-ai, and their records of the time before notes."""
        hidden = set(commits)
        for ref in self.git("for-each-ref", "--format=%(refname)", "refs/notes/").split():
            if ref.startswith(NOTES):
                self._rewrite(ref, hidden)
        legacy = self.git("for-each-ref", "--format=%(refname)", LEGACY).split()
        gone = [ref for ref in legacy if ref.removeprefix(LEGACY) in hidden]
        self.git("update-ref", "--stdin", stdin="".join(f"delete {ref}\n" for ref in gone).encode())

    def _rewrite(self, ref: str, hidden: set[str]) -> None:
        index = self.root / ".git" / "notes-index"
        self.git("read-tree", ref, index=index)
        paths = self.git("ls-tree", "-r", "--name-only", ref).splitlines()
        zero = "0" * len(self.head)
        removed = [f"0 {zero}\t{path}\n" for path in paths if path.replace("/", "") in hidden]
        self.git("update-index", "--index-info", stdin="".join(removed).encode(), index=index)
        tree = self.git("write-tree", index=index).strip()
        commit = self.git("commit-tree", "-m", "notes without the hidden ones", tree).strip()
        self.git("update-ref", ref, commit)
        index.unlink()
