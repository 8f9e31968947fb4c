"""Which nodes of each grammar are functions and classes, and which lend them a name or their first lines."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from backstory.model.region import UnitKind
from backstory.syntax.names import (
    assigned_name,
    declared_name,
    destructor_name,
    extended_type,
    given_name,
    implemented_type,
    operator_name,
    receiver_name,
)

if TYPE_CHECKING:
    from tree_sitter import Node

Naming = Callable[["Node", bytes], str | None]


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


@frozen(kw_only=True)
class Rules:
    """What a grammar's node kinds mean; fields hold kinds separated by blanks."""

    functions: frozenset[str] = field(converter=_words)
    classes: frozenset[str] = field(converter=_words, default="")
    scopes: frozenset[str] = field(converter=_words, default="")
    """Namespaces: they name what is inside and are no units."""

    holders: frozenset[str] = field(converter=_words, default="")
    """Units where the value that they name is a function or a class."""

    wrappers: frozenset[str] = field(converter=_words, default="")
    """A unit that stands first in one begins where it begins."""

    marks: frozenset[str] = field(converter=_words, default="")
    """Attributes and decorators: a unit begins at those that stand before it."""

    bodied: frozenset[str] = field(converter=_words, default="")
    """Kinds that are only declared, not defined, when they have no body."""

    naming: Mapping[str, Naming] = field(factory=dict)
    """How kinds are named whose name is not simply the one that the grammar marks."""

    fixed_names: Mapping[str, str] = field(factory=dict)
    """What kinds are called that have no name in the text, or none of their own."""

    signs: frozenset[str] = field(converter=_words, default="")
    """Words or marks one of which stands inside every unit: what has none of them holds no unit; none: none is sure."""

    body_signs: frozenset[str] = field(converter=_words, default="")
    """Words one of which stands in a function's body if that holds any unit, though not in each of these units."""


BARREN = _words(
    """
    annotation array_type attribute attribute_list base_list class_heritage class_parameters
    comment line_comment block_comment multiline_comment doc_comment
    formal_parameters function_value_parameters generic_type heredoc_body import_declaration
    import_statement interpreted_string_literal lifetime line_string_literal macro_definition modifiers
    multiline_string_literal parameter parameter_list parameters preproc_include primitive_type raw_string_literal
    reference_type regex string string_literal superclass template_parameter_list token_tree
    type_annotation type_arguments type_constraints type_identifier type_parameter_list type_parameters use_declaration
    user_type using_directive where_clause
    """
)
"""Kinds of any grammar in which no function or class is looked for."""

TRANSPARENT = _words(
    """
    comment line_comment block_comment multiline_comment requires_clause template_parameter_list
    """
)
"""Kinds that may stand between a unit and its attributes, or at the start of a wrapper."""

VALUES = {
    "arrow_function": UnitKind.FUNCTION,
    "class": UnitKind.CLASS,
    "function_expression": UnitKind.FUNCTION,
    "generator_function": UnitKind.FUNCTION,
    "interface_type": UnitKind.CLASS,
    "struct_type": UnitKind.CLASS,
}
"""Values that make a unit of what holds them: JavaScript's functions and classes, Go's structures and interfaces."""

_JAVASCRIPT_FUNCTIONS = "function_declaration generator_function_declaration method_definition"
_JAVASCRIPT_HOLDERS = "variable_declarator pair assignment_expression export_statement"
_JAVASCRIPT_WRAPPERS = "export_statement lexical_declaration variable_declaration"
_JAVASCRIPT_SIGNS = "{ =>"


def _named_by(naming: Naming, *kinds: str) -> dict[str, Naming]:
    return {kind: naming for written in kinds for kind in _words(written)}


_TYPESCRIPT = Rules(
    functions=_JAVASCRIPT_FUNCTIONS,
    classes="class_declaration abstract_class_declaration interface_declaration enum_declaration",
    scopes="internal_module module",
    holders=_JAVASCRIPT_HOLDERS + " public_field_definition",
    wrappers=_JAVASCRIPT_WRAPPERS + " ambient_declaration",
    marks="decorator",
    naming=_named_by(assigned_name, _JAVASCRIPT_HOLDERS, "public_field_definition method_definition module"),
    signs=_JAVASCRIPT_SIGNS,
)

_C_CLASSES = "struct_specifier union_specifier enum_specifier"

RULES: Mapping[str, Rules] = {
    "bash": Rules(functions="function_definition"),
    "c": Rules(
        functions="function_definition",
        classes=_C_CLASSES,
        wrappers="type_definition",
        bodied=_C_CLASSES,
        naming=_named_by(declared_name, "function_definition", _C_CLASSES),
    ),
    "c-sharp": Rules(
        functions="method_declaration constructor_declaration destructor_declaration operator_declaration "
        "conversion_operator_declaration local_function_statement",
        classes="class_declaration struct_declaration interface_declaration record_declaration enum_declaration",
        scopes="namespace_declaration",
        bodied="method_declaration",
        naming={
            "conversion_operator_declaration": operator_name,
            "destructor_declaration": destructor_name,
            "operator_declaration": operator_name,
        },
    ),
    "cpp": Rules(
        functions="function_definition",
        classes=_C_CLASSES + " class_specifier",
        scopes="namespace_definition",
        wrappers="type_definition template_declaration",
        bodied=_C_CLASSES + " class_specifier",
        naming=_named_by(declared_name, "function_definition class_specifier", _C_CLASSES),
    ),
    "go": Rules(
        functions="function_declaration method_declaration",
        holders="type_spec",
        naming={"method_declaration": receiver_name, "type_spec": given_name},
        body_signs="type",
    ),
    "java": Rules(
        functions="method_declaration constructor_declaration compact_constructor_declaration",
        classes="class_declaration interface_declaration enum_declaration record_declaration "
        "annotation_type_declaration",
        bodied="method_declaration",
        body_signs="class interface enum record new",
    ),
    "javascript": Rules(
        functions=_JAVASCRIPT_FUNCTIONS,
        classes="class_declaration",
        holders=_JAVASCRIPT_HOLDERS + " field_definition",
        wrappers=_JAVASCRIPT_WRAPPERS,
        marks="decorator",
        naming=_named_by(assigned_name, _JAVASCRIPT_HOLDERS, "field_definition method_definition"),
        signs=_JAVASCRIPT_SIGNS,
    ),
    "kotlin": Rules(
        functions="function_declaration secondary_constructor",
        classes="class_declaration object_declaration companion_object",
        bodied="function_declaration",
        naming={"companion_object": given_name},
        fixed_names={"companion_object": "Companion", "secondary_constructor": "constructor"},
        signs="fun class object constructor interface",
    ),
    "php": Rules(
        functions="function_definition method_declaration",
        classes="class_declaration interface_declaration trait_declaration enum_declaration",
        scopes="namespace_definition",
        bodied="method_declaration",
        body_signs="function class interface trait enum",
    ),
    "python": Rules(
        functions="function_definition",
        classes="class_definition",
        wrappers="decorated_definition",
        marks="decorator",
        signs="def class",
    ),
    "ruby": Rules(functions="method singleton_method", classes="class module", signs="def class module"),
    "rust": Rules(
        functions="function_item",
        classes="impl_item trait_item struct_item enum_item union_item",
        scopes="mod_item",
        marks="attribute_item",
        naming={"impl_item": implemented_type},
        signs="fn struct enum union trait impl mod",
    ),
    "scala": Rules(
        functions="function_definition",
        classes="class_definition object_definition trait_definition enum_definition given_definition",
        scopes="package_clause",
        naming={"given_definition": extended_type},
        signs="def class object trait enum given",
    ),
    "swift": Rules(
        functions="function_declaration init_declaration deinit_declaration subscript_declaration",
        classes="class_declaration protocol_declaration",
        naming={"class_declaration": extended_type},
        fixed_names={
            "init_declaration": "init",
            "deinit_declaration": "deinit",
            "subscript_declaration": "subscript",
        },
    ),
    "tsx": _TYPESCRIPT,
    "typescript": _TYPESCRIPT,
}
