"""pytest's failures, long and short.

    ________________________________ test_total ________________________________

        def test_total():
    >       assert total([]) == 0

    tests/test_cart.py:12:
    _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _
    E       KeyError: 'price'

    shop/cart.py:4: KeyError

Source: `_pytest._code.code`, pytest 3 to 8.
"""

import re
from collections.abc import Iterable

from attrs import define, field

from backstory.model.stacktrace import Relation
from backstory.stacktraces.collecting import frame_of
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.line import Line

ID = "pytest"
SIGNS: tuple[str, ...] = (r">       \S", r"\.p(?:yx?|xi):\d+: ?(?:in |[A-Z]\w*$|$)")

_PLACE = re.compile(
    r"^(?P<file>(?:[A-Za-z]:[\\/])?[^\s:\"'()|][^:\n\"'()|]{0,400}\.(?:pyw?|pyx|pxi|pxd)):"
    r"(?P<line>\d{1,7}): ?(?:in (?P<function>[\w.<>]{1,300})|(?P<type>[A-Za-z_][\w.]*)?)\s*$"
)
_TITLE = re.compile(r"^_{3,} (?:ERROR (?:at (?:setup|teardown) of|collecting) )?(?P<test>[^\n]{1,200}?) _{3,}$")
_SEPARATOR = re.compile(r"^(?:_ ){5,}_?$|^(?:- ){5,}-?$")
_SECTION = re.compile(r"^={3,} .* ={3,}$|^-{3,} Captured .* -{3,}$|^(?:FAILED|ERROR|PASSED) \S+::|^={10,}$")
_SAID = re.compile(r"^E\s{1,12}(?P<said>\S.*)$")
_SOURCE = re.compile(r"^(?P<mark>[> ])\s{3,}(?P<code>\S.*)$")
_DEFINITION = re.compile(r"^\s*(?:async )?def (?P<name>\w+)\s?\(")
_EXCEPTION = re.compile(r"^(?P<type>(?:[A-Za-z_]\w*\.)*[A-Z]\w*)(?:: (?P<message>.*))?$")
_RELATION = re.compile(
    r"(?P<context>During handling of the above exception, another)|The above exception was the (?P<cause>direct cause)"
)


def read(block: Block) -> Iterable[Draft]:
    """Return the failures of the block that pytest printed."""
    reader = _Reader()
    for index, line in enumerate(block.lines):
        if block.text(index) and line.raw:
            reader.feed(index, line)
    for each in reader.drafts:
        each.frames.reverse()
    return [each for each in reader.drafts if each.frames and each.sure]


@define
class _Reader:
    """The state between two lines."""

    drafts: list[Draft] = field(factory=list)
    open: Draft | None = None
    test: str | None = None
    defined: str | None = None
    source: bool = False
    said: str | None = None
    relation: Relation | None = None
    above: int | None = None

    def feed(self, index: int, line: Line) -> None:
        """Take the next line."""
        text = _whole(line)
        bare = text.text.strip()
        if title := _TITLE.match(bare):
            self._forget()
            self.test = title["test"]
        elif _SEPARATOR.match(bare):
            self.defined, self.test, self.source = None, None, False
        elif found := _RELATION.search(bare):
            self._forget()
            self.relation = Relation.CAUSE if found["cause"] else Relation.CONTEXT
        elif _SECTION.match(bare):
            self._forget()
        elif place := _PLACE.match(_dedented(text).text):
            self._place(index, _dedented(text), place)
        elif said := _SAID.match(bare):
            self.said = self.said or said["said"]
            if self.open:
                self._name(self.open, said["said"])
            self.above = index if self.above is None else self.above
            self.source = True
        elif found := _SOURCE.match(_one_mark(text.text)):
            self.source = self.source or found["mark"] == ">"
            definition = _DEFINITION.match(found["code"])
            if definition and self.defined is None:
                self.defined = definition["name"]

    def _forget(self) -> None:
        self.open = self.test = self.defined = self.said = self.above = None
        self.source = False

    def _place(self, index: int, line: Line, found: re.Match[str]) -> None:
        draft = self.open or self._begin(index)
        function = found["function"] or self.defined or (self.test if self.source else None)
        frame = frame_of(
            line, found, (function or "").split("[")[0].rpartition(".")[2] if not found["function"] else None
        )
        draft.frames.append(frame)
        draft.last = index
        draft.lines.add(index)
        draft.sure |= self.source or bool(found["function"] and len(draft.frames) > 1) or self.test is not None
        self.defined, self.source = None, False
        if found["type"]:
            self._close(draft, found["type"])

    def _name(self, draft: Draft, said: str) -> None:
        """Take the exception of the short form, which stands below the places."""
        found = _EXCEPTION.match(said)
        draft.sure = True
        if found and draft.exception_type is None:
            draft.exception_type, draft.message = found["type"], found["message"]

    def _begin(self, index: int) -> Draft:
        self.open = draft = Draft(ID, index if self.above is None else self.above, index)
        if self.relation and self.drafts:
            self.drafts[-1].relation, self.drafts[-1].parent = self.relation, draft
        self.relation = None
        self.drafts.append(draft)
        return draft

    def _close(self, draft: Draft, kind: str) -> None:
        """Take the exception from the last place and what was said of it."""
        draft.exception_type, draft.sure = kind, True
        if self.said:
            said = _EXCEPTION.match(self.said)
            named = said and said["type"].rpartition(".")[2] == kind.rpartition(".")[2]
            draft.message = said["message"] if said and named else self.said
        self.open = self.said = self.above = None


def _whole(line: Line) -> Line:
    """Return the line as pasted: here `>` is no quotation mark."""
    return (
        Line(line.number, line.raw, line.raw, range(len(line.raw)), line.raw, line.last)
        if line.raw.lstrip()[:1] == ">"
        else line
    )


def _dedented(line: Line) -> Line:
    cut = len(line.text) - len(line.text.lstrip())
    return (
        Line(line.number, line.text[cut:], line.printed[cut:], line.columns[cut:], line.raw, line.last) if cut else line
    )


def _one_mark(text: str) -> str:
    """Return source with its mark in the first column, however far the paste is indented."""
    bare = text.lstrip()
    return bare if bare[:1] == ">" else "    " + text
