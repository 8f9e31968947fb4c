"""`backstory record`: what transcripts on this machine say of a commit's lines, as a note beside the commit."""

import argparse
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from backstory.cli.asking import print_lines
from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository, discover, resolve_revision
from backstory.model.errors import BackstoryError
from backstory.model.names import Revision
from backstory.recording.authorship import NOTES_REF
from backstory.recording.hook_install import Plan, install, plan_install, uninstall
from backstory.recording.hook_place import hook_place
from backstory.recording.hook_script import BEFORE, HOOKS
from backstory.recording.record import Outcome, Recorder, Recording
from backstory.redaction.plain_text import one_line, terminal_safe

SUMMARY = "note which lines of a commit agents wrote, as their transcripts here say; or do so after each commit"
DESCRIPTION = """Write what transcripts on this machine say of a commit's lines as a git note in git-ai's format, while
the transcripts are there. The commit and its message stay as they are, and nothing is pushed."""

_HEAD = "HEAD"
_REWRITTEN = re.compile("([0-9a-f]{40,64}) ([0-9a-f]{40,64})(?![0-9a-f])")


class NotAgreedError(BackstoryError):
    """Nobody agreed to what was to be written."""


class HookNotWrittenError(BackstoryError):
    """The machine does not let us write the hook."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "what",
        metavar="REVISION|install|uninstall",
        nargs="?",
        default=_HEAD,
        help="the commit (default: HEAD); or put up, or take away, the hooks that record each commit",
    )
    parser.add_argument("--dry-run", action="store_true", help="print the note, or what install would do, and stop")
    parser.add_argument(
        "--with-prompts", action="store_true", help="write what was asked into the note, secrets masked"
    )
    parser.add_argument("--yes", action="store_true", help="with install: agree beforehand")
    parser.add_argument("--hook", choices=[hook.name for hook in HOOKS], help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Answer; return the exit status."""
    if arguments.hook:
        return _after_git(arguments)
    repository = discover(Path())
    if arguments.what == "install":
        return _install(repository, arguments)
    if arguments.what == "uninstall":
        return _uninstall(repository)
    revision = resolve_revision(repository, arguments.what)
    with closing(Recorder(repository, Cancellation())) as recorder:
        if arguments.dry_run:
            recording = recorder.look(revision, with_prompts=arguments.with_prompts)
        else:
            recording = recorder.record(revision, with_prompts=arguments.with_prompts)
    return _tell(repository, recording, is_dry_run=arguments.dry_run)


def _after_git(arguments: argparse.Namespace) -> int:
    """Record what git has just made; what goes wrong is a line on stderr and no failure of git's."""
    try:
        repository = discover(Path())
        with closing(Recorder(repository, Cancellation())) as recorder:
            if arguments.hook == "post-rewrite":
                recorder.record_rewritten(list(_pairs(sys.stdin)))
            else:
                revision = resolve_revision(repository, arguments.what)
                recorder.record(revision, with_prompts=arguments.with_prompts)
    except BackstoryError as error:
        sys.stderr.write(f"backstory: {one_line(error.reason)}\n")
    return 0


def _pairs(lines: Iterator[str]) -> Iterator[tuple[Revision, Revision]]:
    """Yield what git tells post-rewrite: `<old id> <new id>[ <more>]`. Source: githooks(5)."""
    for line in lines:
        if told := _REWRITTEN.match(line):
            yield Revision(told[1]), Revision(told[2])


def _tell(repository: Repository, recording: Recording, *, is_dry_run: bool) -> int:
    commit = recording.revision[:7]
    if recording.outcome is Outcome.FOREIGN:
        sys.stderr.write(f"backstory: {commit} has another tool's note in {NOTES_REF}; it stays as it is.\n")
        return 1
    if recording.outcome is Outcome.NOTHING_KNOWN:
        print_lines([f"No transcript on this machine tells of lines of {commit}: there is nothing to record."])
    elif is_dry_run:
        sys.stdout.write(terminal_safe(recording.text.decode("utf-8", "replace")))
    else:
        said = recording.authorship
        noted = "Noted" if recording.outcome is Outcome.RECORDED else "Noted already"
        known = f"{_many(recording.lines, 'line')} of {_many(len(said.lines), 'file')}"
        tools = one_line(", ".join(sorted(said.tools)))
        print_lines([f"{noted} on {commit}: {known}, by {tools}.", f"To share the notes: {_push(repository)}"])
    return 0


def _push(repository: Repository) -> str:
    keys = [key.split(".") for key in repository.configuration.values]
    names = [".".join(key[1:-1]) for key in keys if key[0] == "remote" and key[-1] == "url"]
    remote = "origin" if "origin" in names or not names else names[0]
    return one_line(f"git push {shlex.quote(remote)} {NOTES_REF}")


def _install(repository: Repository, arguments: argparse.Namespace) -> int:
    plan = plan_install(hook_place(repository), sys.executable, with_prompts=arguments.with_prompts)
    if plan.is_done:
        print_lines(["Each commit here is recorded already."])
        return 0
    print_lines(_told(repository, plan))
    if arguments.dry_run:
        return 0
    if not arguments.yes and not _agreed():
        options = " --with-prompts" if arguments.with_prompts else ""
        raise NotAgreedError("Nothing was written.", f"backstory record install --yes{options}")
    try:
        install(plan)
    except OSError as error:
        raise HookNotWrittenError(f"{plan.place.folder}: {error.strerror or error}") from error
    print_lines(["Done. To undo it: backstory record uninstall"])
    return 0


def _told(repository: Repository, plan: Plan) -> Iterator[str]:
    for hook in HOOKS:
        chained = f", which first runs the one that is there, as {hook.name}{BEFORE}" if hook.name in plan.kept else ""
        yield one_line(f"{plan.place.folder / hook.name} starts Backstory in the background{chained}.")
    if plan.place.is_shared:
        yield "This folder (core.hooksPath) serves other repositories too: there the hook does nothing."
    asked = "what was asked, secrets masked" if plan.with_prompts else "no word of what was asked"
    yield f"Each commit made here gets a note in {NOTES_REF}: which lines agents wrote, who asked, and {asked}."
    if (repository.common_dir / "ai").is_dir():
        yield "git-ai records here too: commits that have its note keep it."


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    sys.stdout.write("Write this? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _uninstall(repository: Repository) -> int:
    place = hook_place(repository)
    try:
        done = list(uninstall(place))
    except OSError as error:
        raise HookNotWrittenError(f"{place.folder}: {error.strerror or error}") from error
    print_lines([*map(one_line, done), "Commits are not recorded here any more; the notes that there are stay."])
    return 0


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
