"""Reading a repository's objects as if nobody had configured anything."""

import os
from pathlib import Path

from backstory.history.repository import Repository

_STAND_INS = Path(__file__).parent / "unconfigured"


def without_settings(repository: Repository) -> dict[str, str]:
    """Return variables with which git takes objects from `repository` and settings from nowhere.

    For commands that name everything by full id. Two settings leave no other way: a clone with a promisor remote makes
    git fetch (and die of not being allowed to) for each object it lacks, where it should say that it is missing; and a
    `blame.ignoreRevsFile` that does not exist makes every blame fail, since git reads the whole list before an empty
    entry could reset it. Source: gitrepository-layout(5), git(1) section *Environment Variables*.
    """
    return {
        "GIT_DIR": str(repository.git_dir),
        "GIT_COMMON_DIR": str(_STAND_INS / repository.object_format),
        "GIT_OBJECT_DIRECTORY": str(repository.common_dir / "objects"),
        "GIT_SHALLOW_FILE": str(repository.common_dir / "shallow"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
