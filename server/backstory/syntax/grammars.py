"""Tree-sitter grammars, each loaded when a file first needs it; a missing one is a value, not a failure."""

import importlib
from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from tree_sitter import Language

MODULES = {
    "bash": ("tree_sitter_bash", "language"),
    "c": ("tree_sitter_c", "language"),
    "c-sharp": ("tree_sitter_c_sharp", "language"),
    "cpp": ("tree_sitter_cpp", "language"),
    "go": ("tree_sitter_go", "language"),
    "java": ("tree_sitter_java", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "kotlin": ("tree_sitter_kotlin", "language"),
    "php": ("tree_sitter_php", "language_php"),
    "python": ("tree_sitter_python", "language"),
    "ruby": ("tree_sitter_ruby", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "scala": ("tree_sitter_scala", "language"),
    "swift": ("tree_sitter_swift", "language"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
}
"""Where the grammar of each language is, and what it is called there."""


@frozen
class GrammarMissing:
    """Why the functions of a language are not known here."""

    language: str
    reason: str
    """A sentence for a person."""


@cache
def grammar(language: str) -> "Language | GrammarMissing":
    """Return the grammar of a language; it is loaded once."""
    if language not in MODULES:
        return GrammarMissing(language, f"Functions and classes of {language} are not known.")
    module, factory = MODULES[language]
    try:
        tree_sitter = importlib.import_module("tree_sitter")
        loaded: Language = tree_sitter.Language(getattr(importlib.import_module(module), factory)())
    except (ImportError, AttributeError, ValueError) as error:
        reason = f"The grammar of {language} can't be loaded here ({module}: {type(error).__name__})."
        return GrammarMissing(language, reason)
    return loaded
