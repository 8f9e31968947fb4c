"""Lines that HEAD does not have yet, found in what records of no commit say was written into the same file.

The rules are those of transcripts in `carry`: three lines in this order, or one that no other session wrote.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from backstory.attribution.carry import EQUAL_CLAIMS, Commit, carry
from backstory.attribution.head_lines import NOT_IN_HEAD
from backstory.attribution.kinship import CommitWords, Kin
from backstory.model.attribution import Attribution
from backstory.model.edit import Edit
from backstory.model.evidence import Basis, Evidence
from backstory.model.keyed_edit import KeyedEdit, Strip
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN

MOST_LINES = 20_000
"""New lines of one file that are looked for, from its top."""

NO_REVISION = Revision("")


def new_strips(path: RepoPath, texts: Sequence[str], head_lines: Sequence[int]) -> tuple[Strip, ...]:
    """Return the lines of a document that HEAD does not have; `texts` and `head_lines` hold one for each line."""
    strips: list[Strip] = []
    for is_new, numbers in groupby(range(len(texts)), lambda index: head_lines[index] <= NOT_IN_HEAD):
        if is_new:
            held = list(numbers)[: MOST_LINES - sum(len(strip.texts) for strip in strips)]
            if held:
                strips.append(Strip(path, held[0] + 1, tuple(texts[held[0] : held[-1] + 1])))
    return tuple(strips)


def attributions_of(strips: Sequence[Strip], edits: Iterable[KeyedEdit]) -> dict[int, Attribution]:
    """Return for lines of the strips who wrote them, or why that cannot be told; nothing for the others.

    Lines of one edit share one attribution.
    """
    here = [each for each in edits if each.edit.revision is None and strips and each.edit.path == strips[0].path]
    carried = carry(Commit(CommitWords(NO_REVISION, None, None, ""), tuple(strips), Kin()), here)
    known: dict[int, Attribution] = {}
    found = {line: known.setdefault(id(edit), _attribution(edit)) for (_, line), edit in carried.origins.items()}
    doubtful = Attribution(UNKNOWN_ORIGIN, Basis.NONE, reason=EQUAL_CLAIMS)
    return found | {line: doubtful for (_, line), reason in carried.reasons.items() if reason == EQUAL_CLAIMS}


def _attribution(edit: Edit) -> Attribution:
    basis = min(edit.basis, Basis.MATCHED)
    said = Evidence(
        source=edit.source,
        basis=basis,
        origin=edit.origin,
        revision=NO_REVISION,
        path=edit.path,
        lines=None,
        locator=edit.locator,
        statement=edit.statement,
        prompt_key=edit.prompt_key,
    )
    return Attribution(edit.origin, basis, (said,))
