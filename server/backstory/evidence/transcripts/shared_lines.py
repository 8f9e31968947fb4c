"""Whether what an agent wrote stands in this repository: asked where nothing else says for sure whose it is."""

from collections import defaultdict
from collections.abc import Iterable

from backstory.evidence.entire_paths import RepoPaths
from backstory.evidence.transcripts.transcript import Transcript
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository, head, run_in
from backstory.model.names import RepoPath

_FEWEST = 10
_FEWEST_SHARE = 4
"""One of so many written lines must be found: much that an agent writes does not stay."""

_LEAST_CHARACTERS = 10


def shares_many_lines(
    transcript: Transcript, paths: RepoPaths, reader: ObjectReader, cancellation: Cancellation
) -> bool:
    """Tell whether many of the telling lines of a transcript stand in the same files at HEAD."""
    written: dict[RepoPath, set[str]] = defaultdict(set)
    for edit in transcript.edits:
        path = paths.find(edit.path, transcript.folders)
        if path:
            written[path].update(_telling(line for block in edit.blocks for line in block.lines))
    names = [f"HEAD:{path}" for path in written]
    found = 0
    for lines, (_, content) in zip(written.values(), reader.read_many(names), strict=True):
        cancellation.raise_if_cancelled()
        if content is not None:
            found += len(lines & _telling(content.decode("utf-8", "replace").split("\n")))
    total = sum(map(len, written.values()))
    return found >= _FEWEST and found * _FEWEST_SHARE >= total


def paths_at_head(repository: Repository) -> RepoPaths:
    """Return the files that the repository has, to find paths of another place among them."""
    if head(repository) is None:
        return RepoPaths(())
    listed = run_in(repository, ["ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD"])
    return RepoPaths(listed.decode("utf-8", "surrogateescape").split("\0")[:-1])


def _telling(lines: Iterable[str]) -> set[str]:
    return {line for each in lines if len("".join((line := each.strip()).split())) >= _LEAST_CHARACTERS}
