"""Where a repository's hooks are, and whether one person may put one there."""

import os
from pathlib import Path

from attrs import frozen

from backstory.history.repository import Repository
from backstory.model.errors import BackstoryError
from backstory.recording.hook_script import FOLDER


class HookRefusedError(BackstoryError):
    """A hook cannot, or must not, be put where git would look for it."""


@frozen
class HookPlace:
    """The folder of hooks that counts for a repository."""

    folder: Path
    is_shared: bool
    """Whether other repositories have it too: `core.hooksPath` leads out of this one."""

    wanted: Path
    """Below the git directory that all work trees share: where it stands that this repository wants to be recorded."""


def hook_place(repository: Repository) -> HookPlace:
    """Return where git looks for this repository's hooks.

    Raises: HookRefusedError where there is no such folder, or where what is in it belongs to everybody.
    """
    if repository.root is None:
        raise HookRefusedError("Commits are not made here: this repository has no work tree.")
    named = repository.configuration.get("core.hookspath")
    folder = Path(os.path.expanduser(named)) if named else repository.common_dir / "hooks"  # noqa: PTH111  # no ~, no error
    folder = Path(os.path.realpath(repository.root / folder))
    common, root = (Path(os.path.realpath(path)) for path in (repository.common_dir, repository.root))
    if folder == Path(os.devnull) or (folder.exists() and not folder.is_dir()):
        raise HookRefusedError(f"Hooks are switched off here: core.hooksPath is {named}.")
    is_inside = folder.is_relative_to(common)
    if folder.is_relative_to(root) and not is_inside:
        raise _everybodys(folder.relative_to(root), is_husky=folder.name == "_" and folder.parent.name == ".husky")
    return HookPlace(folder, is_shared=not is_inside, wanted=repository.common_dir / FOLDER)


def _everybodys(folder: Path, *, is_husky: bool) -> HookRefusedError:
    """Return why nothing is written into a folder of the work tree: it would be everybody's hook, or overwritten."""
    shown = folder.as_posix()
    whose = (
        f"Husky makes the hooks in {shown} anew" if is_husky else f"This repository brings its hooks along, in {shown}"
    )
    target = f"{folder.parent.as_posix()}/post-commit" if is_husky else f"{shown}/post-commit"
    return HookRefusedError(
        f"{whose}: Backstory writes nothing there. Whoever decides about these hooks can add one line to {target}.",
        "backstory record --hook post-commit >/dev/null 2>&1 &",
    )
