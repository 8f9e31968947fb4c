"""How many frames of drawn stack traces are given the right file of a real repository, how many a wrong one.

    python -m bench.frames LANGUAGE=FOLDER… [--traces N] [--misses N]

Each FOLDER is a clone, with the language that its traces are drawn of. Every layout (`bench.oracle.layouts`) is drawn
of every repository that it can print, then judged four times: among the files of that repository alone, and among
those of all repositories at once, as one workspace; by the lists of files only, and with the texts of the files at hand
as they were built. *Right* means that the one file chosen is the right one; *first* counts also the frames where
nothing was chosen and the right file is the first candidate.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from backstory.model.names import RepoPath
from backstory.stacktraces.locate import FileIndex, PathMapping, Placing, Reader, locate, no_texts
from backstory.stacktraces.parse import parse
from bench.oracle.frames import Drawn, Truth, draw
from bench.oracle.layouts import layouts
from bench.oracle.sources import Source

LEAST_RIGHT = 0.97
MOST_WRONG = 0.005
SEED = 20_261_123


@dataclass
class Tally:
    """What was said of the frames."""

    frames: int = 0
    """Of the repository's files."""

    right: int = 0
    first: int = 0
    """Right, or first among the candidates of a frame that is not decided."""

    among: int = 0
    """Right, or any of the candidates."""

    wrong: int = 0
    """Given another file, or one although it is foreign."""

    foreign: int = 0
    folded: int = 0
    """Foreign frames known to be a library's."""

    misses: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add what `other` counted."""
        for name in ("frames", "right", "first", "among", "wrong", "foreign", "folded"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses

    def row(self, name: str) -> str:
        """Return the counts as a line of the table."""
        shares = [each / self.frames if self.frames else 1.0 for each in (self.right, self.first, self.among)]
        wrong = self.wrong / max(1, self.frames + self.foreign)
        folded = self.folded / self.foreign if self.foreign else 1.0
        told = "".join(f"{share:9.1%}" for share in shares)
        return f"{name:44}{self.frames:8}{told}{self.wrong:7}{wrong:9.2%}{self.foreign:9}{folded:9.1%}"


def main() -> int:
    """Print the tables; 1 when a target is missed."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("repositories", nargs="+", metavar="LANGUAGE=FOLDER")
    reader.add_argument("--traces", type=int, default=30)
    reader.add_argument("--misses", type=int, default=0)
    arguments = reader.parse_args()
    sources = [_source(each) for each in arguments.repositories]
    by_layout: dict[str, Tally] = {}
    by_source: dict[str, Tally] = {}
    for where, name, source, tally in _judged(sources, arguments.traces):
        by_layout.setdefault(name, Tally()).add(tally)
        by_source.setdefault(f"{source.name}, {source.language}, {where}", Tally()).add(tally)
    total = Tally()
    for tally in by_source.values():
        total.add(tally)
    print(f"{'':44}{'frames':>8}{'right':>9}{'first':>9}{'among':>9}{'wrong':>7}{'':9}{'foreign':>9}{'folded':>9}")
    for name, tally in [*by_layout.items(), *by_source.items(), (f"all, {len(by_layout)} layouts", total)]:
        print(tally.row(name))
    print("\n".join(random.Random(SEED).sample(total.misses, min(arguments.misses, len(total.misses)))))
    well = total.right >= LEAST_RIGHT * total.frames and total.wrong <= MOST_WRONG * (total.frames + total.foreign)
    return 0 if well else 1


def _source(told: str) -> Source:
    language, _, folder = told.partition("=")
    path = Path(folder).resolve()
    name = path.parent.name.rpartition("+")[2] if path.name == "repo" else path.name
    return Source(path, name, language)


def _judged(sources: list[Source], traces: int) -> Iterator[tuple[str, str, Source, Tally]]:
    """Yield (where, layout, repository, tally)."""
    everything = FileIndex.of({_root(source): _paths(source) for source in sources})
    texts = _texts(sources)
    for source in sources:
        indexes = {"alone": FileIndex.of({_root(source): _paths(source)}), "among all": everything}
        for name, layout in layouts().items():
            drawn = list(draw(source, layout, traces, random.Random(f"{SEED} {source.name} {name}")))
            for where, read in product(indexes, (no_texts, texts)) if drawn else ():
                tally = Tally()
                told = f"{where}, {'by lists' if read is no_texts else 'with texts'}"
                for each in drawn:
                    tally.add(_compared(f"{name} {told}", each, indexes[where], read))
                yield told, name, source, tally


def _texts(sources: list[Source]) -> Reader:
    by_root = {_root(source): source for source in sources}

    def read(repository: str, path: RepoPath) -> str | None:
        return "\n".join(by_root[repository].text(path))

    return read


def _root(source: Source) -> str:
    return f"/home/ada/{source.name}"


def _paths(source: Source) -> list[RepoPath]:
    return [RepoPath(path) for path in source.tracked]


def _compared(name: str, drawn: Drawn, index: FileIndex, read: Reader, mappings: tuple[PathMapping, ...] = ()) -> Tally:
    """Hold what is said of each frame against its label."""
    tally = Tally()
    traces = parse(drawn.text)
    trace = max(traces, key=lambda each: len(each.frames), default=None)
    if trace is None or len(trace.frames) != len(drawn.truths):
        tally.frames = sum(truth.source is not None for truth in drawn.truths)
        tally.misses.append(f"{name}: not parsed: {drawn.text!r}")
        return tally
    placings = locate(trace, index, mappings, read)
    for truth, placing in zip(drawn.truths, placings, strict=True):
        filename = trace.frames[placing.frame].filename
        _count(tally, truth, placing, f"{name}: {filename} in {trace.frames[placing.frame].function}")
    return tally


def _count(tally: Tally, truth: Truth, placing: Placing, told: str) -> None:
    right = (_root(truth.source), truth.path) if truth.source else None
    chosen = (placing.chosen.repository, placing.chosen.path) if placing.chosen else None
    if right is None:
        tally.foreign += 1
        tally.folded += placing.is_library
        tally.wrong += chosen is not None
    else:
        candidates = [(each.repository, each.path) for each in placing.candidates]
        tally.frames += 1
        tally.right += chosen == right
        tally.first += right in (chosen, *candidates[:1])
        tally.among += right in (chosen, *candidates)
        tally.wrong += chosen not in (right, None)
    if chosen != right:
        tally.misses.append(f"{told} → {chosen}, is {right} ({len(placing.candidates)} candidates)")


if __name__ == "__main__":
    sys.exit(main())
