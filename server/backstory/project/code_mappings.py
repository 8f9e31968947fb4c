"""Where the paths of a build stand in a repository, as somebody told an error tracker.

    [{"stackRoot": "io/shop/core", "sourceRoot": "shop-core/src/main/java/io/shop/core"}]

Source: the file that `sentry-cli code-mappings upload` takes, version 3.3.4, https://docs.sentry.io/cli/code-mappings.
"""

from pathlib import Path

import msgspec
from attrs import frozen

from backstory.stacktraces.placing import PathMapping

FILES = (".sentry/code-mappings.json", "sentry-code-mappings.json", "code-mappings.json", "mappings.json")
"""Where such a file may stand in a work tree; the tracker prescribes no name. The first that is one counts."""

_GREATEST = 4 << 20


@frozen
class CodeMappings:
    """What a work tree says of its builds' paths."""

    mappings: tuple[PathMapping, ...] = ()
    file: str | None = None
    """Where it stands in the work tree."""

    problem: str | None = None
    """Why a file of that name was left out."""


class _Written(msgspec.Struct, rename="camel"):
    stack_root: str
    source_root: str


def code_mappings(root: Path) -> CodeMappings:
    """Return the mappings of a work tree; none where it has no such file."""
    for name in FILES:
        content = _content(root / name)
        if content is None:
            continue
        try:
            written = msgspec.json.decode(content, type=list[_Written])
        except (msgspec.DecodeError, RecursionError):
            if name == FILES[-1]:  # anybody's file may be called so
                continue
            return CodeMappings(file=name, problem=f"{name} is no list of stackRoot and sourceRoot.")
        mappings = (PathMapping(each.stack_root, each.source_root, str(root)) for each in written)
        return CodeMappings(tuple(mappings), name)
    return CodeMappings()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= _GREATEST else None
    except OSError:
        return None
