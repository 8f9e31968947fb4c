"""Grammars load when they are needed; one that is missing is a value that says so."""

import subprocess
import sys

import pytest

from backstory.syntax.grammars import MODULES, GrammarMissing, grammar
from backstory.syntax.languages import LANGUAGES
from backstory.syntax.names import given_name
from backstory.syntax.rules import BARREN, RULES, TRANSPARENT, VALUES, Rules
from backstory.syntax.units import parse_units


def test_every_language_has_a_grammar_and_rules():
    assert set(LANGUAGES) == set(MODULES) == set(RULES)
    assert list(LANGUAGES) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_speak_of_kinds_that_the_grammar_has(language):
    known = grammar(language)
    assert not isinstance(known, GrammarMissing)
    kinds = {known.node_kind_for_id(kind) for kind in range(known.node_kind_count)}
    assert named_kinds(RULES[language]) - kinds == set()


def test_kinds_for_all_grammars_are_kinds_of_some():
    kinds = set()
    for language in LANGUAGES:
        known = grammar(language)
        kinds |= {known.node_kind_for_id(kind) for kind in range(known.node_kind_count)}
    assert (BARREN | TRANSPARENT | set(VALUES)) - kinds == set()


def named_kinds(rules: Rules) -> set[str]:
    kinds = {*rules.functions, *rules.classes, *rules.scopes, *rules.holders, *rules.wrappers, *rules.marks}
    assert rules.bodied <= kinds
    assert set(rules.fixed_names) <= kinds
    named_elsewhere = {kind for kind, naming in rules.naming.items() if naming is not given_name}
    return kinds | named_elsewhere


@pytest.mark.parametrize("absent", ["tree_sitter", "tree_sitter_python"])
def test_a_package_that_is_not_installed_leaves_files_without_units(absent, monkeypatch):
    monkeypatch.setitem(sys.modules, absent, None)
    grammar.cache_clear()
    try:
        missing = grammar("python")
        assert isinstance(missing, GrammarMissing)
        assert missing.reason.startswith("The grammar of python can't be loaded here (")
        assert parse_units(b"def f(): pass\n", "python") == ()
    finally:
        grammar.cache_clear()


def test_no_grammar_is_loaded_before_a_file_needs_it():
    program = (
        "import sys\n"
        "from backstory.syntax.units import parse_units\n"
        "from backstory.syntax.languages import language_of\n"
        "print(sorted(name for name in sys.modules if name.startswith('tree_sitter')))\n"
        "parse_units(b'def f(): pass', 'python')\n"
        "print(sorted(name for name in sys.modules if name.startswith('tree_sitter_')))\n"
    )
    paths = {"PYTHONPATH": ":".join(path for path in sys.path if path)}
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=paths, check=True)
    before, after = finished.stdout.splitlines()
    assert before == "[]"
    assert "tree_sitter_python" in after
    assert "tree_sitter_rust" not in after
