"""A look at somebody's own repository: its most agent-written files first, or what can be said where there are none."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path

from attrs import frozen

from backstory.history.command import run_git
from backstory.history.repository import discover
from backstory.model.answer import AnnotatedFile, AnnotatedLine
from backstory.model.errors import BackstoryError
from backstory.model.lines import LineRange
from backstory.model.origin import Contributor
from backstory.workspace.queries import Queries
from demo.command_line import annotate, print_annotated, show
from demo.editor import editor_of
from demo.terminal import caption, code, markdown, progress, say, styled

COMMITS = 1_000
CANDIDATES = 8
FILES = 3
LINES_SHOWN = 24
LARGEST_BYTES = 500_000

AGENTS = re.compile(
    r"claude|copilot|codex|cursor|devin|gemini|aider|openhands|roo code|amp@|jules|opencode|factory-droid|qwen",
    re.IGNORECASE,
)


@frozen
class Find:
    """A file and what Backstory says of it."""

    path: str
    file: AnnotatedFile

    @property
    def agent_lines(self) -> int:
        """How many lines are an agent's, by whatever evidence."""
        return sum(is_agents(line) for line in self.file.lines)

    @property
    def longest_run(self) -> LineRange:
        """The longest run of lines that are one agent's, from one commit and on one evidence."""
        runs = groupby(self.file.lines, key=lambda line: (is_agents(line), line.revision, line.attribution))
        spans = [[line.line for line in run] for (found, *_), run in runs if found]
        longest = max(spans, key=len, default=[1])
        return LineRange(longest[0], longest[-1])

    @property
    def best_line(self) -> int:
        """A line in the middle of that."""
        return (self.longest_run.first + self.longest_run.last) // 2


def is_agents(line: AnnotatedLine) -> bool:
    """Tell whether an agent had a hand in a line."""
    return line.attribution.origin.contributor in {Contributor.AI, Contributor.MIXED}


def look_at(folder: Path) -> int:
    """Show what Backstory knows of a repository; return the exit status."""
    try:
        root = discover(folder).root or folder
    except BackstoryError as error:
        say(f"{error.reason} {error.command or ''}".strip())
        return error.exit_code
    finds = most_agent_written(root)
    if finds:
        show_finds(root, finds)
    else:
        show_silence(root)
    caption("What this repository has to tell:  backstory doctor")
    show(root, "doctor")
    caption("Try next")
    example = f"{finds[0].path}:{finds[0].best_line}" if finds else "FILE:LINE"
    say(f"  cd {root}")
    say(f"  {Path(__file__).resolve().parent.parent / '.venv/bin/backstory'} explain {example}")
    return 0


def show_finds(root: Path, finds: Sequence[Find]) -> None:
    """Show a hover in each file, and a part of the first one annotated."""
    with editor_of(root) as editor:
        for find in finds:
            caption(f"{find.agent_lines:,} of {len(find.file.lines):,} lines by agents")
            say(f"   {styled('dim', find.path)}")
            code(editor.lines(find.path), find.best_line)
            markdown(editor.hover(find.path, find.best_line) or "*no hover*")
    caption(f"The longest run of the first:  backstory blame {finds[0].path}")
    print_annotated(finds[0].file, root / finds[0].path, finds[0].longest_run.first, LINES_SHOWN)


def show_silence(root: Path) -> None:
    """Say what git alone knows, where no record speaks of an agent."""
    say(f"No record of an agent in the files of the last {COMMITS:,} commits. What git alone knows:")
    for path in recent_files(root)[:1]:
        caption(f"backstory explain {path}:1")
        show(root, "explain", f"{path}:1")


def most_agent_written(root: Path) -> list[Find]:
    """Return the files with most lines by agents, judged by `backstory blame`, greatest first."""
    progress(f"Looking through the last {COMMITS:,} commits for files that agents may have written…")
    touched: Counter[str] = Counter()
    noted = {line.split()[-1] for line in git_lines(root, "notes", "--ref=ai", "list") if line}
    for revision, people, paths in recent_commits(root):
        if revision in noted or AGENTS.search(people):
            touched.update(path for path in paths if is_readable(root / path))
    finds = []
    with closing(Queries()) as queries:
        for path, _ in touched.most_common(CANDIDATES):
            progress(f"  {path}")
            finds.append(Find(path, annotate(queries, root / path)))
    finds.sort(key=lambda find: find.agent_lines, reverse=True)
    return [find for find in finds[:FILES] if find.agent_lines]


def recent_files(root: Path) -> list[str]:
    """Return files of the last commits that are there and are text, newest first."""
    paths = (path for _, _, paths in recent_commits(root) for path in paths)
    return [path for path in dict.fromkeys(paths) if is_readable(root / path)]


def recent_commits(root: Path) -> list[tuple[str, str, list[str]]]:
    """Return (revision, author and trailers, changed paths) of the last commits; none where there are none."""
    form = "--format=%x00%H%x01%an <%ae> %(trailers:key=Co-authored-by,key=Assisted-by,unfold,separator=%x2c)"
    options = ("--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-renames", "--name-only", f"-{COMMITS}")
    commits = []
    for record in "\n".join(git_lines(root, "log", *options, form, "HEAD")).split("\0")[1:]:
        head, *paths = record.split("\n")
        revision, people = head.split("\1", 1)
        commits.append((revision, people, [path for path in paths if path]))
    return commits


def is_readable(path: Path) -> bool:
    """Tell whether a file is there, is text and is of a size to look at."""
    if path.is_symlink() or not path.is_file() or not 0 < path.stat().st_size <= LARGEST_BYTES:
        return False
    with path.open("rb") as file:
        return b"\0" not in file.read(8_000)


def git_lines(root: Path, *arguments: str) -> list[str]:
    """Return what git prints, by the rules under which Backstory itself runs git; nothing where it fails."""
    finished = run_git(root, ["-c", "core.quotePath=false", *arguments], check=False)
    return finished.stdout.decode("utf-8", "surrogateescape").split("\n")
