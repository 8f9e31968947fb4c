"""Labels for leave-one-out: lines whose note is hidden, whose they are, and whether another record still tells.

    python -m bench.oracle.leave_one_out REPOSITORY [COMMITS [SEED]]

prints one JSON object for each line at HEAD that `git blame` gives to one of the hidden commits, and counts on stderr.
It imports nothing of Backstory and is slow on purpose (some minutes; the labels are kept in `.cache/`).

1. *Noted commits of HEAD* are those that blame of HEAD's files gives a line to and that have a note in
   `refs/notes/ai`. At most 300 are drawn from them, sorted by id, with a fixed seed: their notes are to be hidden.
2. A hidden line's *label* is what `bench.oracle.git_ai` says of it by its note: an agent's line with a key, a person's,
   or `unknown` where the note leaves it out.
3. An agent's line of an *unreachable* noted commit (in the clone, no ancestor of HEAD) is a line that the commit wrote
   (`git blame COMMIT^!`) and that its note gives to an agent. What a note claims and its commit did not write counts
   for nothing: notes of some versions claim ten times what was written.
4. A hidden agent's line of at least ten non-blank characters is *recoverable* when its stripped text stands on an
   agent's line of an unreachable noted commit whose author date is no later than the hidden commit's. Whether one of
   those lines has the hidden line's own key is kept apart (`recoverable_same_key`): where none has, only a wrong claim
   or none can be made by text, so the share of those lines is what no engine can reach.
5. Two keys are one conversation when they are the same digest at different lengths (`s_` and 14 digits, 16 or 7 alone).
"""

import hashlib
import json
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.oracle.blame import TextLine, blame_text, changed_files, lines_written, text_files
from bench.oracle.git_ai import Oracle, committer_times, git

CACHE = Path(__file__).parents[2] / ".cache" / "accuracy"
COMMITS = 300
SEED = 20_261_122
LEAST_CHARACTERS = 10


@dataclass(frozen=True)
class Label:
    """One line of a hidden commit; `path` and `line` are those at HEAD."""

    commit: str
    path: str
    line: int
    path_at_commit: str
    line_at_commit: int
    text_hash: str
    characters: int
    """Non-blank ones."""

    contributor: str
    key: str | None
    """Without the part after `::`."""

    human_author: str | None
    recoverable: bool
    recoverable_same_key: bool


@dataclass(frozen=True)
class Candidate:
    """Where an unreachable commit has a text."""

    written_at: int
    """Author time in seconds since the epoch."""

    key: str


def labels(repository: str, commits: int = COMMITS, seed: int = SEED) -> list[Label]:
    """Labelled lines of the hidden commits; from the cache when HEAD, the notes and the draw are the same."""
    state = git(repository, "rev-parse", "HEAD", "refs/notes/ai").decode().split()
    rules = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    kept = CACHE / f"leave-one-out-{state[0][:12]}-{state[1][:12]}-{commits}-{seed}-{rules}.jsonl"
    if not kept.exists():
        made = make_labels(repository, commits, seed)
        CACHE.mkdir(parents=True, exist_ok=True)
        kept.write_text("".join(json.dumps(asdict(label)) + "\n" for label in made), encoding="utf-8")
    return [Label(**json.loads(row)) for row in kept.read_text(encoding="utf-8").splitlines()]


def make_labels(repository: str, commits: int, seed: int) -> list[Label]:
    """Labelled lines of the hidden commits, worked out anew."""
    oracle = Oracle(repository)
    noted = list(noted_lines(repository, oracle.annotated.keys()))
    found = sorted({line.revision for _, line in noted})
    hidden = set(random.Random(seed).sample(found, min(commits, len(found))))
    told(f"{len(found):,} noted commits have lines at HEAD, {len(hidden):,} are hidden")
    lines = [(path, line) for path, line in noted if line.revision in hidden]
    verdicts = [oracle.judge(line) for _, line in lines]
    wanted = {
        line.text.strip()
        for (_, line), (_, record, _) in zip(lines, verdicts, strict=True)
        if record.contributor == "ai" and characters(line.text) >= LEAST_CHARACTERS
    }
    candidates = candidate_lines(oracle, wanted)
    written_at = author_times(repository, sorted(hidden))
    made = []
    for (path, line), (key, record, _) in zip(lines, verdicts, strict=True):
        is_asked = record.contributor == "ai" and characters(line.text) >= LEAST_CHARACTERS
        others = candidates[line.text.strip()] if is_asked else []
        others = [each for each in others if each.written_at <= written_at[line.revision]]
        made.append(
            Label(
                commit=line.revision,
                path=path,
                line=line.line,
                path_at_commit=line.path_at_revision,
                line_at_commit=line.line_at_revision,
                text_hash=hashlib.sha256(line.text.strip().encode("utf-8", "surrogateescape")).hexdigest()[:16],
                characters=characters(line.text),
                contributor=record.contributor,
                key=key.partition("::")[0] if key else None,
                human_author=record.human_author,
                recoverable=bool(others),
                recoverable_same_key=any(is_same_conversation(each.key, key or "") for each in others),
            )
        )
    return made


def noted_lines(repository: str, annotated: Iterable[str]) -> Iterator[tuple[str, TextLine]]:
    """Lines at HEAD that blame gives to a commit with a note, with the path of their file at HEAD."""
    with_note = set(annotated)
    for path in text_files(repository):
        for line in blame_text(repository, path):
            if line.revision in with_note:
                yield path, line


def candidate_lines(oracle: Oracle, wanted: set[str]) -> dict[str, list[Candidate]]:
    """Agents' lines of unreachable noted commits whose stripped text is wanted, by that text."""
    repository = oracle.repository
    here = committer_times(repository, sorted(oracle.annotated))
    reachable = set(git(repository, "rev-list", "HEAD").decode().split())
    unreachable = sorted(here.keys() - reachable)
    told(f"{len(unreachable):,} noted commits are here and unreachable")
    written_at = author_times(repository, unreachable)
    found: dict[str, list[Candidate]] = defaultdict(list)
    for revision in unreachable:
        note = oracle.note(revision)
        claimed = note.entries.keys() if note else ()
        for path in changed_files(repository, revision) if claimed else ():
            if path not in claimed:
                continue
            for line in lines_written(repository, revision, path):
                text = line.text.strip()
                key, record, _ = oracle.judge(line) if text in wanted else (None, None, "")
                if key and record and record.contributor == "ai":
                    found[text].append(Candidate(written_at[revision], key))
        oracle.notes.pop(revision, None)  # hundreds of megabytes in all
    return found


def author_times(repository: str, revisions: list[str]) -> dict[str, int]:
    """When each commit was authored, in seconds since the epoch."""
    options = ["--no-walk=unsorted", "--stdin", "--no-show-signature", "--format=%H %at"]
    command = ["git", "-C", repository, "log", *options]
    answer = subprocess.run(command, check=True, input="\n".join(revisions), text=True, stdout=subprocess.PIPE).stdout
    return {revision: int(time) for revision, time in (row.split(" ") for row in answer.splitlines())}


def characters(text: str) -> int:
    """How many characters are not blank."""
    return sum(1 for character in text if not character.isspace())


def is_same_conversation(key: str, other: str) -> bool:
    """Tell whether two keys name one conversation, whatever their lengths and the part after `::`."""
    one, two = sorted((each.partition("::")[0].removeprefix("s_") for each in (key, other)), key=len)
    if one == two:
        return bool(one)
    return bool(re.fullmatch("[0-9a-f]{7}|[0-9a-f]{14}", one)) and two.startswith(one)


def told(text: str) -> None:
    """Say how far the work is."""
    print(text, file=sys.stderr)


def summary(made: list[Label]) -> Counter[str]:
    """How many lines there are of each kind."""
    counts: Counter[str] = Counter()
    for label in made:
        counts["lines of hidden commits"] += 1
        counts[f"labelled {label.contributor}"] += 1
        counts[f"labelled ai, {LEAST_CHARACTERS} characters or more"] += is_long_agent_line(label)
        counts["recoverable"] += label.recoverable
        counts["recoverable by a line with the same key"] += label.recoverable_same_key
    return counts


def is_long_agent_line(label: Label) -> bool:
    """Tell whether the label is one that could be recoverable."""
    return label.contributor == "ai" and label.characters >= LEAST_CHARACTERS


def main() -> None:
    """Print the labels of the repository named on the command line."""
    repository, *numbers = sys.argv[1:]
    made = labels(repository, *map(int, numbers))
    for label in made:
        print(json.dumps(asdict(label)))
    for name, count in summary(made).items():
        told(f"{count:8,}  {name}")


if __name__ == "__main__":
    main()
