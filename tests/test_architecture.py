"""The promises of docs/architecture.md that a machine can keep."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
PACKAGE = TOP / "server" / "backstory"
MODULES = sorted(PACKAGE.rglob("*.py"))
ALL_PYTHON = sorted(
    path
    for room in ("server", "tests", "bench", "demo")
    for path in (TOP / room).rglob("*.py")
    if TOP / "tests" / "samples" not in path.parents
)

LINES_IN_A_FILE = 300
LINES_IN_A_FUNCTION = 50
LINES_IN_WORKSPACE = 1_500
NAMES_THAT_SAY_NOTHING = {"util", "utils", "common", "helper", "helpers", "misc", "manager", "base"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def configuration() -> dict[str, object]:
    tool: dict[str, object] = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    return tool


def test_import_contracts_hold() -> None:
    lint = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    environment = {"PYTHONPATH": str(TOP / "server"), "PYTHONUTF8": "1"}
    finished = subprocess.run(lint, cwd=TOP, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_every_room_is_in_the_layers() -> None:
    contracts = configuration()["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    listed = {room for layer in layers for room in layer.split(" | ")}
    on_disk = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert on_disk == listed


def test_contracts_name_every_room_they_could_mean() -> None:
    """A contract that forbids something to all rooms but one must not forget a room."""
    contracts = configuration()["importlinter"]["contracts"]
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    exempt = {
        "Only lsp knows the protocol": {"lsp"},
        "Only history knows GitPython": {"history"},
        "Only syntax knows tree-sitter": {"syntax"},
        "Only history starts programs": {"history"},
        "No room opens a socket": {"lsp"},
    }
    for contract in contracts:
        if contract["name"] in exempt:
            named = {module.removeprefix("backstory.") for module in contract["source_modules"]}
            assert named == rooms - exempt.pop(contract["name"]), contract["name"]
    assert not exempt


def test_files_are_short() -> None:
    lengths = {path.relative_to(TOP): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL_PYTHON}
    assert {path: length for path, length in lengths.items() if length > LINES_IN_A_FILE} == {}


def test_functions_are_short() -> None:
    long = [
        f"{path.relative_to(TOP)}: {node.name}"
        for path in ALL_PYTHON
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > LINES_IN_A_FUNCTION
    ]
    assert long == []


def test_workspace_orchestrates_and_no_more() -> None:
    modules = (PACKAGE / "workspace").glob("*.py")
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in modules) <= LINES_IN_WORKSPACE


def test_names_say_something() -> None:
    names = {path.relative_to(TOP): path.with_suffix("").relative_to(TOP).parts for path in ALL_PYTHON}
    words = {path: {word for part in parts for word in part.split("_")} for path, parts in names.items()}
    assert [path for path, said in words.items() if said & NAMES_THAT_SAY_NOTHING] == []


def test_init_files_hold_a_docstring_and_at_most_a_registry() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr)
        assert ast.get_docstring(tree(path)), path
        assert all(isinstance(node, allowed) for node in tree(path).body), path


@pytest.mark.parametrize(
    ("room", "entrance", "registry"),
    [("evidence", "open_source", "SOURCES"), ("lsp", "register", "FEATURES"), ("cli", "add_arguments", "COMMANDS")],
)
def test_every_plug_in_is_in_its_list(room: str, entrance: str, registry: str) -> None:
    """A module of the room that offers the entrance is listed, and what is listed offers it."""
    offering = {
        path.stem
        for path in (PACKAGE / room).glob("*.py")
        if any(isinstance(node, ast.FunctionDef) and node.name == entrance for node in tree(path).body)
    }
    assert offering == listed(room, registry)


def listed(room: str, registry: str) -> set[str]:
    """Return the module names in a registry, written as modules or as words, wherever in its room the list stands."""
    for path in (PACKAGE / room).glob("*.py"):
        for node in tree(path).body:
            targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
            if registry in [target.id for target in targets if isinstance(target, ast.Name)]:
                elements = node.value.elts if isinstance(node.value, ast.Tuple) else []
                return {getattr(element, "id", getattr(element, "value", "?")) for element in elements}
    raise AssertionError(f"{room} has no {registry}")


def test_nothing_is_left_for_later() -> None:
    pattern = re.compile(r"\bTOD[O]\b|\bFIXM[E]\b|\bXX[X]\b|NotImplemente[d]Error|(mark|pytest)\.(ski[p]|xfai[l])")
    left = [path.relative_to(TOP) for path in ALL_PYTHON if pattern.search(path.read_text(encoding="utf-8"))]
    assert left == []
