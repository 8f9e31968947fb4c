"""Refs and what they point to."""

from backstory.history.ref_files import listed
from backstory.history.repository import Repository, run_in


def list_refs(repository: Repository, *patterns: str) -> dict[str, str]:
    """Return the refs that match any of `patterns` (all refs without any), each with the id it points to.

    A pattern is a prefix that ends at a `/`, or has wildcards (`*` within a name, `**` across names).
    Source: git-for-each-ref(1).
    """
    in_files = listed(repository.common_dir, patterns)
    if in_files is not None:
        return in_files
    output = run_in(repository, ["for-each-ref", "--format=%(objectname) %(refname)", *patterns])
    lines = output.decode("utf-8", "surrogateescape").split("\n")
    return {name: object_id for object_id, _, name in (line.partition(" ") for line in lines if line)}
