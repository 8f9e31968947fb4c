"""The ways in which history is rewritten; after each `main` is checked out and the project's `tree` is the truth."""

import re
from collections.abc import Callable

from rewrites import formatter
from rewrites.lines import Line, Tree
from rewrites.project import KEPT_FREE, Project


def squash(project: Project) -> None:
    """The branch lands as one commit, as a button on a website makes it."""
    project.begin()
    project.work()
    project.advance_main()
    project.git("merge", "-q", "--squash", "feature")
    project.git("commit", "-q", "-m", "feature (#1)")
    project.git("branch", "-q", "-D", "feature")


def rebase(project: Project) -> None:
    """The branch is rebased onto what came meanwhile."""
    project.begin()
    project.work()
    project.advance_main()
    project.git("switch", "-q", "feature")
    project.git("rebase", "-q", "main")
    project.land()


def fixup(project: Project) -> None:
    """What two others did to a new file is melted into the commit that made it."""
    project.begin()
    project.work(agents=2)
    others = list(project.tree)
    project.tree["lib/fresh.py"] = project.typewriter.block("a1", 40)
    target = project.commit("a1")
    project.work(others, agents=2)
    for writer in project.random.sample(["a2", "a3", "h:ann"], 2):
        project.change(writer, ["lib/fresh.py"])
        project.commit(writer, "--fixup", target)
    project.git("rebase", "-q", "-i", "--autosquash", "main")
    project.land()


def amend(project: Project) -> None:
    """A person adds to the last commit, and to its neighbours' lines, before it lands."""
    project.begin()
    project.work()
    project.change("a2", list(project.tree))
    project.commit("a2")
    project.change("h:bob", list(project.tree))
    project.change("h:bob", list(project.tree))
    project.commit("h:bob", "--amend", "-m", "work of a2, amended", is_noted=False)
    project.land()


def cherry_pick(project: Project) -> None:
    """The branch's commits are picked one after the other."""
    project.begin()
    project.work()
    project.advance_main()
    project.git("cherry-pick", "main..feature")
    project.git("branch", "-q", "-D", "feature")


def revert_of_revert(project: Project) -> None:
    """What landed is taken back, and later brought again."""
    project.begin()
    start = project.git("rev-parse", "HEAD").strip()
    project.work()
    project.land()
    landed = project.git("rev-list", f"{start}..HEAD").split()
    reverted = [_reverted(project, commit) for commit in landed[: project.random.randrange(2, 5)]]
    for commit in reversed(reverted):
        _reverted(project, commit)


def _reverted(project: Project, commit: str) -> str:
    project.git("revert", "--no-edit", commit)
    return project.git("rev-parse", "HEAD").strip()


def merge_with_conflict(project: Project) -> None:
    """Both sides wrote at one place: a person keeps both and mends a line; with odd seeds the merge is a squash."""
    project.begin()
    project.work()
    path, place = "shop/pay.py", 4
    agents, person = project.typewriter.block("a1", 9), project.typewriter.block("h:bob", 7)
    base = project.git("show", f"main:{path}").split("\n")[:-1]
    project.tree[path][place:place] = agents
    project.commit("a1")
    project.git("switch", "-q", "main")
    text = "\n".join([*base[:place], *(line.text for line in person), *base[place:]]) + "\n"
    (project.root / path).write_bytes(text.encode())
    project.git("commit", "-q", "-a", "-m", "meanwhile")
    project.git("merge", "-q", *(["--squash"] if project.seed % 2 else []), "feature", may_fail=True)
    mended = project.typewriter.edited(agents[-1], "h:ann")
    lines = project.tree[path]
    lines[place : place + len(agents)] = [*agents[:-1], mended, *person]
    project.save()
    project.git("commit", "-q", "-m", "feature and what came meanwhile")
    project.git("branch", "-q", "-D", "feature")


def git_mv(project: Project) -> None:
    """Files get other names, with even seeds after the branch has landed, with odd ones while it is squashed."""
    project.begin()
    project.work()
    if project.seed % 2:
        project.git("switch", "-q", "main")
        project.git("merge", "-q", "--squash", "feature")
        project.git("branch", "-q", "-D", "feature")
    else:
        project.land()
    project.tree = {f"store/{path.rpartition('/')[2]}": lines for path, lines in project.tree.items()}
    project.commit("h:ann", "-m", "store: its own folder", is_noted=False)


def file_split(project: Project) -> None:
    """The lower half of a file becomes a file of its own."""
    project.begin()
    project.work()
    project.land()
    for path in ("shop/pay.py", "shop/cart.py"):
        lines = project.tree[path]
        middle = len(lines) // 2
        project.tree[path.replace(".py", "_rest.py")] = project.typewriter.block("h:bob", 3) + lines[middle:]
        project.tree[path] = lines[:middle]
    project.commit("h:bob", "-m", "shop: two more files", is_noted=False)


def function_move(project: Project) -> None:
    """Blocks of an agent's lines go elsewhere, in their file and to another one."""
    project.begin()
    project.work()
    project.land()
    for path, target in (("shop/pay.py", "lib/report.py"), ("shop/cart.py", "shop/cart.py")):
        lines = project.tree[path]
        first = project.random.choice([place for place, line in enumerate(lines) if line.is_agents] or [KEPT_FREE])
        moved = lines[first : first + 14]
        del lines[first : first + 14]
        place = project.random.randrange(len(project.tree[target]) + 1)
        project.tree[target][place:place] = moved
    project.commit("h:bob", "-m", "functions where they belong", is_noted=False)


def formatter_indents(project: Project) -> None:
    """All files are indented otherwise."""
    _formatted(project, formatter.indented)


def formatter_wraps(project: Project) -> None:
    """Long lines are broken after a comma or an operator."""
    _formatted(project, formatter.wrapped)


def formatter_quotes(project: Project) -> None:
    """Quotes are made double."""
    _formatted(project, formatter.double_quoted)


def _formatted(project: Project, style: Callable[[list[Line]], list[Line]]) -> None:
    project.begin()
    project.work()
    project.land()
    project.tree = {path: style(lines) for path, lines in project.tree.items()}
    project.commit("h:ann", "-m", "format", is_noted=False)


def filter_repo(project: Project) -> None:
    """Every commit is written anew with other names of its people; with odd seeds everything moves to a folder."""
    project.begin()
    project.work()
    project.land()
    stream = project.git("fast-export", "--signed-tags=strip", "main")
    stream = re.sub(r"(?m)^(author|committer) (\w+) \w+ <\w+@", r"\1 \2 <\2@", stream)
    if project.seed % 2:
        stream = re.sub(r"(?m)^(M \d+ \S+|D) (\w+/\w+\.py)$", r"\1 pkg/\2", stream)
        project.tree = {f"pkg/{path}": lines for path, lines in project.tree.items()}
    project.git("fast-import", "--quiet", "--force", stdin=stream.encode())
    project.git("reset", "-q", "--hard", "main")


def crlf(project: Project) -> None:
    """All line ends become those of Windows."""
    project.begin()
    project.work()
    project.land()
    for lines in project.tree.values():
        for line in lines:
            line.text += "\r"
    project.commit("h:bob", "-m", "line ends", is_noted=False)


REWRITES: dict[str, Callable[[Project], None]] = {
    "squash": squash,
    "rebase": rebase,
    "fixup": fixup,
    "amend": amend,
    "cherry-pick": cherry_pick,
    "revert of revert": revert_of_revert,
    "merge with conflict": merge_with_conflict,
    "git mv": git_mv,
    "file split": file_split,
    "function move": function_move,
    "formatter: re-indent": formatter_indents,
    "formatter: re-wrap": formatter_wraps,
    "formatter: quotes": formatter_quotes,
    "filter-repo": filter_repo,
    "CRLF": crlf,
}


def all_lines(tree: Tree) -> list[Line]:
    """Return every line of a tree."""
    return [line for lines in tree.values() for line in lines]
