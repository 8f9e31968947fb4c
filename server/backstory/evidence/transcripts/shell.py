"""Files that a shell command writes out of its own text: here-documents."""

import posixpath
import re
from collections.abc import Iterator

from attrs import evolve

from backstory.evidence.transcripts.apply_patch import changes_of_patch
from backstory.evidence.transcripts.blocks import blocks_of_file
from backstory.evidence.transcripts.calls import Change
from backstory.model.edit import Block

_HERE_DOCUMENT = re.compile(
    r"^(?P<command>[^\n]*?)<<-?[ \t]*(?P<quote>['\"]?)\\?(?P<end>[A-Za-z_][\w.-]*)(?P=quote)(?P<rest>[^\n]*)\n",
    re.MULTILINE,
)
_FILE = r"""(?P<to>'[^'\n]+'|"[^"\n$`]+"|[^\s;&|<>()'"$`*?]+)"""
_BEGINNING = r"(?:^|\n|[;&|({]|\bthen\b|\bdo\b)[ \t]*(?:sudo[ \t]+)?"
_CAT = re.compile(rf"{_BEGINNING}cat\s*(?:>{{1,2}}\s*{_FILE})?\s*$")
_GO = re.compile(rf"{_BEGINNING}cd\s+{_FILE}\s*(?:&&|;|\n)")
_TEE = re.compile(rf"{_BEGINNING}tee\s+(?:-a\s+)?{_FILE}\s*(?:>\s*/dev/null\s*)?$")
_REDIRECT = re.compile(rf"\s*>{{1,2}}\s*{_FILE}\s*(?:$|[;&|)}}])")
_APPLY_PATCH = re.compile(r"\bapply_?patch\b")
_LONGEST = 4 << 20
_LONGEST_COMMAND = 1_000
"""Characters looked at before the here-document, in its line."""


def changes_by_shell(command: str) -> Iterator[Change]:
    r"""Yield what a command's here-documents write: `cat > shop/pay.py <<'EOF'\n…\nEOF`, `apply_patch <<'EOF'`.

    Where the shell would put something else in the place of what stands there, nothing is said.
    Source: POSIX shell, 2.7.4 *Here-Document*.
    """
    position = 0
    folder = ""
    while len(command) <= _LONGEST and (found := _HERE_DOCUMENT.search(command, position)):
        folder = _folder_after(command[position : found.start("end")], folder)
        position = found.end()
        closing = re.compile(rf"^\t*{re.escape(found['end'])}[ \t]*$", re.MULTILINE).search(command, position)
        if closing is None:
            return
        body = command[position : closing.start()]
        position = closing.end()
        before = found["command"][-_LONGEST_COMMAND:]
        if _APPLY_PATCH.search(before):
            yield from (evolve(change, path=posixpath.join(folder, change.path)) for change in changes_of_patch(body))
        elif path := _written(before, found["rest"]):
            is_literal = found["quote"] or not re.search(r"[$`\\]", body)
            blocks = tuple(blocks_of_file(body)) if is_literal else ()
            yield from (Change(posixpath.join(folder, path), (_somewhere(block),)) for block in blocks)


def _written(command: str, rest: str) -> str | None:
    """Return the file that a here-document goes to, None when it goes into a program."""
    whole = _CAT.search(command) or _TEE.search(command)
    if whole is None:
        return None
    target = whole["to"] or ((after := _REDIRECT.match(rest)) and after["to"]) or None
    return target.strip("'\"") if target else None


def _folder_after(command: str, folder: str) -> str:
    """Return the folder that a command has gone to, as it names it, from the one it was in."""
    return posixpath.join(folder, *(found["to"].strip("'\"") for found in _GO.finditer(command)))


def _somewhere(block: Block) -> Block:
    """Return the block without its place: a file may be appended to."""
    return Block(block.lines)
