"""A repository in which an agent and a person work by turns; the agent's transcript grows as Claude Code writes it."""

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from pathlib import Path

from attrs import define, field

from notation.environment import isolated_environment

ANN = {"NAME": "Ann Lee", "EMAIL": "ann@example.com"}
SESSION = "11111111-2222-4333-8444-555555555555"


@define
class Workplace:
    """Each act takes a minute."""

    root: Path
    home: Path
    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    variables: dict[str, str] = field(factory=dict)
    """For git, besides those of an isolated machine."""

    _transcripts: dict[str, list[dict[str, object]]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "--initial-branch=main")

    def git(self, *arguments: str, check: bool = True, folder: Path | None = None, stdin: str = "") -> str:
        """Run git as a person does: with hooks."""
        self.now += timedelta(minutes=1)
        dates = {f"GIT_{role}_DATE": self.now.isoformat() for role in ("AUTHOR", "COMMITTER")}
        person = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in ANN.items()}
        environment = {
            name: value for name, value in isolated_environment(self.home).items() if "CONFIG_GLOBAL" not in name
        }
        finished = subprocess.run(
            ["git", *arguments],
            cwd=folder or self.root,
            env={**environment, **dates, **person, "GIT_EDITOR": "true", **self.variables},
            input=stdin.encode(),
            capture_output=True,
            check=False,
        )
        if check and finished.returncode:
            raise AssertionError(f"git {arguments}: {finished.stderr.decode()}")
        return finished.stdout.decode()

    def commit(self, message: str = "work", *options: str) -> str:
        """Commit everything that lies in the work tree; return the revision."""
        self.git("add", "-A")
        return self.commit_staged(message, *options)

    def commit_staged(self, message: str = "work", *options: str, folder: Path | None = None) -> str:
        self.git("commit", "-q", "-m", message, *options, folder=folder)
        return self.git("rev-parse", "HEAD", folder=folder).strip()

    def types(self, path: str, text: str) -> None:
        """A person changes a file."""
        self.now += timedelta(minutes=1)
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(text.encode())

    def asks(self, text: str, session: str = SESSION) -> None:
        """A person asks the agent for something."""
        self._entry(session, "user", message={"role": "user", "content": text})

    def writes(
        self, path: str, text: str, session: str = SESSION, *, folder: Path | None = None, is_confirmed: bool = True
    ) -> None:
        """The agent changes a file, and its transcript says how."""
        file = (folder or self.root) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        old = file.read_text() if file.exists() else None
        call = f"toolu_{len(self._transcripts.get(session, ())):04}"
        given = {"file_path": str(file), "content": text}
        block = {"type": "tool_use", "id": call, "name": "Write", "input": given}
        message = {"role": "assistant", "model": "claude-sonnet-4-6", "content": [block]}
        self._entry(session, "assistant", folder=folder, message=message)
        file.write_bytes(text.encode())
        if is_confirmed:
            patch = [] if old is None else hunks(old.splitlines(), text.splitlines())
            outcome = {"type": "update" if patch else "create", "filePath": str(file), "content": text}
            result = {"type": "tool_result", "tool_use_id": call, "content": "done"}
            message = {"role": "user", "content": [result]}
            self._entry(
                session, "user", folder=folder, message=message, toolUseResult={**outcome, "structuredPatch": patch}
            )

    def note(self, revision: str = "HEAD") -> str:
        """Return the note on a commit, empty when there is none."""
        return self.git("notes", "--ref=refs/notes/ai", "show", revision, check=False)

    def annotated(self, revision: str, path: str, claimed: dict[int, str]) -> str:
        """Return a file with a mark before each line that is claimed."""
        lines = self.git("show", f"{revision}:{path}").splitlines()
        return "\n".join(f"{'a' if number in claimed else ' '}|{line}" for number, line in enumerate(lines, 1))

    def _entry(self, session: str, kind: str, folder: Path | None = None, **fields: object) -> None:
        self.now += timedelta(minutes=1)
        entries = self._transcripts.setdefault(session, [])
        entries.append(
            {
                "type": kind,
                "uuid": f"entry-{len(entries)}",
                "parentUuid": f"entry-{len(entries) - 1}" if entries else None,
                "sessionId": session,
                "cwd": str(folder or self.root),
                "isSidechain": False,
                "timestamp": self.now.isoformat().replace("+00:00", "Z"),
                **fields,
            }
        )
        path = self.home / ".claude" / "projects" / "shop" / f"{session}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(each) + "\n" for each in entries))
        os.utime(path, (self.now.timestamp(), self.now.timestamp()))


def hunks(old: list[str], new: list[str]) -> list[dict[str, object]]:
    """Return a change as Claude Code records one."""
    return [
        {
            "oldStart": a + 1,
            "oldLines": b - a,
            "newStart": c + 1,
            "newLines": d - c,
            "lines": [*(f"-{line}" for line in old[a:b]), *(f"+{line}" for line in new[c:d])],
        }
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
