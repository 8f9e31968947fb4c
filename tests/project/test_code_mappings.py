"""An error tracker's code mappings are read from the work tree; a damaged file is told of."""

import pytest

from backstory.project.code_mappings import CodeMappings, code_mappings
from backstory.stacktraces.placing import PathMapping

GOOD = '[{"stackRoot": "io/shop", "sourceRoot": "core/src/io/shop"}, {"stackRoot": "/app/", "sourceRoot": ""}]'


@pytest.mark.parametrize("name", [".sentry/code-mappings.json", "code-mappings.json", "mappings.json"])
def test_the_file_is_found(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(GOOD)
    root = str(tmp_path)
    expected = (PathMapping("io/shop", "core/src/io/shop", root), PathMapping("/app/", "", root))
    assert code_mappings(tmp_path) == CodeMappings(expected, name)


@pytest.mark.parametrize("content", ["", "{", "{}", '["a"]', '[{"stackRoot": 1, "sourceRoot": "a"}]', "[" * 9_999])
def test_a_damaged_file_is_told_of(tmp_path, content):
    (tmp_path / "code-mappings.json").write_text(content)
    found = code_mappings(tmp_path)
    assert (found.mappings, found.file) == ((), "code-mappings.json")
    assert found.problem == "code-mappings.json is no list of stackRoot and sourceRoot."


def test_anybodys_file_of_a_common_name_is_left_alone(tmp_path):
    (tmp_path / "mappings.json").write_text('{"a": 1}')
    assert code_mappings(tmp_path) == CodeMappings()
    (tmp_path / "code-mappings.json").mkdir()
    assert code_mappings(tmp_path) == CodeMappings()
