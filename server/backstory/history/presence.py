"""Which of many objects a clone has: one git call, which reads none of them."""

from collections.abc import Collection

from backstory.history.command import start_git
from backstory.history.no_settings import without_settings
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository

_FORMAT = "--batch-check=%(objectname)"


def present_objects(repository: Repository, reader: ObjectReader, names: Collection[str]) -> frozenset[str]:
    """Return those of some full ids that the clone has; nothing is fetched. Other names are left out."""
    variables = without_settings(repository) if repository.is_partial else {}
    args = ["cat-file", _FORMAT, "--buffer"]
    with start_git(repository.directory, args, variables=variables, takes_input=True, keeps_errors=False) as process:
        finished = process.communicate("".join(f"{name}\n" for name in names).encode("ascii", "replace"))
    if finished.status == 0:
        return frozenset(finished.stdout.decode("ascii").split("\n")).intersection(names)
    # Git dies of a damaged object; the reader starts another one.
    return frozenset(name for name, content in reader.read_many(list(names)) if content is not None)
