"""How many frames are read where there are none: in ordinary logs, prose and code.

    python -m bench.stacktraces_noise PATH… [--megabytes 20] [--show]

Takes text files below the paths, evenly from each path, until there is enough. A file in which somebody wrote a stack
trace down, by the plain words of `EXAMPLES`, is no ordinary text and is left out.
"""

import argparse
import gzip
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from backstory.stacktraces.parse import parse

TARGET_PER_MEGABYTE = 1.0
LARGEST_FILE = 400_000
TEXTS = {
    *("", ".txt", ".md", ".rst", ".py", ".pyi", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".json", ".log", ".html", ".css"),
    *(".gz", ".yml", ".yaml", ".toml", ".cfg", ".c", ".h", ".cpp", ".hpp", ".go", ".rs", ".java", ".rb", ".sh", ".pl"),
    *(".pm", ".php", ".sql", ".xml", ".1", ".5", ".8", ".gitlog"),
}
EXAMPLES = re.compile(
    rb"Traceback \(most recent|^\s+at [\w$.<>/]+ ?\([^\s()]*:\d+|File \"[^\"\n]+\", line \d+|goroutine \d+ \["
    rb"|#\d+ +0x[0-9a-f]{6,} (?:in )?\w|stack backtrace:|stack traceback:|^\s*#\d+ [^\n]+\(\d+\): "
    rb"|:\d+:in [`']|called at \S+ line \d+|===+ (?:FAILURES|ERRORS) ===+|, line \d+, in |AddressSanitizer"
    rb"| at \S+ line \d+\.$|^\s+at (?:async )?(?:file:|/)\S+:\d+:\d+|^E   |:\d+: \w+Error\b|Caused by: "
    rb"|==\s+at 0x[0-9A-F]+: ",
    re.MULTILINE,
)


def main() -> int:
    """Print the false frames per megabyte; 1 when they are too many."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("paths", nargs="+", type=Path)
    reader.add_argument("--megabytes", type=float, default=20)
    reader.add_argument("--show", action="store_true")
    arguments = reader.parse_args()
    size = frames = left_out = 0
    for path in arguments.paths:
        wanted = size + arguments.megabytes * 1e6 / len(arguments.paths)
        for name, content in texts(path):
            if size >= wanted:
                break
            if EXAMPLES.search(content):
                left_out += 1
                continue
            size += len(content)
            for trace in parse(content.decode(errors="replace")):
                frames += len(trace.frames)
                if arguments.show:
                    places = [(frame.filename, frame.lineno, frame.function) for frame in trace.frames]
                    print(f"{trace.dialect} {name}:{trace.lines.first} {places}")
    megabytes = size / 1e6
    print(f"{frames} frames in {megabytes:.1f} MB of text without one; {left_out} files with examples left out")
    return 0 if frames <= TARGET_PER_MEGABYTE * megabytes else 1


def texts(path: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the text files below a path in an order that is the same each time and mixes the folders."""
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
    random.Random(5).shuffle(files)
    for each in files:
        if each.suffix not in TEXTS or each.is_symlink():
            continue
        opened = gzip.decompress(each.read_bytes()) if each.suffix == ".gz" else each.read_bytes()
        if b"\0" not in opened and len(opened) <= LARGEST_FILE:
            yield each, opened


if __name__ == "__main__":
    sys.exit(main())
