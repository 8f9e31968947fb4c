"""Settings exist once, in package.json; the server reads what is declared there and nothing else."""

import json
import re
from pathlib import Path

import pytest

from backstory import __version__
from backstory.evidence import SOURCES
from backstory.lsp.settings import READERS, HoverDetail, Settings, settings_of

TOP = Path(__file__).parent.parent
MANIFEST = json.loads((TOP / "package.json").read_text(encoding="utf-8"))
DECLARED = {
    name.removeprefix("backstory."): declared
    for name, declared in MANIFEST["contributes"]["configuration"]["properties"].items()
}
MOST_SETTINGS = 24


def test_the_manifest_has_the_packages_version() -> None:
    assert MANIFEST["version"] == __version__


def test_there_are_few_settings() -> None:
    assert len(DECLARED) <= MOST_SETTINGS


@pytest.mark.parametrize("field", READERS)
def test_what_the_server_reads_is_declared_with_the_same_default(field: str) -> None:
    assert DECLARED[READERS[field].name]["default"] == getattr(Settings(), field)


def test_every_declared_default_is_one_that_the_server_accepts() -> None:
    assert settings_of({name: declared["default"] for name, declared in DECLARED.items()}) == (Settings(), ())


def test_what_is_declared_is_read_by_the_client_or_by_the_server() -> None:
    client = (TOP / "client" / "src" / "settings.ts").read_text(encoding="utf-8")
    read = set(re.findall(r'setting\("([\w.]+)"', client)) | {reader.name for reader in READERS.values()}
    # The protocol library of the client reads this one.
    assert read | {"trace.server"} == set(DECLARED)


def test_the_kinds_of_hover_are_the_declared_ones() -> None:
    assert DECLARED["hover"]["enum"] == [detail.value for detail in HoverDetail]


def test_settings_that_name_a_program_wait_for_trust() -> None:
    restricted = set(MANIFEST["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"])
    assert restricted == {f"backstory.{name}" for name in DECLARED if name.startswith("server.")}


def test_settings_of_a_file_can_differ_by_folder() -> None:
    assert all(DECLARED[reader.name]["scope"] == "resource" for reader in READERS.values())


def test_every_source_can_be_switched_off() -> None:
    assert DECLARED["disabledSources"]["items"]["enum"] == [source.ID for source in SOURCES]
