"""The environment in which tests and demo run git: nothing of the machine's or the person's own configuration."""

import os
from collections.abc import MutableMapping
from pathlib import Path

KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "COMSPEC", "PATHEXT")


def isolated_environment(home: Path) -> dict[str, str]:
    """Return an environment whose only home is `home`."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    isolate(environment, home)
    return environment


def isolate(environment: MutableMapping[str, str], home: Path) -> None:
    """Take git's variables out of `environment` and make `home` its home, in place."""
    for name in [name for name in environment if name.startswith("GIT_")]:
        del environment[name]
    environment |= {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
        "TZ": "UTC",
    }
