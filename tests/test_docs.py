"""The docs say what the registries hold, and their links lead somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from backstory.cli.main import COMMANDS
from backstory.evidence import SOURCES
from backstory.lsp.extensions import LINE_STATE, REQUESTS, STATE_CHANGED, LineState
from backstory.lsp.features import FEATURES
from backstory.lsp.settings import READERS, Settings
from backstory.model.evidence import Basis

TOP = Path(__file__).parent.parent
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "tests/notation/*.md", "changelog.d/*.md")
    for path in TOP.glob(pattern)
)


def page(name: str) -> str:
    return (TOP / name).read_text(encoding="utf-8")


def rows(text: str, heading: str) -> dict[str, list[str]]:
    """Return the first table below a heading: name in the first cell, without its quotes → the other cells."""
    below = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in below.splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {first.strip("`"): rest for first, *rest in cells}


def module_name(module: object) -> str:
    return getattr(module, "__name__", "").rpartition(".")[2]


def test_every_source_has_a_row() -> None:
    assert set(rows(page("docs/sources.md"), "Sources")) == {source.ID for source in SOURCES}


def test_every_source_says_whether_it_is_verified() -> None:
    for source, (_, _, verified) in rows(page("docs/sources.md"), "Sources").items():
        assert re.match(r"\*verified\*: .+|\*unverified\*", verified), source


def test_every_basis_is_explained() -> None:
    assert list(rows(page("docs/sources.md"), "Bases")) == [basis.name.lower() for basis in sorted(Basis, reverse=True)]


def test_every_feature_has_a_row() -> None:
    assert set(rows(page("docs/server.md"), "Features")) == {module_name(feature) for feature in FEATURES}


def test_every_setting_has_a_row_with_its_default() -> None:
    said = {name: default.strip("`") for name, (_, default, _) in rows(page("docs/server.md"), "Settings").items()}
    defaults = {reader.name: getattr(Settings(), field) for field, reader in READERS.items()}
    assert said == {name: str(value).lower() for name, value in defaults.items()}


def test_every_message_has_a_row() -> None:
    said = rows(page("docs/server.md"), "Messages that LSP does not have")
    assert set(said) == {*REQUESTS, STATE_CHANGED}


def test_every_field_of_a_line_state_is_named() -> None:
    _, answer = rows(page("docs/server.md"), "Messages that LSP does not have")[LINE_STATE]
    assert set(LineState("").as_json()) <= set(re.findall(r"\w+", answer))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"^## .*{command}", page("docs/cli.md"), re.MULTILINE)
    assert f"backstory {command}" in page("README.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TOP).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_decision_has_a_number_and_a_title() -> None:
    for number, path in enumerate(sorted((TOP / "docs" / "decisions").glob("*.md")), 1):
        assert re.fullmatch(rf"{number:04}-[a-z0-9-]+\.md", path.name)
        assert path.read_text(encoding="utf-8").startswith(f"# {number}. ")


def test_every_verb_of_the_readme_is_in_the_makefile() -> None:
    verbs = set(re.findall(r"\bmake ([a-z]\w+)\b", page("README.md") + page("CONTRIBUTING.md")))
    targets = set(re.search(r"^\.PHONY: (.*)$", page("Makefile"), re.MULTILINE)[1].split())
    assert {"demo", "test", "check"} <= verbs <= targets


def test_changelog_fragments_are_short() -> None:
    for path in (TOP / "changelog.d").glob("*.md"):
        assert 0 < len(path.read_text(encoding="utf-8").split()) <= 80, path.name


def test_every_dependency_is_explained() -> None:
    named = {re.split(r"[<>=]", each)[0] for each in tomllib.loads(page("pyproject.toml"))["project"]["dependencies"]}
    explained = re.findall(r"[\w-]+", page("docs/decisions/0003-dependencies-and-licence.md"))
    assert {name for name in named if not name.startswith("tree-sitter-")} <= set(explained)
