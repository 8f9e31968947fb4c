"""Which of the files that a frame can mean it does mean, or that nobody can say."""

from collections.abc import Iterator, Sequence

from backstory.stacktraces.readings import Reading
from backstory.stacktraces.roots import Ranked
from backstory.stacktraces.witnesses import FUNCTION_AROUND

_OF_MACHINES = frozenset(
    {
        *("agent", "app", "build", "builds", "code", "current", "data", "dist", "go", "home", "html", "lib", "main"),
        *("mnt", "opt", "packages", "project", "release", "releases", "root", "runner", "server", "service"),
        *("services", "src", "srv", "task", "tmp", "users", "usr", "var", "work", "workspace", "workspaces", "www"),
    }
)
"""Folders that machines and images have, whatever they hold."""

_CONTAINERS = frozenset(
    {
        *(("app",), ("code",), ("src",), ("usr", "src", "app"), ("usr", "src"), ("var", "task"), ("workspace",)),
        *(("srv",), ("srv", "app"), ("opt", "app"), ("var", "www", "html"), ("var", "www"), ("github", "workspace")),
        *(("home", "app"), ("opt", "render", "project", "src"), ("application",), ("work",), ("project",), ("repo",)),
    }
)
"""Where images put a repository or one package of it."""


def decided(reading: Reading, ranked: Sequence[Ranked]) -> str | None:
    """Return why the first of the ranked files is the one that is meant, None where that is not sure."""
    if not _is_anchored(reading, ranked[0]):
        return None
    return next(_reasons(ranked), None)


def _reasons(ranked: Sequence[Ranked]) -> Iterator[str]:
    """Yield what sets the first apart from the second."""
    best = ranked[0]
    end = "/".join(best.match.file.parts[-best.match.depth :])
    if len(ranked) == 1:
        yield f"It is the only file here that ends with {end}."
        return
    second = ranked[1]
    if best.support > second.support:
        yield f"{_root_in_words(best)} for {best.support} files of this trace."
    if best.support < second.support:
        return
    if best.is_named > second.is_named:
        yield f"Its path ends with {end}, in the folder that the frame names."
    if best.borne_out >= second.borne_out + 2 and best.borne_out >= FUNCTION_AROUND:
        yield f"Its path ends with {end}, and its text bears the frame out."
    if best.borne_out == second.borne_out and _reaches_further(best, second):
        yield f"No other path ends with as much of the frame's: {end}."


def _is_anchored(reading: Reading, best: Ranked) -> bool:
    """Whether more than a name speaks for it, where folders of a machine stand before it."""
    match = best.match
    if reading.installed or reading.has_package or match.is_whole_name:
        return True
    if best.is_named or best.borne_out >= FUNCTION_AROUND or best.support > 2:
        return True
    folders_agree = match.depth > 1 and (match.is_whole_path or best.support > 1 or match.depth > 2)
    return folders_agree or (match.root.printed in _CONTAINERS and (match.depth > 1 or match.is_whole_path))


def _reaches_further(best: Ranked, second: Ranked) -> bool:
    """Whether the frame has more of its path than of any other, and not by chance."""
    match, other = best.match, second.match
    if match.is_whole_path != other.is_whole_path:
        return match.is_whole_path and (match.depth > 1 or match.is_whole_name)
    more = match.file.parts[-match.depth : len(match.file.parts) - other.depth]
    return any(part.lower() not in _OF_MACHINES for part in more)


def _root_in_words(best: Ranked) -> str:
    printed = "/".join(best.match.root.printed) or "The start of the path"
    return f"{printed} stands for {'/'.join(best.match.root.folders) or 'the top of the repository'}"
