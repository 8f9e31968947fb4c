"""How many frames of labelled stack traces, as people paste them, are read right in file, line and function.

    python -m bench.stacktraces FOLDER [--misses]

FOLDER holds `<dialect>-<nn>.txt` beside `<dialect>-<nn>.json`: `traces[{exception_type, message, frames[…]}]`, frames
innermost first. Each labelled trace is held against the trace that has most of its frames in the same order; frames
that the label calls debatable, and whole files marked `exclude`, are left out. Frames that no label has are
counted beside.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backstory.model.stacktrace import Frame, StackTrace
from backstory.stacktraces.parse import parse

TARGET = 0.97

Place = tuple[str | None, int | None, str | None]


@dataclass
class Tally:
    """What was right of what is labelled."""

    frames: int = 0
    right: int = 0
    extra: int = 0
    types: int = 0
    types_right: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add what `other` counted."""
        self.frames += other.frames
        self.right += other.right
        self.extra += other.extra
        self.types += other.types
        self.types_right += other.types_right
        self.misses += other.misses


def main() -> int:
    """Print the table by dialect; 1 when the target is missed."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("folder", type=Path)
    reader.add_argument("--misses", action="store_true")
    arguments = reader.parse_args()
    tallies: dict[str, Tally] = {}
    for name, text, label in labelled(arguments.folder):
        tallies.setdefault(label["dialect"], Tally()).add(compare(name, label, parse(text)))
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    print(f"{'dialect':24}{'frames':>8}{'right':>8}{'share':>8}{'extra':>8}{'types':>8}{'right':>8}")
    for dialect, tally in [*sorted(tallies.items()), ("all", total)]:
        share = tally.right / tally.frames if tally.frames else 1.0
        row = f"{dialect:24}{tally.frames:8}{tally.right:8}{share:8.1%}{tally.extra:8}"
        print(f"{row}{tally.types:8}{tally.types_right:8}")
    if arguments.misses:
        print("\n".join(total.misses))
    return 0 if total.right >= TARGET * total.frames else 1


def labelled(folder: Path) -> Iterator[tuple[str, str, dict]]:
    """Yield (name, text, label) of each sample that counts."""
    for path in sorted(folder.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        if not label.get("exclude"):
            yield path.stem, path.with_suffix(".txt").read_bytes().decode(errors="replace"), label


def compare(name: str, label: dict, traces: Sequence[StackTrace]) -> Tally:
    """Count which labelled frames the traces have."""
    tally = Tally()
    debatable = {tuple(pair) for pair in label.get("debatable", ())}
    free = dict(enumerate(traces))
    for index, expected in enumerate(label["traces"]):
        wanted = [(frame["filename"], frame["lineno"], frame["function"]) for frame in expected["frames"]]
        scored = [(len(common(wanted, places(trace.frames))), -key) for key, trace in free.items()]
        best = max(scored, default=(0, 1))
        bare = next((key for key, trace in free.items() if not trace.frames), None)
        found = free.pop(-best[1]) if best[0] else (free.pop(bare) if bare is not None and not wanted else None)
        excused = {frame for trace, frame in debatable if trace == index}
        count(f"{name} [{index}]", wanted, found, excused, tally)
        tally.types += 1
        right = found is not None and found.exception_type == expected["exception_type"]
        tally.types_right += right
        if not right:
            read = found and found.exception_type
            tally.misses.append(f"  type {name} [{index}]: {read} for {expected['exception_type']}")
    for trace in free.values():
        tally.extra += len(trace.frames)
        tally.misses += [f"  extra {name}: {place}" for place in places(trace.frames)]
    return tally


def count(name: str, wanted: list[Place], found: StackTrace | None, debatable: set[int], tally: Tally) -> None:
    """Count one labelled trace against the trace that was found for it."""
    read = places(found.frames) if found else []
    pairs = common(wanted, read)
    missing = set(range(len(wanted))) - {number for number, _ in pairs}
    tally.frames += len(wanted) - len(debatable)
    tally.right += len(wanted) - len(debatable | missing)
    tally.misses += [f"{name} {number}: {wanted[number]}" for number in sorted(missing - debatable)]
    unmatched = [place for number, place in enumerate(read) if number not in {at for _, at in pairs}]
    tally.extra += max(0, len(unmatched) - len(missing))
    tally.misses += [f"  read instead {name}: {place}" for place in unmatched]


def places(frames: Sequence[Frame]) -> list[Place]:
    """Return what is compared of each frame."""
    return [(frame.filename, frame.lineno, frame.function) for frame in frames]


def common(wanted: list[Place], read: list[Place]) -> list[tuple[int, int]]:
    """Return the index pairs of a longest common subsequence."""
    longest = [[0] * (len(read) + 1) for _ in range(len(wanted) + 1)]
    for one in range(len(wanted) - 1, -1, -1):
        for other in range(len(read) - 1, -1, -1):
            longest[one][other] = (
                longest[one + 1][other + 1] + 1
                if wanted[one] == read[other]
                else max(longest[one + 1][other], longest[one][other + 1])
            )
    pairs, one, other = [], 0, 0
    while one < len(wanted) and other < len(read):
        if wanted[one] == read[other]:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif longest[one + 1][other] >= longest[one][other + 1]:
            one += 1
        else:
            other += 1
    return pairs


if __name__ == "__main__":
    sys.exit(main())
