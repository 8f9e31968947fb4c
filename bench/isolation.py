"""Proves that Backstory opens no socket and starts no program but git, whatever a repository's configuration says.

    python -m bench.isolation

Under strace: blame, explain, doctor and a session of the language server, over a plain repository, over a partial clone
whose origin is gone, and over a repository whose own configuration turns everything git can run into a trap; and the
demonstration, where there is one. No socket of an internet family is made, nothing is executed but git, its own parts
and this Python, nothing tries to fetch, no trap springs, and where there is an answer it is given. That the traps are
sound is shown by careless git commands, which must spring them.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import hostile_ground
from bench.hostile_ground import PATH, Ground
from bench.lsp_client import BACKSTORY, LspClient, edit_at
from bench.processes import backstory
from bench.result import Result, conclude

STRACE = ["strace", "-f", "--seccomp-bpf", "-qq", "-s", "512", "-e", "trace=socket,connect,execve,execveat", "-o"]
COMMANDS = [
    ["blame", PATH, "--json"],
    ["blame", PATH],
    ["explain", f"{PATH}:2", "--json"],
    ["explain", f"{PATH}:1-3"],
    ["doctor", "--json"],
    ["doctor"],
]
EXECUTED = re.compile(r'\bexecve(?:at)?\((?:\w+, )?"([^"]*)", \[(.*)')
PROJECT = Path(__file__).parents[1]
MUST_SPRING = {"clean", "ext", "external-diff", "fsmonitor", "gpg", "textconv"}
FETCHING = re.compile(r'git-remote-|upload-pack|"(fetch|fetch-pack|ls-remote|remote-\w+)"')


@dataclass(frozen=True)
class Seen:
    """What strace saw of one run, and what is wrong with its answer, if anything."""

    name: str
    calls: list[str]
    wrong: str | None = None


def measure() -> list[Result]:
    """Run everything on every ground and count what must not be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        traps = folder / "traps"
        grounds = [hostile_ground.plain(folder / "plain"), hostile_ground.hostile(folder / "hostile", traps)]
        origin = hostile_ground.plain(folder / "origin").folder
        grounds.append(hostile_ground.partial(folder / "partial", origin))
        seen = list(runs(grounds, folder / "strace.log"))
        sprung = hostile_ground.sprung(traps)
        hostile_ground.spring(grounds[1])
        unsound = MUST_SPRING - hostile_ground.sprung(traps)
    connections = [f"{run.name}: {call}" for run in seen for call in run.calls if "AF_INET" in call]
    programs = [f"{run.name}: {call}" for run in seen for call in run.calls if is_foreign(call)]
    unanswered = [f"{run.name}: {run.wrong}" for run in seen if run.wrong]
    for line in [*connections, *programs, *unanswered, *(f"sprung: {trap}" for trap in sorted(sprung))]:
        print(line)
    return [
        Result(f"runs under strace of {len(seen)} that were not seen", sum(not run.calls for run in seen), 0),
        Result("sockets of an internet family", len(connections), 0),
        Result("foreign programs and fetches", len(programs), 0),
        Result("traps sprung", len(sprung), 0),
        Result("traps that careless git does not spring", len(unsound), 0),
        Result("runs without the answer they owe", len(unanswered), 0),
    ]


def runs(grounds: list[Ground], log: Path) -> Iterator[Seen]:
    """Run every command and a server session on every ground, then the demonstration."""
    for ground in grounds:
        for arguments in COMMANDS:
            name = f"{ground.name}: {' '.join(arguments)}"
            done = run_traced(backstory(*arguments), ground.folder, log)
            owed = ground.answers or arguments[0] == "doctor"
            yield Seen(name, calls_in(log), complaint(done, owed=owed))
        yield Seen(f"{ground.name}: language server", *run_session(ground, log))
    if (PROJECT / "demo" / "__main__.py").exists():
        done = run_traced([sys.executable, "-m", "demo"], PROJECT, log)
        yield Seen("demonstration", calls_in(log), complaint(done, owed=True))


def run_traced(command: list[str], folder: Path, log: Path) -> subprocess.CompletedProcess[str]:
    """Run one command under strace to its end."""
    traced = [*STRACE, str(log), *command]
    places = [*filter(None, [os.environ.get("PYTHONPATH")]), str(PROJECT / "tests")]  # the demonstration uses a story
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    nothing = subprocess.DEVNULL
    return subprocess.run(
        traced, check=False, cwd=folder, capture_output=True, text=True, stdin=nothing, env=environment
    )


def complaint(done: subprocess.CompletedProcess[str], *, owed: bool) -> str | None:
    """Say what is wrong with how a command ended; `None` when nothing is."""
    if "Traceback" in done.stderr or done.returncode < 0:
        return f"crashed: {done.stderr.strip()[-500:]}"
    if owed and (done.returncode != 0 or not done.stdout):
        return f"status {done.returncode}, {len(done.stdout)} characters: {done.stderr.strip()}"
    if not done.stdout and not done.stderr:
        return "says nothing at all"
    return None


def run_session(ground: Ground, log: Path) -> tuple[list[str], str | None]:
    """Open a file, hover each line, type, save and close; the calls seen, and what is wrong."""
    path = ground.folder / PATH
    document = {"textDocument": {"uri": path.as_uri()}}
    moved = {"changes": [{"uri": (ground.folder / ".git/HEAD").as_uri(), "type": 2}]}
    with LspClient([*STRACE, str(log), *BACKSTORY], ground.folder) as server:
        server.initialize()
        server.open(path, "python")
        wrong = None
        try:
            if ground.answers:
                server.hover_until(path, 2, "claude")
        except TimeoutError as error:
            wrong = str(error)
        server.change(path, 2, edit_at(0, 0, "# typed\n"))
        for row in range(4):
            server.hover(path, row)
        for method, parameters in (("textDocument/didSave", document), ("workspace/didChangeWatchedFiles", moved)):
            server.notify(method, parameters)
            server.hover(path, 1)
        server.notify("textDocument/didClose", document)
    return calls_in(log), wrong


def calls_in(log: Path) -> list[str]:
    """Take the calls out of a strace log."""
    calls = [line for line in log.read_text().splitlines() if "resumed>" not in line]
    log.write_text("")
    return calls


def is_foreign(call: str) -> bool:
    """Whether a call starts, or tries to start, anything but git, its own parts and ourselves; or git to fetch."""
    found = EXECUTED.search(call)
    if found is None:
        return False
    program, arguments = found.groups()
    if FETCHING.search(program) or FETCHING.search(arguments):
        return True
    scripts = {str(Path(sys.executable).with_name(name)) for name in ("backstory", "backstory-lsp")}
    is_ours = program in scripts or os.path.realpath(program) == os.path.realpath(sys.executable)
    return not (is_ours or Path(program).name == "git" or Path(program).parent == git_parts())


def git_parts() -> Path:
    """Folder where git keeps its own programs."""
    return Path(hostile_ground.git(Path(), "--exec-path"))


if __name__ == "__main__":
    sys.exit(conclude(measure()))
