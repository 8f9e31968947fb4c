"""Lines with a known writer, and the random code that they say."""

import re
from random import Random

from attrs import define, field

TRIVIAL_SHARE = 0.22
REPEATED_SHARE = 0.10
INDENT = "    "

TRIVIAL = ["", "", "", "}", ")", "]", "else:", "try:", "return", "pass", "finally:", "{", "});", "end"]
IDIOMS = ["return None", "if result is None:", "return result", "continue  # next one", "assert result", "log.flush()"]
NOUNS = [
    "account",
    "amount",
    "answer",
    "basket",
    "batch",
    "bucket",
    "buyer",
    "cache",
    "cart",
    "charge",
    "claim",
    "clock",
    "column",
    "coupon",
    "course",
    "cursor",
    "customer",
    "delivery",
    "discount",
    "district",
    "document",
    "engine",
    "entry",
    "event",
    "factor",
    "filter",
    "folder",
    "garden",
    "gateway",
    "harbour",
    "header",
    "image",
    "index",
    "invoice",
    "journal",
    "kernel",
    "label",
    "ledger",
    "letter",
    "limit",
    "market",
    "member",
    "message",
    "meter",
    "module",
    "number",
    "offer",
    "option",
    "order",
    "owner",
    "packet",
    "parcel",
    "payment",
    "period",
    "permit",
    "planet",
    "player",
    "pocket",
    "policy",
    "portal",
    "product",
    "profile",
    "quota",
    "record",
    "refund",
    "region",
    "report",
    "reserve",
    "review",
    "river",
    "route",
    "sample",
    "season",
    "section",
    "sender",
    "shelf",
    "signal",
    "source",
    "stamp",
    "station",
    "stock",
    "street",
    "supply",
    "switch",
    "table",
    "target",
    "ticket",
    "timer",
    "token",
    "tracker",
    "trade",
    "treaty",
    "tunnel",
    "update",
    "value",
    "vendor",
    "wallet",
]
VERBS = [
    "apply",
    "build",
    "check",
    "close",
    "collect",
    "count",
    "draw",
    "fetch",
    "find",
    "fold",
    "gather",
    "join",
    "keep",
    "load",
    "match",
    "merge",
    "open",
    "order",
    "pack",
]
SHAPES = [
    "{a}_{b} = {verb}_{c}({d}, {number})",
    "if {a}.{b} > {number} and {c}_{d} != '{e}':",
    "self.{a}_{b}[{number}] = {verb}({c}.{d})",
    "log.info('{verb} the {a} of %s, {b}', {c}_{d}, {number})",
    "return {verb}_{a}({b}.{c}, '{d}', limit={number})",
    "for {a} in {verb}_{b}({c}, step={number}):",
    "raise {a_title}{b_title}Error('{c} of {d} is {number}')",
    "{a}_{b} = {{'{c}': {verb}_{d}({number}), '{e}': {a}}}",
    "def {verb}_{a}_{b}({c}, {d}={number}):",
    "await {verb}_{a}(self.{b}, {c}_{d}, timeout={number})",
]


@define(eq=False)
class Line:
    """One line, the same object for as long as it stays itself; what a formatter does to it changes only its text."""

    text: str
    writer: str
    """Alias of a conversation (`a1`) or of a person (`h:ann`)."""

    part_of: "Line | None" = None
    """The line that a formatter broke."""

    @property
    def is_agents(self) -> bool:
        """Whether an agent wrote it."""
        return not self.writer.startswith("h:")


Tree = dict[str, list[Line]]
"""Path → lines, of all files of a commit."""


@define
class Typewriter:
    """Writes random code; a line that is neither trivial nor repeated on purpose is written once only."""

    random: Random
    _written: list[str] = field(factory=list)
    _known: set[str] = field(factory=set)

    def block(self, writer: str, length: int) -> list[Line]:
        """Return new lines of one writer."""
        depth = 1
        lines = []
        for _ in range(length):
            text = self._text()
            lines.append(Line(INDENT * depth + text if text else "", writer))
            depth = min(max(depth + self.random.choice((-1, 0, 0, 1)), 0), 4)
        return lines

    def edited(self, line: Line, writer: str) -> Line:
        """Return what an edit of somebody else makes of a line: nearly the same text, written by the editor."""
        words = re.findall(r"[a-z]{4,}", line.text)
        number = str(self.random.randrange(1000, 9999))
        if not words:
            return Line(INDENT + self._new_text(), writer)
        return Line(line.text.replace(self.random.choice(words), self.random.choice(NOUNS) + number, 1), writer)

    def _text(self) -> str:
        chance = self.random.random()
        if chance < TRIVIAL_SHARE:
            return self.random.choice(TRIVIAL)
        if chance < TRIVIAL_SHARE + REPEATED_SHARE:
            return self.random.choice([*IDIOMS, *self._written[-300:]])
        return self._new_text()

    def _new_text(self) -> str:
        while True:
            words = dict(zip("abcde", self.random.sample(NOUNS, 5), strict=True))
            text = self.random.choice(SHAPES).format(
                **words,
                a_title=words["a"].title(),
                b_title=words["b"].title(),
                verb=self.random.choice(VERBS),
                number=self.random.randrange(2, 5000),
            )
            if text not in self._known:
                self._known.add(text)
                self._written.append(text)
                return text


def is_trivial(text: str) -> bool:
    """Tell whether a line is blank, brackets and marks alone, or one word."""
    return len(re.findall(r"\w+", text)) <= 1
