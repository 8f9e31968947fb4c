"""Functions and classes of a text, found with its grammar."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from backstory.model.lines import LineRange
from backstory.model.region import SyntaxUnit, UnitKind
from backstory.syntax.grammars import GrammarMissing, grammar
from backstory.syntax.names import given_name
from backstory.syntax.rules import BARREN, RULES, TRANSPARENT, VALUES, Rules

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Tree

DEEPEST_UNIT = 64
"""Units inside more units than this are left out: nobody writes them, and their names grow with every level."""

CHUNK = 16_384
"""Bytes handed to the parser at a time."""

STOP_EVERY = 1_024
"""Nodes looked at between two questions whether the answer is still wanted."""


def parse_units(text: bytes, language: str, should_stop: Callable[[], bool] = lambda: False) -> tuple[SyntaxUnit, ...]:
    """Return the functions and classes of `text` (UTF-8), in document order: an outer one before those inside it.

    Broken text gives what can be recognised in it. There are none for a language without a grammar (`grammar` tells
    why), and none when `should_stop` says that nobody waits any more.
    """
    known = grammar(language)
    if isinstance(known, GrammarMissing):
        return ()
    tree = _parse(text, known, should_stop)
    if tree is None:
        return ()
    return find_units(tree, text, language, RULES[language], should_stop)


def find_units(
    tree: "Tree", text: bytes, language: str, rules: Rules, should_stop: Callable[[], bool] = lambda: False
) -> tuple[SyntaxUnit, ...]:
    """Return the units of a text that was parsed, by some rules of its language."""
    return _Walk(tree, text, rules, _meanings(language), should_stop).units()


def _parse(text: bytes, language: "Language", should_stop: Callable[[], bool]) -> "Tree | None":
    """Return the tree, None when parsing was stopped."""
    from tree_sitter import Parser  # noqa: PLC0415  -- the grammar was loaded, so that this can be

    is_stopped = False

    def read(offset: int, _point: object) -> bytes:
        # Asked here, once a chunk: the parser's own progress callback comes so often that it would cost a tenth more.
        nonlocal is_stopped
        is_stopped = is_stopped or should_stop()
        return b"" if is_stopped else text[offset : offset + CHUNK]

    tree = Parser(language).parse(read)
    return None if is_stopped else tree


class _Meaning(Enum):
    """What a node of some kind is to us; most are nothing, and are only looked into."""

    PASSED = auto()
    """Stands between a unit and its attributes without parting them, and holds no unit."""
    BARREN = auto()
    MARK = auto()
    WRAPPER = auto()
    FUNCTION = auto()
    CLASS = auto()
    SCOPE = auto()
    HOLDER = auto()


@cache
def _meanings(language: str) -> Mapping[int, _Meaning]:
    """Return the kinds of node that mean something, by the grammar's number for each."""
    known = grammar(language)
    if isinstance(known, GrammarMissing):
        return {}
    meanings = {kind: _meaning(known, kind, RULES[language]) for kind in range(known.node_kind_count)}
    return {kind: meaning for kind, meaning in meanings.items() if meaning is not None}


def _meaning(known: "Language", kind: int, rules: Rules) -> _Meaning | None:
    if not known.node_kind_is_named(kind):
        return _Meaning.PASSED
    name = known.node_kind_for_id(kind)
    for names, meaning in (
        (rules.functions, _Meaning.FUNCTION),
        (rules.classes, _Meaning.CLASS),
        (rules.scopes, _Meaning.SCOPE),
        (rules.holders, _Meaning.HOLDER),
        (rules.wrappers, _Meaning.WRAPPER),
        (rules.marks, _Meaning.MARK),
        (TRANSPARENT, _Meaning.PASSED),
        (BARREN, _Meaning.BARREN),
    ):
        if name in names:
            return meaning
    return None


@frozen
class _Around:
    """A unit or a scope, for the units inside it."""

    end: int
    """The byte behind it."""

    name: str
    depth: int
    """How many units are around what is inside."""


@define
class _Walk:
    """One way through a tree, parents before children, without recursion: a text may be nested as deep as it likes."""

    tree: "Tree"
    text: bytes
    rules: Rules
    meanings: Mapping[int, _Meaning]
    should_stop: Callable[[], bool]
    found: list[SyntaxUnit] = field(factory=list)
    around: list[_Around] = field(init=False)
    signs: list[int] = field(init=False)
    """Where the signs of units stand, in order."""

    def __attrs_post_init__(self) -> None:
        self.around = [_Around(len(self.text) + 1, "", 0)]
        self.signs = sign_places(self.text, self.rules.signs)

    def units(self) -> tuple[SyntaxUnit, ...]:
        """Walk the whole tree. This loop sees every node: what it does with most of them decides how long it takes."""
        cursor = self.tree.walk()
        meaning_of = self.meanings.get
        begin: int | None = None  # the row at which the next unit begins if nothing else comes first
        seen = 0
        while True:
            seen += 1
            if not seen % STOP_EVERY and self.should_stop():
                return ()
            node = cursor.node
            meaning = meaning_of(node.kind_id) if node else None
            goes_in = True
            if meaning is None:
                begin, goes_in = None, node is None or self._may_hold_units(node)
            elif meaning is _Meaning.PASSED:
                goes_in = False
            elif node:
                begin, goes_in = self._notice(node, meaning, begin)
            if goes_in and cursor.goto_first_child():
                continue
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return tuple(self.found)
                begin = None

    def _notice(self, node: "Node", meaning: _Meaning, begin: int | None) -> tuple[int | None, bool]:
        """Return the row at which the next unit begins, None for its own, and whether there may be any in the node."""
        if meaning is _Meaning.BARREN:
            return None, False
        opened = node.start_point.row if begin is None else begin
        if meaning is _Meaning.MARK:
            return opened, False
        if meaning is _Meaning.WRAPPER:
            return opened, True
        kind = self._unit_kind(node, meaning)
        if kind is None and meaning is not _Meaning.SCOPE:
            return opened if node.type in self.rules.wrappers else None, True
        self._declare(node, kind, opened)
        return None, not (meaning is _Meaning.FUNCTION and self._is_plain(node))

    def _may_hold_units(self, node: "Node") -> bool:
        """Tell whether anything in a node looks like a unit: most nodes need no visit."""
        if not self.rules.signs:
            return True
        start = node.start_byte
        following = bisect_left(self.signs, start)
        return (following < len(self.signs) and self.signs[following] < node.end_byte) or node.has_error

    def _is_plain(self, function: "Node") -> bool:
        """Tell whether nothing in a function's body looks like a unit."""
        body = function.child_by_field_name("body")
        if not self.rules.body_signs or body is None:
            return False
        return _any_of(self.rules.body_signs).search(self.text, body.start_byte, body.end_byte) is None

    def _declare(self, node: "Node", kind: UnitKind | None, first_row: int) -> None:
        """Take up a unit, or a scope (`kind` None), that stands around what the node holds."""
        while self.around[-1].end <= node.start_byte:
            self.around.pop()
        outer = self.around[-1]
        name = self._name(node)
        if name is None or outer.depth > DEEPEST_UNIT:
            return
        qualified = f"{outer.name}.{name}" if outer.name else name
        if kind is not None:
            self.found.append(SyntaxUnit(kind, qualified, _lines(node, self.text, first_row), outer.depth))
        self.around.append(_Around(node.end_byte, qualified, outer.depth + (kind is not None)))

    def _unit_kind(self, node: "Node", meaning: _Meaning) -> UnitKind | None:
        """Return which unit the node is, None when it is none after all."""
        if meaning is _Meaning.HOLDER:
            value = node.child_by_field_name("value") or node.child_by_field_name("right")
            held = value or node.child_by_field_name("type")
            return VALUES.get(held.type) if held else None
        if meaning is _Meaning.SCOPE:
            return None
        if node.type in self.rules.bodied and not _has_body(node):
            return None
        return UnitKind.FUNCTION if meaning is _Meaning.FUNCTION else UnitKind.CLASS

    def _name(self, node: "Node") -> str | None:
        naming, fixed = self.rules.naming.get(node.type), self.rules.fixed_names.get(node.type)
        if naming is None:
            return fixed or given_name(node, self.text)
        return naming(node, self.text) or fixed


def sign_places(text: bytes, signs: Iterable[str]) -> list[int]:
    """Return where words or marks stand in a text, in order; words only by themselves, not as part of others."""
    places: list[int] = []
    for sign in signs:
        wanted, is_word = sign.encode(), sign.isalpha()
        place = text.find(wanted)
        while place >= 0:
            end = place + len(wanted)
            if not is_word or not (text[place - 1 : place].isalnum() or text[end : end + 1].isalnum()):
                places.append(place)
            place = text.find(wanted, end)
    return sorted(places)


@cache
def _any_of(words: frozenset[str]) -> re.Pattern[bytes]:
    return re.compile(rb"\b(?:" + "|".join(sorted(words)).encode() + rb")\b")


def _has_body(node: "Node") -> bool:
    if node.child_by_field_name("body") is not None:
        return True
    return any(child.type == "function_body" for child in node.named_children)  # Kotlin gives it no field


def _lines(node: "Node", text: bytes, first_row: int) -> LineRange:
    """Return the lines from the 0-based `first_row` to the node's last that is not blank, 1-based."""
    end = node.end_point
    last_row = end.row
    if end.column == 0:  # where indentation ends a unit (Scala 3), it ends behind the blank lines that follow
        written = text[node.start_byte : node.end_byte]
        last_row -= written[len(written.rstrip()) :].count(b"\n")
    return LineRange(first_row + 1, max(first_row, last_row) + 1)
