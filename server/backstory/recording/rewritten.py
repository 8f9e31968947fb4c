"""What was noted of commits that another one replaces: it holds for the lines that are in that one too."""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from backstory.model.change import FileChange, Replacement
from backstory.model.line_key import is_telling
from backstory.model.names import RepoPath
from backstory.recording.authorship import Authorship

_TELLING_LINES = 3

Replaced = tuple[Sequence[FileChange], Authorship]
"""What a commit that is no more had changed, and what its note said: nothing where it had none."""


def carried_over(replaced: Iterable[Replaced], changes: Sequence[FileChange]) -> Authorship:
    """Return what the notes of replaced commits, oldest first, say of the lines that a new commit adds.

    A later commit that had the same line without a note on it takes back what an earlier one said.
    """
    carried = Authorship()
    lines: dict[RepoPath, dict[int, str]] = {}
    for old_changes, said in replaced:
        carried = carried.with_lines_of(Authorship({}, said.sessions, said.prompts))
        old = {change.path: change.replacements for change in old_changes}
        for change in changes:
            known, here = said.lines.get(change.path, {}), lines.setdefault(change.path, {})
            for old_line, new_line in _same_lines(old.get(change.path, ()), change.replacements):
                here.pop(new_line, None)
                if old_line in known:
                    here[new_line] = known[old_line]
    return carried.with_lines_of(Authorship({path: known for path, known in lines.items() if known}))


def _same_lines(old: Sequence[Replacement], new: Sequence[Replacement]) -> Iterable[tuple[int, int]]:
    """Yield the numbers that added lines have in both commits, where it is plain that they are the same ones."""
    before, after = list(_numbered(old)), list(_numbered(new))
    old_texts, new_texts = [text for _, text in before], [text for _, text in after]
    old_counts, new_counts = Counter(old_texts), Counter(new_texts)
    for block in SequenceMatcher(None, old_texts, new_texts, autojunk=False).get_matching_blocks():
        texts = new_texts[block.b : block.b + block.size]
        is_unique = any(is_telling(text) and old_counts[text] == new_counts[text] == 1 for text in texts)
        if is_unique or sum(map(is_telling, texts)) >= _TELLING_LINES:
            yield from ((before[block.a + step][0], after[block.b + step][0]) for step in range(block.size))


def _numbered(replacements: Sequence[Replacement]) -> Iterable[tuple[int, str]]:
    return (
        (replacement.first + index, text)
        for replacement in replacements
        for index, text in enumerate(replacement.added)
    )
