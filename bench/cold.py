"""Proves that opening a file costs little more than the git commands it takes, and that nobody waits for all of blame.

    python -m bench.cold REPOSITORY

Processor time: ten files of all sizes are opened one after the other, and each is hovered on the line that blame tells
last. What the server and its git spent until they are idle is at most 1.25 times what the bare commands need: `blame
--incremental`, once `notes list`, one `cat-file --batch` of the blamed commits' notes, one tree-sitter parse. Files
with a key whose record is in another commit's note need a search through all notes, once per repository; one of them
is measured apart from the ten, and no target is set for it.

Waiting: on files whose blame takes 200 ms or more, from opening the file to the answer on a random line, which names
the line's agent or its commit. Each sample has a fresh server; blame is timed just before it. The best of two counts,
for both, because other work on the machine only ever adds. Median at most 0.35 times blame's time.

The server is warm: it has answered on a small file of each language in another repository.
"""

import math
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from tree_sitter import Language, Parser

from bench.lsp_client import BACKSTORY, LspClient
from bench.oracle.git_ai import ELSEWHERE, Oracle, git
from bench.processes import children_cpu_seconds, cpu_seconds_when_idle
from bench.result import Result, conclude

GRAMMARS = {
    ".c": ("tree_sitter_c", "language", "c"),
    ".go": ("tree_sitter_go", "language", "go"),
    ".java": ("tree_sitter_java", "language", "java"),
    ".js": ("tree_sitter_javascript", "language", "javascript"),
    ".kt": ("tree_sitter_kotlin", "language", "kotlin"),
    ".py": ("tree_sitter_python", "language", "python"),
    ".rs": ("tree_sitter_rust", "language", "rust"),
    ".sh": ("tree_sitter_bash", "language", "shellscript"),
    ".ts": ("tree_sitter_typescript", "language_typescript", "typescript"),
}
FILES = 10
SLOW_SECONDS = 0.2
CANDIDATES_FOR_SLOW = 40
SAMPLES = 15
NAMED_TOOLS = {"claude", "codex", "cursor"}
SEED = 20_261_122


def measure(repository: Path) -> list[Result]:
    """Measure both in one repository."""
    sizes = source_files(repository)
    by_size = sorted(sizes, key=lambda path: sizes[path])
    with tempfile.TemporaryDirectory() as folder:
        small = small_repository(Path(folder) / "small", {Path(path).suffix for path in by_size})
        oracle = Oracle(str(repository))
        paths, set_apart = spread(sizes, oracle)
        results = [measure_processor(oracle, paths, small, f"opening {len(paths)} files, processor", 1.25)]
        if set_apart:
            results.append(measure_processor(oracle, set_apart[:1], small, "a key recorded elsewhere, processor", None))
        return results + measure_waiting(oracle, by_size, small)


def source_files(repository: Path) -> dict[str, int]:
    """Size in bytes of each file at HEAD in a language with a grammar here; empty files are left out."""
    listed = git(str(repository), "ls-tree", "-r", "-l", "-z", "HEAD").decode().split("\0")
    sizes: dict[str, int] = {}
    for entry in filter(None, listed):
        facts, _, path = entry.partition("\t")
        mode, _, _, size = facts.split()
        if mode.startswith("100") and Path(path).suffix in GRAMMARS and int(size):
            sizes[path] = int(size)
    return sizes


def spread(sizes: dict[str, int], oracle: Oracle) -> tuple[list[str], list[str]]:
    """Ten files, each the same factor larger than the one before as far as may be; and those passed over on the way."""
    least, most = min(sizes.values()), max(sizes.values())
    chosen: list[str] = []
    set_apart: list[str] = []
    for step in range(FILES):
        wanted = least * (most / least) ** (step / (FILES - 1))
        for path in sorted(sizes.keys() - {*chosen, *set_apart}, key=lambda path: (abs(sizes[path] - wanted), path)):
            if not any(verdict.why.startswith(ELSEWHERE) for verdict in oracle.judge_file(path)):
                chosen.append(path)
                break
            set_apart.append(path)
    return chosen, set_apart


def small_repository(folder: Path, suffixes: set[str]) -> list[Path]:
    """Write a repository with one short file per suffix, each line an agent's by its note; its files."""
    folder.mkdir()
    commit = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.com", "commit", "-q", "-m", "small"]
    files = [folder / f"small{suffix}" for suffix in sorted(suffixes)]
    for file in files:
        file.write_text("x\n")
    entries = "".join(f"{file.name}\n  0123456789abcdef 1\n" for file in files)
    record = '{"prompts": {"0123456789abcdef": {"agent_id": {"tool": "claude", "id": "1", "model": "opus"}}}}'
    for arguments in (["init", "-q"], ["add", "."], commit):
        git(str(folder), *arguments)
    identity = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.com"]
    git(str(folder), *identity, "notes", "--ref=ai", "add", "-m", f"{entries}---\n{record}")
    return files


@contextmanager
def warm_server(small: list[Path]) -> Iterator[LspClient]:
    """Yield a server that has answered on the small files."""
    with LspClient(BACKSTORY, small[0].parent) as server:
        server.initialize()
        for file in small:
            server.open(file, language_of(file))
            server.hover_until(file, 0, "claude")
        cpu_seconds_when_idle(server.process.pid)
        yield server


def language_of(path: Path) -> str:
    """Language id by the LSP's list."""
    return GRAMMARS[path.suffix][2]


def measure_processor(oracle: Oracle, paths: list[str], small: list[Path], name: str, target: float | None) -> Result:
    """Compare the processor time of opening files with that of the bare commands."""
    repository, value, floor = Path(oracle.repository), 0.0, 0.0
    with warm_server(small) as server:
        spent = cpu_seconds_when_idle(server.process.pid)
        for path in paths:
            bare, last_row = bare_seconds(repository, path, oracle.annotated, list_them=path == paths[0])
            server.open(repository / path, language_of(repository / path))
            server.hover(repository / path, last_row)
            now = cpu_seconds_when_idle(server.process.pid)
            print(f"{path}: bare {bare * 1_000:,.0f} ms, server {(now - spent) * 1_000:,.0f} ms")
            value, floor, spent = value + now - spent, floor + bare, now
    return Result(name, value * 1_000, target, floor * 1_000, "ms")


def bare_seconds(repository: Path, path: str, notes: dict[str, str], *, list_them: bool) -> tuple[float, int]:
    """Processor time of the bare commands and one parse, and the row (0-based) that blame tells last."""
    parser, text = parser_of(path), (repository / path).read_bytes()
    git(str(repository), "blame", "--incremental", "HEAD", "--", path)  # fills the page cache
    before = children_cpu_seconds()
    blamed = git(str(repository), "blame", "--incremental", "HEAD", "--", path)
    if list_them:
        git(str(repository), "notes", "--ref=ai", "list")
    headers = [line.split() for line in blamed.splitlines() if is_header(line)]
    wanted = dict.fromkeys(notes[revision] for header in headers if (revision := header[0].decode()) in notes)
    command = ["git", "-C", str(repository), "cat-file", "--batch"]
    subprocess.run(command, check=True, input="".join(f"{blob}\n" for blob in wanted).encode(), stdout=subprocess.PIPE)
    git_seconds = children_cpu_seconds() - before
    started = time.process_time()
    parser.parse(text)
    parsing = time.process_time() - started
    return git_seconds + parsing, int(headers[-1][2]) - 1 if headers else 0


def is_header(line: bytes) -> bool:
    """Whether a line of `blame --incremental` is `<revision> <line there> <line> <how many>`."""
    words = line.split(b" ")
    return len(words) == 4 and len(words[0]) >= 40 and all(word.isdigit() for word in words[1:])


def parser_of(path: str) -> Parser:
    """Parser for a file of this name."""
    module, function, _ = GRAMMARS[Path(path).suffix]
    return Parser(Language(getattr(import_module(module), function)()))


def measure_waiting(oracle: Oracle, by_size: list[str], small: list[Path]) -> list[Result]:
    """Compare the wait for a random line with the time of the whole blame; nothing when no blame is slow."""
    chance, repository = random.Random(SEED), Path(oracle.repository)
    slow = [path for path in by_size[-CANDIDATES_FOR_SLOW:] if is_slow(repository, path)]
    waits, blames = [], []
    for path in slow:
        for verdict in chance.sample(list(oracle.judge_file(path)), math.ceil(SAMPLES / len(slow))):
            blames.append(min(blame_seconds(repository, path) for _ in range(2)))
            word = str(verdict.tool) if verdict.tool in NAMED_TOOLS else verdict.revision[:7]
            waits.append(min(wait_seconds(repository / path, verdict.line - 1, word, small) for _ in range(2)))
            print(f"{path}:{verdict.line}: blame {blames[-1] * 1_000:,.0f} ms, answer {waits[-1] * 1_000:,.0f} ms")
    if not waits:
        return []
    ratio = statistics.median(wait / blame for wait, blame in zip(waits, blames, strict=True))
    floor = statistics.median(blames)
    return [Result("first answer where blame is slow, median", ratio * floor * 1_000, 0.35, floor * 1_000, "ms")]


def is_slow(repository: Path, path: str) -> bool:
    """Whether the whole blame takes 200 ms or more of processor time, which is its wall time on a machine at rest."""
    before = children_cpu_seconds()
    blame_seconds(repository, path)
    return children_cpu_seconds() - before >= SLOW_SECONDS


def blame_seconds(repository: Path, path: str) -> float:
    """Wall time of the whole bare blame."""
    started = time.perf_counter()
    git(str(repository), "blame", "--incremental", "HEAD", "--", path)
    return time.perf_counter() - started


def wait_seconds(path: Path, row: int, word: str, small: list[Path]) -> float:
    """Wall time from opening a file in a fresh server to the answer that has the word."""
    with warm_server(small) as server:
        started = time.perf_counter()
        server.open(path, language_of(path))
        server.hover_until(path, row, word)
        return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(conclude(measure(Path(sys.argv[1]).resolve())))
