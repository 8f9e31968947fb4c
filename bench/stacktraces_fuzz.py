"""Ten thousand damaged pastes: none may raise, none may take long.

    python -m bench.stacktraces_fuzz [--inputs 10000] [--slowest-milliseconds 500]

Each input is made from the project's samples: lines mixed, cut, joined, with pieces repeated up to a thousand times.
"""

import argparse
import random
import sys
import time
from pathlib import Path

from backstory.stacktraces.parse import parse

SAMPLES = Path(__file__).parent.parent / "tests" / "samples" / "stacktraces"
PIECES = [
    *(
        "(",
        ")",
        "at ",
        " ",
        "a",
        "a.",
        "::",
        "<",
        ">",
        "\\n",
        '"',
        "'",
        "File ",
        "[",
        "]",
        "{",
        ":",
        ":1",
        "#1 ",
        "0x1f",
    ),
    *("/", "|", "\x1b[", ", ", "in ", "é", "\t", "at a.b(c) ", "a b ", "1: ", "{a,", "&lt;", "a::b<", "(*)("),
]


def main() -> int:
    """Print the slowest; 1 when one raised or was too slow."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--inputs", type=int, default=10_000)
    reader.add_argument("--slowest-milliseconds", type=float, default=500)
    arguments = reader.parse_args()
    chance = random.Random(5)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*/*.txt"))]
    slowest, whole = (0.0, ""), time.perf_counter()
    for _ in range(arguments.inputs):
        text = damaged(chance, texts)
        start = time.perf_counter()
        parse(text)
        slowest = max(slowest, (time.perf_counter() - start, text))
    whole = time.perf_counter() - whole
    milliseconds, characters = slowest[0] * 1000, len(slowest[1])
    print(f"{arguments.inputs} inputs in {whole:.0f} s, slowest {milliseconds:.0f} ms for {characters:,} characters")
    return 0 if milliseconds <= arguments.slowest_milliseconds * max(1, characters / 100_000) else 1


def damaged(chance: random.Random, texts: list[str]) -> str:
    """Return a paste with a few things done to it."""
    lines = chance.choice(texts).split("\n")
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(lines))
        line, piece = lines[at], chance.choice(PIECES)
        cut = chance.randrange(len(line) + 1)
        lines[at : at + 1] = chance.choice(
            [
                [line[:cut]],
                [line[:cut], line[cut:]],
                [line, *chance.choice(texts).split("\n")],
                [line[:cut] + piece * chance.choice((1, 2, 50, 1000)) + line[cut:]],
                [(line + piece) * chance.choice((2, 20, 100))],
                [" ".join(lines)],
            ]
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
