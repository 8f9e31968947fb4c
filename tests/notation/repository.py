"""Writes real git repositories whose hashes are the same on every machine and every day.

    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit("payments: capture", {"pay.py": "def capture(): ...\\n"}, author=ANN)
        history.note(first, note_text({"pay.py": ["a1"]}, [Conversation("a1")]))
    assert (tmp_path / "shop" / "pay.py").exists()

One `git fast-import` writes everything; leaving the `with` block checks out `main`.
"""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from attrs import define, field, frozen

from notation.environment import isolated_environment

STORY_BEGINS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOTES_REF = "refs/notes/ai"


@frozen
class Identity:
    """A name and an e-mail address, as git writes them."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


ANN = Identity("Ann Lee", "ann@example.com")
BOB = Identity("Bob Stone", "bob@example.com")


@define
class RepositoryWriter:
    """History being written. Each method returns once git has the object, so revisions are real at once."""

    path: Path
    object_format: str = "sha1"
    default_branch: str = "main"
    config: str = ""
    """Raw text added to `.git/config` at the very end: hostile settings do not disturb the writing."""

    _clock: datetime = field(default=STORY_BEGINS, init=False)
    _marks: dict[str, int] = field(factory=dict, init=False)
    _last_mark: int = field(default=0, init=False)
    _tips: dict[str, str] = field(factory=dict, init=False)
    _blob_refs: dict[str, str] = field(factory=dict, init=False)
    _process: "subprocess.Popen[bytes]" = field(init=False)

    def __enter__(self) -> Self:
        self.path.mkdir(parents=True, exist_ok=True)
        git(self.path, "init", "-q", f"--object-format={self.object_format}", f"--initial-branch={self.default_branch}")
        self._process = subprocess.Popen(
            ["git", "fast-import", "--quiet", "--force", "--date-format=raw"],
            cwd=self.path,
            env=isolated_environment(self.path / ".git"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
        if error is not None:
            return
        if self._process.returncode:
            raise RuntimeError(f"git fast-import failed with status {self._process.returncode}")
        creations = "".join(f"create {ref} {blob}\n" for ref, blob in self._blob_refs.items())
        git(self.path, "update-ref", "--stdin", stdin=creations.encode())  # fast-import refuses refs to blobs
        if self.default_branch in self._tips:
            git(self.path, "reset", "-q", "--hard", self.default_branch)
        with (self.path / ".git" / "config").open("a", encoding="utf-8") as config:
            config.write(self.config)

    def commit(
        self,
        message: str,
        files: Mapping[str, str | bytes | None] | None = None,
        *,
        author: Identity = ANN,
        committer: Identity | None = None,
        when: datetime | None = None,
        branch: str | None = None,
        parents: Sequence[str] | None = None,
        renames: Mapping[str, str] | None = None,
        links: Mapping[str, str] | None = None,
        executables: Iterable[str] = (),
        encoding: str | None = None,
    ) -> str:
        """Return the new commit's revision.

        `files` holds whole texts of what changes (None deletes), `renames` old path → new path, `links` path →
        target of symbolic links. `branch` defaults to `default_branch`, `parents` to the branch's tip, `when` to one
        hour after the last commit. Paths that are not UTF-8 are surrogate-escaped.
        """
        branch = branch or self.default_branch
        parents = [tip for tip in [self._tips.get(branch)] if tip] if parents is None else parents
        self._clock = when or self._clock + timedelta(hours=1)
        lines = [f"commit refs/heads/{branch}".encode(), _stamp("author", author, self._clock)]
        lines += [_stamp("committer", committer or author, self._clock)]
        lines += [f"encoding {encoding}".encode()] if encoding else []
        lines += [_data(message.encode(encoding or "utf-8", "surrogateescape"))]
        lines += [
            f"{'merge' if index else 'from'} :{self._marks[parent]}".encode() for index, parent in enumerate(parents)
        ]
        if not parents:
            lines += [b"deleteall"]
        lines += [b"R " + _quoted(old) + b" " + _quoted(new) for old, new in (renames or {}).items()]
        for path, text in (files or {}).items():
            lines += _change(path, text, b"100755" if path in set(executables) else b"100644")
        for path, target in (links or {}).items():
            lines += _change(path, target, b"120000")
        revision = self._written(lines)
        self._tips[branch] = revision
        return revision

    def tip(self, branch: str | None = None) -> str:
        """Return the last commit of a branch."""
        return self._tips[branch or self.default_branch]

    def note(self, revision: str, text: str | bytes, ref: str = NOTES_REF) -> None:
        """Attach `text` to a commit of this repository."""
        change = [b"N inline :%d" % self._marks[revision], _data(_bytes(text))]
        self._add_to(ref, change)

    def note_at(self, name: str, text: str | bytes, ref: str = NOTES_REF) -> None:
        """Write a note under any path of the notes tree: other fan-outs, commits that are not here, foreign names."""
        self._add_to(ref, _change(name, text, b"100644"))

    def blob_ref(self, ref: str, text: str | bytes) -> str:
        """Point `ref` straight at a blob, as `refs/ai/authorship/*` do; return the blob's id."""
        blob = self._written([b"blob", _data(_bytes(text))])
        self._blob_refs[ref] = blob
        return blob

    def ref(self, name: str, revision: str) -> None:
        """Point a ref of any name at a commit of this repository."""
        self._send([f"reset {name}\nfrom :{self._marks[revision]}\n".encode()])

    def _add_to(self, ref: str, change: list[bytes]) -> None:
        lines = [f"commit {ref}".encode(), _stamp("committer", ANN, self._clock), _data(b"")]
        lines += [b"from :%d" % self._marks[self._tips[ref]]] if ref in self._tips else []
        self._tips[ref] = self._written(lines + change)

    def _written(self, lines: list[bytes]) -> str:
        """Send an object, its kind in the first line, with a mark of its own; return its id."""
        self._last_mark += 1
        self._send([lines[0], b"mark :%d" % self._last_mark, *lines[1:], b"get-mark :%d" % self._last_mark])
        name = _pipe(self._process.stdout).readline().decode().strip()
        if not name:
            raise RuntimeError("git fast-import refused what it was told; its reason is on stderr")
        self._marks[name] = self._last_mark
        return name

    def _send(self, lines: list[bytes]) -> None:
        stream = _pipe(self._process.stdin)
        stream.write(b"\n".join(lines) + b"\n")
        stream.flush()


def git(folder: Path, *arguments: str, stdin: bytes | None = None) -> str:
    """Run git in `folder`, isolated from the machine's configuration; return what it prints."""
    environment = isolated_environment(folder / ".git")
    finished = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, input=stdin, stdout=subprocess.PIPE, check=True
    )
    return finished.stdout.decode("utf-8", "surrogateescape")


def _stamp(role: str, identity: Identity, when: datetime) -> bytes:
    return f"{role} {identity} {int(when.timestamp())} {when:%z}".encode()


def _data(content: bytes) -> bytes:
    return b"data %d\n%b" % (len(content), content)


def _change(path: str, content: str | bytes | None, mode: bytes) -> list[bytes]:
    if content is None:
        return [b"D " + _quoted(path)]
    return [b"M " + mode + b" inline " + _quoted(path), _data(_bytes(content))]


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode("utf-8", "surrogateescape")


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text


def _pipe(stream: "IO[bytes] | None") -> "IO[bytes]":
    if stream is None:
        raise RuntimeError("git fast-import has no pipe")
    return stream
