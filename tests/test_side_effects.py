"""Backstory only reads: one module starts programs, and every function that writes files is on a list."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "server" / "backstory"

STARTS_PROGRAMS = {"history/command.py", "cli/open_editor.py"}
WRITES_FILES = {
    "recording/hook_install.py: install",
    "recording/hook_install.py: uninstall",
}
"""Functions, as `room/module.py: function`, that write anything outside Backstory's own store."""

WRITES_THROUGH_GIT = {"history/note_writing.py"}
"""Modules that name a command with which git writes."""

WRITES_THE_STORE = {
    "store/cache_files.py: delete",
    "store/cache_files.py: empty",
    "store/damage.py: set_aside",
    "store/folders.py: _close_to_others",
    "store/folders.py: _make_private_folder",
    "store/folders.py: make_private_file",
}
"""Functions that make, rename or delete the store's own files; SQLite writes into them."""

PROGRAM_MODULES = {"subprocess", "pty", "multiprocessing"}
PROGRAM_CALL = r"system|popen|fork|forkpty|startfile|(exec|spawn)[lv]\w*|posix_spawnp?|create_subprocess_\w+"
WRITING_COMMANDS = {
    *(
        "am",
        "apply",
        "branch",
        "checkout",
        "cherry-pick",
        "clone",
        "commit",
        "commit-tree",
        "fast-import",
        "fetch",
        "gc",
    ),
    *("hash-object", "merge", "mktag", "mktree", "notes", "pull", "push", "rebase", "replace", "reset", "stash"),
    *("switch", "symbolic-ref", "unpack-objects", "update-index", "update-ref", "worktree", "write-tree"),
}
WRITING_CALL = (
    r"write_text|write_bytes|touch|mkdir|makedirs|rmdir|unlink|rename|symlink|symlink_to|hardlink_to|chmod|truncate"
    r"|copyfile|copytree|rmtree|mkstemp|mkdtemp|NamedTemporaryFile|TemporaryDirectory"
    r"|(os|shutil)\.(replace|remove|removedirs|renames|move|copy|copy2|link)"
)


def test_one_place_starts_programs() -> None:
    assert {name for name, module in modules() if starts_programs(module)} == STARTS_PROGRAMS


def test_nobody_writes_files() -> None:
    writers = {
        f"{name}: {node.name}"
        for name, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and writes_files(node)
    }
    assert writers == WRITES_FILES | WRITES_THE_STORE


def test_one_module_writes_through_git() -> None:
    writers = {
        name
        for name, module in modules()
        for node in ast.walk(module)
        if name.startswith("history/")
        and isinstance(node, ast.Tuple | ast.List)
        and any(isinstance(word, ast.Constant) and word.value in WRITING_COMMANDS for word in node.elts[:1])
    }
    assert writers == WRITES_THROUGH_GIT


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def starts_programs(module: ast.Module) -> bool:
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names) if {alias.name.split(".")[0] for alias in names} & PROGRAM_MODULES:
                return True
            case ast.ImportFrom(module=str(name)) if name.split(".")[0] in PROGRAM_MODULES:
                return True
            case ast.Attribute(value=ast.Name(id="os" | "asyncio"), attr=name) if re.fullmatch(PROGRAM_CALL, name):
                return True
            case ast.Attribute(value=ast.Attribute(attr="git")):  # GitPython's `repo.git.log()` starts git unguarded
                return True
    return False


def writes_files(function: ast.AST) -> bool:
    return any(is_writing(node) for node in ast.walk(function) if isinstance(node, ast.Call))


def is_writing(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    if name.split(".")[-1] in {"open", "fdopen"}:
        if "O_CREAT" in ast.unparse(call):
            return True
        words = [*call.args, *(keyword.value for keyword in call.keywords)]
        modes = [word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)]
        return any(re.fullmatch(r"[rwaxbt+]*[wax+][rwaxbt+]*", mode) for mode in modes)
    if name.endswith(".replace") and len(call.args) == 1 and not call.keywords:
        return True  # a path's; a text's takes two
    return re.fullmatch(rf"(.*\.)?({WRITING_CALL})", name, re.DOTALL) is not None


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("p.open('w')", True),
        ("open(p, mode='ab')", True),
        ("os.replace(p, p)", True),
        ("p.replace(q)", True),
        ("os.open(p, os.O_RDWR | os.O_CREAT)", True),
        ("(folder / 'x').write_text('x')", True),
        ("open(p, 'rb')", False),
        ("text.replace('a', 'b')", False),
        ("'a'.join(names).replace('a', 'b')", False),
    ],
)
def test_writing_is_recognised(code: str, found: bool) -> None:
    assert writes_files(ast.parse(code)) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import subprocess", True),
        ("from subprocess import run", True),
        ("asyncio.create_subprocess_exec('x')", True),
        ("os.execvp('x', [])", True),
        ("repo.git.log('-1')", True),
        ("os.environ.get('PATH')", False),
    ],
)
def test_starting_programs_is_recognised(code: str, found: bool) -> None:
    assert starts_programs(ast.parse(code)) is found
