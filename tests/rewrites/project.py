"""A real repository in which random people and agents work on a branch, as git-ai records it."""

import subprocess
from datetime import timedelta
from pathlib import Path
from random import Random

from attrs import define, field

from notation.authorship import Conversation, Message, note_text
from notation.environment import isolated_environment
from notation.repository import ANN, BOB, NOTES_REF, STORY_BEGINS, Identity
from rewrites.lines import Line, Tree, Typewriter

PEOPLE: dict[str, Identity] = {"ann": ANN, "bob": BOB}
KEPT_FREE = 8
"""Lines at the top of each file that the branch leaves alone, so that the main branch may write there."""


@define
class Project:
    """The repository and, line by line, who wrote what stands in it."""

    root: Path
    seed: int
    tree: Tree = field(factory=dict)
    random: Random = field(init=False)
    typewriter: Typewriter = field(init=False)
    conversations: dict[str, Conversation] = field(init=False)
    attests_people: bool = field(init=False)
    """Whether the recorder also wrote down what people typed."""

    attested: set[Line] = field(factory=set, init=False)
    noted: dict[str, Tree] = field(factory=dict, init=False)
    """Revision → the tree, for commits with a recorder at work."""

    _hours: int = 0
    _recorded: set[Line] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        self.random = Random(self.seed)
        self.typewriter = Typewriter(self.random)
        self.attests_people = self.seed % 3 == 0
        is_legacy = self.seed % 2 == 1
        self.conversations = {
            alias: Conversation(
                f"{alias}-{self.seed}", asked_by=ANN, is_legacy=is_legacy, messages=_asked(alias, self.seed)
            )
            for alias in ("a1", "a2", "a3")
        }
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "--initial-branch=main")
        self.git("config", "core.autocrlf", "false")

    def git(self, *arguments: str, author: Identity = ANN, stdin: bytes | None = None, may_fail: bool = False) -> str:
        """Run git as somebody, an hour after the last time; return what it prints."""
        self._hours += 1
        when = (STORY_BEGINS + timedelta(hours=self._hours)).isoformat()
        environment = isolated_environment(self.root / ".git") | {
            "GIT_AUTHOR_NAME": author.name,
            "GIT_AUTHOR_EMAIL": author.email,
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_NAME": author.name,
            "GIT_COMMITTER_EMAIL": author.email,
            "GIT_COMMITTER_DATE": when,
            "GIT_EDITOR": "true",
            "GIT_SEQUENCE_EDITOR": "true",
        }
        finished = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, input=stdin, capture_output=True, check=False
        )
        if finished.returncode and not may_fail:
            raise RuntimeError(f"git {' '.join(arguments)}: {finished.stderr.decode()}{finished.stdout.decode()}")
        return finished.stdout.decode()

    def save(self) -> None:
        """Write the files as `tree` has them and stage them."""
        for path in self.git("ls-files").splitlines():
            if path not in self.tree:
                (self.root / path).unlink(missing_ok=True)
        for path, lines in self.tree.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes("".join(f"{line.text}\n" for line in lines).encode())
        self.git("add", "--all")

    def commit(self, writer: str, *options: str, is_noted: bool = True) -> str:
        """Commit the tree; a recorder at work writes a note on what is new in it. Return the revision."""
        self.save()
        self.git(
            "commit",
            "-q",
            "--allow-empty",
            *(options or ("-m", f"step {self._hours} by {writer}")),
            author=identity(writer),
        )
        revision = self.git("rev-parse", "HEAD").strip()
        if is_noted:
            self._note(revision)
            self.noted[revision] = {path: list(lines) for path, lines in self.tree.items()}
        self._recorded.update(line for lines in self.tree.values() for line in lines)
        return revision

    def _note(self, revision: str) -> None:
        gutters: dict[str, list[str | None]] = {}
        for path, lines in self.tree.items():
            new = [line not in self._recorded and (line.is_agents or self.attests_people) for line in lines]
            if any(new):
                gutters[path] = [line.writer if is_new else None for line, is_new in zip(lines, new, strict=True)]
                self.attested.update(line for line, is_new in zip(lines, new, strict=True) if is_new)
        if gutters:
            conversations = [_as(alias, talk) for alias, talk in self.conversations.items()]
            text = note_text(gutters, conversations, PEOPLE, base=revision)
            self.git("notes", f"--ref={NOTES_REF}", "add", "-f", "-F", "-", revision, stdin=text.encode())

    def begin(self) -> None:
        """Write some files by hand on `main`, before anybody recorded anything, and begin the branch."""
        for name in ("shop/pay.py", "shop/cart.py", "lib/report.py"):
            self.tree[name] = self.typewriter.block("h:ann", self.random.randrange(25, 45))
        self.commit("h:ann", is_noted=False)
        self.change("h:bob", list(self.tree))
        self.commit("h:bob", is_noted=False)
        self.git("switch", "-q", "-c", "feature")

    def work(self, paths: list[str] | None = None, agents: int = 4) -> None:
        """Let agents and people commit on the branch, each after the other, near each other's lines."""
        writers = ["a1", "a2", *self.random.choices(["a1", "a2", "a3"], k=max(agents - 2, 0))]
        for writer in writers:
            self.change(writer, paths or list(self.tree))
            self.commit(writer)
            if self.random.random() < 0.6:
                person = self.random.choice(["h:ann", "h:bob"])
                self.change(person, paths or list(self.tree))
                self.commit(person)

    def change(self, writer: str, paths: list[str]) -> None:
        """Let somebody insert blocks, edit lines and take some out; at least one new block."""
        self.insert(writer, self.random.choice(paths), self.random.randrange(8, 22))
        for _ in range(self.random.randrange(1, 4)):
            path = self.random.choice(paths)
            lines = self.tree[path]
            place = self._place(path, writer)
            match self.random.choice(["insert", "edit", "edit", "delete"]):
                case "insert":
                    self.insert(writer, path, self.random.randrange(1, 10))
                case "edit":
                    lines[place : place + 1] = [
                        self.typewriter.edited(line, writer) for line in lines[place : place + 1]
                    ]
                case "delete":
                    del lines[place : place + self.random.randrange(1, 3)]

    def insert(self, writer: str, path: str, length: int) -> None:
        """Insert a new block somewhere, people and agents often beside each other's lines."""
        place = self._place(path, writer)
        self.tree[path][place:place] = self.typewriter.block(writer, length)

    def _place(self, path: str, writer: str) -> int:
        lines = self.tree[path]
        foreign = [
            place for place in range(KEPT_FREE, len(lines)) if lines[place].is_agents and lines[place].writer != writer
        ]
        if foreign and self.random.random() < 0.6:
            return self.random.choice(foreign)
        return self.random.randrange(KEPT_FREE, max(len(lines), KEPT_FREE + 1))

    def advance_main(self) -> None:
        """Let somebody else commit on `main` meanwhile: the head of a file, and a file of its own.

        Leaves `main` checked out and `tree` as it will be once the branch has landed on it.
        """
        landed = self.tree
        self.git("switch", "-q", "main")
        head, notes = self.typewriter.block("h:bob", 5), self.typewriter.block("h:bob", 12)
        path = "shop/cart.py"
        before = self.git("show", f"main:{path}").split("\n")[:-1]
        text = "\n".join([*before[:2], *(line.text for line in head), *before[2:]]) + "\n"
        (self.root / path).write_text(text, encoding="utf-8", newline="\n")
        (self.root / "lib/other.py").write_text(
            "".join(f"{line.text}\n" for line in notes), encoding="utf-8", newline="\n"
        )
        self.git("add", "--all")
        self.git("commit", "-q", "-m", "meanwhile", author=BOB)
        self.tree = {**landed, "lib/other.py": notes}
        self.tree[path] = [*landed[path][:2], *head, *landed[path][2:]]

    def land(self) -> None:
        """Bring the branch to `main` as it is: commits, notes and all."""
        self.git("switch", "-q", "main")
        self.git("merge", "-q", "--ff-only", "feature")
        self.git("branch", "-q", "-D", "feature")

    def check(self) -> None:
        """Make sure that git has what the tree says: the truth is worth nothing otherwise."""
        for path, lines in self.tree.items():
            held = (self.root / path).read_bytes().decode()
            if held != "".join(f"{line.text}\n" for line in lines):
                raise RuntimeError(f"seed {self.seed}: {path} is not what it should be")
        if self.git("status", "--porcelain"):
            raise RuntimeError(f"seed {self.seed}: not all is committed")
        if set(self.git("ls-files").splitlines()) != set(self.tree):
            raise RuntimeError(f"seed {self.seed}: other files than there should be")


def identity(writer: str) -> Identity:
    """Return who commits: people themselves, for an agent the person who asked it."""
    return PEOPLE.get(writer.removeprefix("h:"), ANN)


def request(alias: str, seed: int) -> str:
    """Return what was asked in a conversation."""
    return f"Please write part {alias} of project {seed}, with care."


def _asked(alias: str, seed: int) -> tuple[Message, ...]:
    return (Message("user", request(alias, seed)), Message("assistant", "Done."))


def _as(alias: str, conversation: Conversation) -> Conversation:
    """Return the conversation under the name that gutters use; its key stays its own."""
    return Conversation(
        alias,
        conversation.tool,
        conversation.model,
        conversation.asked_by,
        conversation.is_legacy,
        conversation.messages,
        conversation.id,
    )
