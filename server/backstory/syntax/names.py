"""What functions and classes are called, in each grammar's own way.

Each function takes a node and the whole text and returns the name, names around it in the same declaration joined by
dots (`Server.start`), or None when the node has none to give.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

LONGEST_NAME = 200

SEPARATORS = re.compile(r"\s*(?:::|\\|\.)\s*")
TYPE_ARGUMENTS = re.compile(r"<[^<>]*>")
REFERENCE = re.compile(r"^(?:&|\*|'\w+|mut\b|const\b|dyn\b|\s)+")
EXPORTS = {"module", "exports", "prototype", "this", "self", "window", "globalThis"}


def spelled(node: "Node", text: bytes) -> str:
    r"""Return the node's text as one line, `::` and `\` written as dots, cut where it is too long for a name."""
    written = text[node.start_byte : min(node.end_byte, node.start_byte + 4 * LONGEST_NAME)].decode("utf-8", "replace")
    one_line = SEPARATORS.sub(".", " ".join(written.split())).strip(".")
    return one_line if len(one_line) <= LONGEST_NAME else one_line[: LONGEST_NAME - 1] + "…"


def given_name(node: "Node", text: bytes) -> str | None:
    """Return what the grammar marks as the name."""
    name = node.child_by_field_name("name")
    return (spelled(name, text) or None) if name else None


def assigned_name(node: "Node", text: bytes) -> str | None:
    """Return the name that JavaScript's `const name = …`, `name: …`, `name = …`, `exports.name = …` give a function."""
    for field in ("name", "key", "property", "left"):
        target = node.child_by_field_name(field)
        if target is not None:
            return _target_name(target, text)
    if node.type == "export_statement":
        return "default"
    return None


def _target_name(target: "Node", text: bytes) -> str | None:
    if target.type in {"string", "computed_property_name"}:
        return spelled(target, text).strip("[]'\"` ") or None
    if target.type == "member_expression":
        parts = spelled(target, text).split(".")
        named = [part for part in parts if part not in EXPORTS]
        path = ".".join(named or parts[-1:])
        return path if re.fullmatch(r"[\w$#.…]+", path) else None
    if target.type.endswith("_pattern"):
        return None
    return spelled(target, text) or None


def implemented_type(node: "Node", text: bytes) -> str | None:
    """Return the type that a Rust `impl` block is about: `Cart` of `impl<T> Display for &Cart<T>`."""
    written = node.child_by_field_name("type")
    return _without_arguments(spelled(written, text)) if written else None


def extended_type(node: "Node", text: bytes) -> str | None:
    """Return the name of a Swift type, of one it extends too, or of a Scala `given`, without type arguments."""
    written = node.child_by_field_name("name") or node.child_by_field_name("return_type")
    return _without_arguments(spelled(written, text)) if written else None


def _without_arguments(written: str) -> str | None:
    previous = None
    while previous != written:
        previous, written = written, TYPE_ARGUMENTS.sub("", written)
    return REFERENCE.sub("", written).strip() or None


def destructor_name(node: "Node", text: bytes) -> str | None:
    """Return a C# finalizer's name: `~Cart`."""
    name = given_name(node, text)
    return name and f"~{name}"


def operator_name(node: "Node", text: bytes) -> str | None:
    """Return a C# operator's name: `operator +`, or `operator int` for a conversion."""
    target = node.child_by_field_name("operator") or node.child_by_field_name("type")
    return f"operator {spelled(target, text)}" if target else "operator"


def receiver_name(node: "Node", text: bytes) -> str | None:
    """Return a Go method's name behind its receiver's type: `Server.Start` of `func (s *Server[T]) Start()`."""
    name = given_name(node, text)
    receiver = node.child_by_field_name("receiver")
    if name is None or receiver is None:
        return name
    written = re.sub(r"\[.*", "", spelled(receiver, text).strip("() "))
    words = re.findall(r"\w+", written)
    return f"{words[-1]}.{name}" if words else name


def declared_name(node: "Node", text: bytes) -> str | None:
    """Return the name inside a C or C++ declarator: `Cart.total` of `int Cart<T>::total() const`."""
    target = node.child_by_field_name("name") or node.child_by_field_name("declarator")
    if target is None:
        return _typedef_name(node, text)
    parts: list[str] = []
    while target is not None:
        if target.type == "operator_cast":
            written = target.child_by_field_name("type")
            parts.append(f"operator {spelled(written, text)}" if written else "operator")
            break
        if target.type in {"operator_name", "literal_operator_name"}:
            parts.append(spelled(target, text))
            break
        scope = target.child_by_field_name("scope")
        if scope is not None:
            parts.append(spelled(scope.child_by_field_name("name") or scope, text))
        inner = target.child_by_field_name("declarator") or target.child_by_field_name("name")
        if inner is None and target.type.endswith("_declarator"):
            inner = next(iter(target.named_children), None)
        if inner is None:
            parts.append(spelled(target, text))
        target = inner
    return ".".join(part for part in parts if part) or None


def _typedef_name(node: "Node", text: bytes) -> str | None:
    """Return the name that `typedef struct { … } Name;` gives a structure without one."""
    parent = node.parent
    if parent is None or parent.type != "type_definition":
        return None
    name = parent.child_by_field_name("declarator")
    return spelled(name, text) if name is not None and name.type == "type_identifier" else None
