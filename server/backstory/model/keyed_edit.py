"""Recorded edits as the text index keeps them: their lines as keys, their text forgotten."""

from itertools import compress

from attrs import field, frozen

from backstory.model.edit import Edit
from backstory.model.line_key import MASKED, is_telling, is_weighty, line_key
from backstory.model.names import RepoPath


@frozen
class KeyedBlock:
    """Neighbouring lines that one edit wrote."""

    keys: tuple[int, ...]
    first: int | None = None
    """Where the first one stood right after the edit, 1-based; None when the record does not say."""


@frozen
class KeyedEdit:
    """An edit without its text."""

    edit: Edit
    """Its blocks are empty."""

    blocks: tuple[KeyedBlock, ...]


def keyed(edit: Edit) -> tuple[KeyedBlock, ...]:
    """Return an edit's blocks without their text."""
    return tuple(
        KeyedBlock(tuple(_key(line, edit.wildcard) for line in block.lines), block.first) for block in edit.blocks
    )


def _key(line: str, wildcard: str | None) -> int:
    return MASKED if wildcard and wildcard in line else line_key(line)


@frozen
class Strip:
    """Neighbouring lines whose origin is asked for, or through which others are found."""

    path: RepoPath
    first: int
    """The first one's number in the file, 1-based."""

    texts: tuple[str, ...]
    keys: tuple[int, ...] = field(init=False)
    are_weighty: tuple[bool, ...] = field(init=False)
    """Which lines are long enough to be looked for by themselves."""

    are_telling: tuple[bool, ...] = field(init=False)
    """Which lines have two words or more."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(map(line_key, self.texts)))
        object.__setattr__(self, "are_weighty", tuple(map(is_weighty, self.texts)))
        object.__setattr__(self, "are_telling", tuple(map(is_telling, self.texts)))

    def weighty_keys(self) -> set[int]:
        """Return the keys of the lines that may be looked for by themselves."""
        return set(compress(self.keys, self.are_weighty))
