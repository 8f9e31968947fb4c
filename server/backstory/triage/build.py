"""Which commit the program that failed was built from, as its trace names it, or whoever asks.

What is named, in the order of trust: the revision that was asked for, the commit in the trace, the commit in its
release, the tag that the release means. A release is tried as people tag: by the configured pattern, as it is, by its
version, with a `v`, with its package's name; and as the end of a tag when only one ends so.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from backstory.history.paths import shell_quoted
from backstory.history.refs import list_refs
from backstory.history.repository import Repository, remotes, resolve_revision
from backstory.model.errors import UnknownRevisionError
from backstory.model.names import Revision
from backstory.model.stacktrace import StackTrace

NO_BUILD = "No build revision is named: lines are those of your working copy."

NOT_FOLLOWED = "Until then lines are those of your working copy."

LONGEST_SHOWN = 80
MOST_SHOWN = 5

_TAGS = "refs/tags/"
_FULL_ID = re.compile(r"(?<![0-9a-zA-Z])(?:[0-9a-f]{40}|[0-9a-f]{64})(?![0-9a-zA-Z])")
_SHORT_ID = re.compile(r"(?<![0-9a-zA-Z])g?((?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,39})(?![0-9a-zA-Z])")
_SAFE_NAME = re.compile(r"\w[\w./+@-]*")
_RELEASE = re.compile(r"(?:(?P<name>.+)[@ ])?(?P<version>[^@ ]+)")
_NUMBER = re.compile(r"[vV]?(?P<bare>\d.*?)(?:\+.*)?")
_BEFORE_VERSION = ("v", "", "release-", "release/", "releases/", "version-", "V")
_BEHIND_NAME = ("@", "-", "-v", "/", "/v", "@v", "_", "_v")


@frozen
class Build:
    """What is known of the build that failed."""

    revision: Revision | None
    """None when nobody named one, or when it is not here."""

    because: str
    """What named it."""

    remarks: tuple[str, ...] = ()
    """What a reader must know of all lines: that none is named, or that it is not here and what fetches it."""


def find_build(
    repository: Repository, trace: StackTrace, at: str | None = None, tag_pattern: str | None = None
) -> Build:
    """Return the build that a trace names, or `at`: any name of a commit that git understands.

    `tag_pattern` is how this repository tags its releases: `v{version}`, `{name}-{version}`, `{release}`.
    """
    if at is not None:
        return _named(repository, at, "Asked for") or _absent(repository, at, at)
    if trace.revision is not None:
        found = _named(repository, trace.revision, "The trace names the commit")
        return found or _absent(repository, trace.revision, trace.revision)
    if trace.release is not None and trace.release.strip():
        return _released(repository, trace.release.strip(), tag_pattern)
    return Build(None, NO_BUILD, (NO_BUILD,))


def tags_meant(release: str, pattern: str | None = None) -> Sequence[str]:
    """Return the tags that a release may have, the likeliest first: `cart@1.2.0` is `1.2.0`, `v1.2.0`, `cart-1.2.0`."""
    return tuple(dict.fromkeys(_tags_meant(release, pattern)))


def _tags_meant(release: str, pattern: str | None) -> Iterator[str]:
    name, version = _parted(release)
    if pattern is not None:
        words = {"{release}": release, "{version}": version, "{name}": name or ""}
        yield re.sub(r"\{\w+\}", lambda found: words.get(found[0], found[0]), pattern)
    yield release
    for each in (name, name.rpartition("/")[2]) if name else ():
        yield from (f"{each}{joint}{version}" for joint in _BEHIND_NAME)
    yield from (f"{before}{version}" for before in _BEFORE_VERSION)


def _parted(release: str) -> tuple[str | None, str]:
    """Return the package's name and the version without what stands around its number: `1.2.0` of `v1.2.0+45`."""
    parted = _RELEASE.fullmatch(release)
    if parted is None:
        return None, release
    number = _NUMBER.fullmatch(parted["version"])
    return parted["name"], number["bare"] if number else parted["version"]


def _released(repository: Repository, release: str, pattern: str | None) -> Build:
    ids = [*_FULL_ID.findall(release), *_SHORT_ID.findall(release)]
    named = (_named(repository, each, f"The release {_shown(release)} names the commit") for each in ids)
    found = next(filter(None, named), None)
    if found is not None:
        return found
    tags = {name.removeprefix(_TAGS) for name in list_refs(repository, _TAGS)}
    meant = tags_meant(release, pattern)
    ends = sorted(tag for tag in tags if _ends_in(tag, _parted(release)[1]))
    chosen = [tag for tag in meant if tag in tags] or (ends if len(ends) == 1 else [])
    if chosen:
        because = f"The release {_shown(release)} is the tag {_shown(chosen[0])},"
        found = _named(repository, _TAGS + chosen[0], because)
    if found is not None:
        return found
    among = f"; tags that end so: {', '.join(map(_shown, ends[:MOST_SHOWN]))}" if ends else ""
    if _FULL_ID.search(release):
        return _absent(repository, release, ids[0])
    likely = meant[0] if pattern is not None else _as_tagged_here(tags, _parted(release)[1])
    return _absent(repository, release, likely, is_tag=True, more=among)


def _ends_in(tag: str, version: str) -> bool:
    """Tell whether a tag is a version behind a package's name."""
    before = tag.removesuffix(version)
    return before != tag and version[:1].isdigit() and re.search(r"(?:^|[^\d.])$", before) is not None


def _as_tagged_here(tags: Iterable[str], version: str) -> str:
    """Return the tag of a version as most tags of the repository are written: with a `v`, or plain."""
    plain = sum(tag[:1].isdigit() for tag in tags)
    with_v = sum(re.match(r"v\d", tag) is not None for tag in tags)
    return version if plain > with_v else f"v{version}"


def _named(repository: Repository, name: str, because: str) -> Build | None:
    """Return the build that a name of git's means, None when there is no such commit here."""
    try:
        revision = resolve_revision(repository, name)
    except UnknownRevisionError:
        return None
    return Build(revision, f"{because} {revision[:7]}.")


def _absent(repository: Repository, named: str, name: str, *, is_tag: bool = False, more: str = "") -> Build:
    """Return what to say of a build that is not here, with the command that brings it."""
    known = remotes(repository)
    remote = "origin" if "origin" in known else next(iter(known), None)
    reason = f"The build is named {_shown(named)}, and no commit or tag of this clone is that{more}."
    if remote is None:
        return Build(None, reason, (f"{reason} It has no remote to fetch it from.", NOT_FOLLOWED))
    what = _refspec(name, is_tag=is_tag)
    command = f"git -C {shell_quoted(repository.directory)} fetch {shell_quoted(remote)} {what}"
    return Build(None, reason, (f"{reason} It may be fetched: {command}", NOT_FOLLOWED))


def _refspec(name: str, *, is_tag: bool) -> str:
    """Return what to fetch: one tag or one commit where the name is safe to paste, else all branches and tags."""
    if not _SAFE_NAME.fullmatch(name) or ".." in name:
        return "--tags"
    if _FULL_ID.fullmatch(name):
        return name
    return f"tag {name}" if is_tag else "--tags"


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
