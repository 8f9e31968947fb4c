"""`backstory store …`: what Backstory remembers on this machine, taken along, given back, forgotten."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from backstory.cli.asking import asking, print_json, print_lines
from backstory.evidence.keeping import keepable
from backstory.history.repository import discover
from backstory.history.roots import identify
from backstory.model.errors import BackstoryError
from backstory.redaction.plain_text import one_line
from backstory.store.facts import Facts, open_facts
from backstory.store.forgetting import Forgotten, forget
from backstory.store.info import StoreInfo, store_info
from backstory.store.interchange import export_lines, import_lines
from backstory.store.kept_prompt import KeptPrompt

SUMMARY = "show, export, import or forget what Backstory remembers on this machine"
_MOST_DAYS = 36_500

DESCRIPTION = """What Backstory remembers lies in one folder of yours: requests that you kept, and caches that can be
made again."""


class NoSuchExportError(BackstoryError):
    """The export to read is not there."""

    exit_code = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the commands below this one."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    info = _action(actions, "info", "tell what is remembered, and where", _info)
    info.add_argument("--json", action="store_true", help="print one JSON object")
    keep = _action(actions, "keep", "keep what was asked in agents' transcripts on this machine", _keep)
    keep.add_argument(
        "path", metavar="PATH", type=Path, nargs="?", default=Path(), help="a path in the repository (default: here)"
    )
    export = _action(actions, "export", "print every fact, a line of JSON each", _export)
    export.add_argument("--here", action="store_true", help="only those of the repository around this folder")
    import_ = _action(actions, "import", "add the facts of an export; those that are here stay as they are", _import)
    import_.add_argument("file", metavar="FILE", nargs="?", default="-", help="the export (default, and -: stdin)")
    retain = _action(actions, "retain", "choose for how many days kept requests stay", _retain)
    retain.add_argument("days", metavar="DAYS", type=_days, help="a number of days above 0, or “forever”")
    forgetting = _action(
        actions, "forget", "delete what was kept of a session or a person, and empty the caches", _forget
    )
    forgetting.add_argument("who", metavar="SESSION|PERSON", help="a session's id, a person's name or e-mail address")


def run(arguments: argparse.Namespace) -> int:
    """Answer; return the exit status."""
    with closing(open_facts()) as facts:
        action: Callable[[Facts, argparse.Namespace], int] = arguments.action
        return action(facts, arguments)


def _action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    summary: str,
    action: Callable[[Facts, argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.set_defaults(action=action)
    return parser


def _info(facts: Facts, arguments: argparse.Namespace) -> int:
    info = store_info(facts)
    if arguments.json:
        print_json(_record(info), indent=2)
    else:
        print_lines(_told(info))
    return 0


def _keep(facts: Facts, arguments: argparse.Namespace) -> int:
    facts.raise_if_refused()
    with asking("Reading transcripts") as ask:
        opened = ask.queries.repositories.containing(arguments.path.absolute())
        found = list(keepable(opened.sources, ask.cancellation))
        added = facts.of(identify(opened.repository)).keep(found)
    sessions = len({each.session for each in found})
    if not found:
        print_lines(["No transcript on this machine holds a request that led to edits in this repository."])
    else:
        here = f", {len(found) - added:,} here already" if added < len(found) else ""
        print_lines([f"{_many(added, 'request')} kept{here}, of {_many(sessions, 'session')}."])
    return 0


def _export(facts: Facts, arguments: argparse.Namespace) -> int:
    identity = identify(discover(Path())) if arguments.here else None
    for state in facts.states:
        _warn(state.reason)
    for line in export_lines(facts, identity):
        sys.stdout.write(f"{line}\n")
    return 0


def _import(facts: Facts, arguments: argparse.Namespace) -> int:
    try:
        raw = sys.stdin.buffer.read() if arguments.file == "-" else Path(arguments.file).read_bytes()
    except OSError as error:
        raise NoSuchExportError(f"{arguments.file}: {error.strerror or error}") from error
    imported = import_lines(facts, raw.split(b"\n"))
    print_lines([f"{_many(imported.added, 'fact')} added, {imported.present:,} here already."])
    if imported.unreadable:
        _warn(f"Not understood and left out: line {', '.join(map(str, imported.unreadable))}.")
    return 1 if imported.unreadable else 0


def _retain(facts: Facts, arguments: argparse.Namespace) -> int:
    days: int | None = arguments.days
    gone = facts.retain(days, datetime.now(UTC))
    rule = "stay until you forget them" if days is None else f"are deleted after {_many(days, 'day')}"
    print_lines([f"Kept requests {rule}.", *([f"Deleted {_many(gone, 'older request')}."] if gone else ())])
    return 0


def _days(text: str) -> int | None:
    """Return the number of days, None for ever. Raises: `ValueError`, which argparse turns into words."""
    if text == "forever":
        return None
    days = int(text)
    if not 1 <= days <= _MOST_DAYS:
        raise ValueError
    return days


def _forget(facts: Facts, arguments: argparse.Namespace) -> int:
    print_lines(_told_forgotten(forget(facts, arguments.who)))
    return 0


def _told(info: StoreInfo) -> Iterator[str]:
    yield f"facts    {one_line(str(info.facts or 'nowhere'))} ({_size(info.facts_size)})"
    since = f", the first on {info.oldest:%Y-%m-%d}" if info.oldest else ""
    yield f"         {_many(info.kept_prompts, 'request')} kept, of {_many(info.sessions, 'session')}{since}"
    if info.retention_days is not None:
        yield f"         each is deleted after {_many(info.retention_days, 'day')}"
    for cache in info.caches:
        note = ", which is gone" if cache.is_orphan else ""
        yield f"cache    {one_line(str(cache.path))} ({_size(cache.size)})"
        yield f"         of {one_line(cache.clone) if cache.clone else 'a clone that it does not name'}{note}"
    for state in info.states:
        yield f"limited  {one_line(state.reason)}"
        if state.command:
            yield f"         Run: {one_line(state.command)}"


def _told_forgotten(forgotten: Forgotten) -> Iterator[str]:
    yield f"Forgot {_many(len(forgotten.prompts), 'kept request')}."
    yield from map(_which, forgotten.prompts)
    if forgotten.caches:
        yield f"Emptied {_many(len(forgotten.caches), 'cache')}: made again from what the repositories hold."


def _which(kept: KeptPrompt) -> str:
    """Return what tells one request from another, without its text."""
    asked = kept.prompt.asked_at or kept.kept_at
    session = (kept.session.conversation or kept.session.key) if kept.session else "no session"
    tool = (kept.agent.tool if kept.agent else None) or kept.source
    return f"  {asked:%Y-%m-%d %H:%M}  {one_line(tool)}  {one_line(session)}"


def _record(info: StoreInfo) -> dict[str, object]:
    return {
        "facts": info.facts and str(info.facts),
        "facts_bytes": info.facts_size,
        "kept_prompts": info.kept_prompts,
        "sessions": info.sessions,
        "people": info.people,
        "repositories": info.repositories,
        "oldest": info.oldest and info.oldest.isoformat(),
        "retention_days": info.retention_days,
        "caches": [
            {"path": str(cache.path), "clone": cache.clone, "bytes": cache.size, "is_orphan": cache.is_orphan}
            for cache in info.caches
        ],
        "states": [{"code": state.code, "reason": state.reason, "command": state.command} for state in info.states],
    }


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _size(size: int) -> str:
    for unit in ("bytes", "KB", "MB"):
        if size < 1024:
            return f"{size:,.0f} {unit}"
        size //= 1024
    return f"{size:,} GB"


def _warn(words: str) -> None:
    sys.stderr.write(f"backstory: {one_line(words)}\n")
