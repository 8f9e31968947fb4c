"""What every git is started with, so that a folder's own configuration can run nothing and connect to nothing."""

import os
from collections.abc import Mapping

_CONFIGURATION = (
    # Empty, not `false`: git before 2.36 knows this setting as the name of a program only.
    "core.fsmonitor=",
    f"core.hooksPath={os.devnull}",
    "core.quotePath=true",
    "color.ui=false",
    "diff.noprefix=false",
    "diff.mnemonicPrefix=false",
    "log.showSignature=false",
    "i18n.logOutputEncoding=UTF-8",
    "protocol.allow=never",
)

GLOBAL_OPTIONS: tuple[str, ...] = (
    "--no-pager",
    *(word for setting in _CONFIGURATION for word in ("-c", setting)),
)
"""Options between `git` and the name of the command."""

_FIXED_VARIABLES = {
    # Beats `protocol.<name>.allow=always` in the repository's own configuration, which `protocol.allow` does not.
    # No transport has this name, so none is allowed.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

_ALLOCATOR_VARIABLES = {
    # Blame takes and returns a large file's every version. By default glibc gives that memory back to the system each
    # time and faults it in again, which is a third of blame's time. Other C libraries do not know these names.
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(512 << 20),
    "MALLOC_TOP_PAD_": str(4 << 20),
}


def git_environment(inherited: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for git: `inherited` (default: ours) without any `GIT_…`, then what we insist on.

    How glibc's allocator keeps freed memory is set too, unless `inherited` says something else.

    `GIT_NO_LAZY_FETCH` is honoured from git 2.45 on. An older git starts `git fetch` for a missing object of a partial
    clone; that one dies before it starts or connects to anything, because no transport is allowed.
    """
    source = os.environ if inherited is None else inherited
    kept = {name: value for name, value in source.items() if not name.upper().startswith("GIT_")}
    return _ALLOCATOR_VARIABLES | kept | _FIXED_VARIABLES
