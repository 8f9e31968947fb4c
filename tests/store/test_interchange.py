import json

import pytest
from attrs import evolve
from keeping import SHOP, asked

from backstory.model.names import Revision
from backstory.model.prompt import Prompt
from backstory.model.repository import RepositoryIdentity
from backstory.store.errors import StoreError
from backstory.store.interchange import Imported, export_lines, import_lines

OTHER_ROOT = Revision("2" * 40)
OTHER = RepositoryIdentity("/clones/other/.git", OTHER_ROOT, frozenset({OTHER_ROOT}))
SHALLOW = RepositoryIdentity("/clones/shallow/.git")


@pytest.fixture
def exported(opened) -> list[bytes]:
    facts = opened.facts()
    facts.of(SHOP).keep([asked("e1", "“Round” up.\n\x1b[31m"), asked("e2", "broken \udcff byte")])
    facts.of(OTHER).keep([evolve(asked("e1"), prompt=Prompt("Go."), session=None, agent=None, asked_by=None)])
    facts.of(SHALLOW).keep([asked("e9")])
    return [line.encode("ascii") for line in export_lines(facts)]


@pytest.fixture
def elsewhere(exported, monkeypatch, tmp_path):
    """Another machine: an empty state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    return exported


def test_what_was_exported_can_be_imported_elsewhere(opened, elsewhere):
    facts = opened.facts()
    assert import_lines(facts, elsewhere) == Imported(4, 0, ())
    assert list(export_lines(facts)) == [line.decode() for line in elsewhere]
    assert facts.of(evolve(SHOP, clone="/here/.git")).find("claude-code", "e1") == asked("e1", "“Round” up.\n\x1b[31m")
    assert facts.of(SHALLOW).find("claude-code", "e9")


def test_importing_twice_adds_nothing(opened, elsewhere):
    facts = opened.facts()
    import_lines(facts, elsewhere)
    assert import_lines(facts, elsewhere) == Imported(0, 4, ())
    assert len(list(export_lines(facts))) == 5


def test_what_is_here_stays_as_it_is(opened, elsewhere):
    facts = opened.facts()
    facts.of(SHOP).keep([asked("e1", "Mine.")])
    import_lines(facts, elsewhere)
    assert facts.of(SHOP).find("claude-code", "e1").prompt.request == "Mine."


@pytest.mark.usefixtures("exported")
def test_one_repository_can_be_exported_alone(opened):
    lines = list(export_lines(opened.facts(), OTHER))
    assert [json.loads(line)["kind"] for line in lines] == ["backstory-export", "kept-prompt"]
    assert list(export_lines(opened.facts(), RepositoryIdentity("/nowhere"))) == lines[:1]


def test_secrets_of_an_export_are_masked_again(opened, elsewhere):
    line = json.loads(elsewhere[1]) | {"prompt_key": "new", "request": "Use ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8."}
    facts = opened.facts()
    import_lines(facts, [json.dumps(line).encode()])
    assert facts.of(SHOP).find("claude-code", "new").prompt.request == "Use [masked: GitHub token]."


@pytest.mark.parametrize(
    "line",
    [
        b"not JSON",
        b'{"kind": "kept-prompt"}',
        b'{"kind": "from the future"}',
        b"[]",
        b'"\xff"',
        b'{"kind": "kept-prompt", "root": ' + b"[" * 100_000,
    ],
)
def test_a_line_that_says_nothing_known_is_left_out(opened, elsewhere, line):
    assert import_lines(opened.facts(), [*elsewhere, line, b"", b" "]) == Imported(4, 0, (6,))


@pytest.mark.parametrize("moment", ["yesterday", "0001-01-01T00:00:00+14:00", "2026-03-02T09:00:00", ""])
def test_a_moment_that_makes_no_sense_loses_no_request(opened, elsewhere, moment):
    line = json.loads(elsewhere[1]) | {"prompt_key": "new", "asked_at": moment, "kept_at": moment}
    facts = opened.facts()
    assert import_lines(facts, [json.dumps(line).encode()]).added == 1
    assert facts.of(SHOP).find("claude-code", "new").kept_at.tzinfo


def test_an_export_of_a_newer_backstory_is_refused_as_a_whole(opened, elsewhere):
    facts = opened.facts()
    with pytest.raises(StoreError, match="newer"):
        import_lines(facts, [*elsewhere, b'{"kind": "backstory-export", "version": 2}'])
    assert len(list(export_lines(facts))) == 1
