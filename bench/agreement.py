"""Proves that the git-ai reader agrees with the slow reference, line by line, on a real repository.

    python -m bench.agreement REPOSITORY [FILE...]

For every line at HEAD whose commit has a note, `backstory blame FILE --json` must say what `bench.oracle.git_ai` says.
It prints each disagreement and counts, and exits with 1 when

- a line disagrees, is missing or is blamed on another commit,
- a line with a known-human key is not called human, or another line of a noted commit is,
- `backstory doctor --json` counts other notes than `git notes list` and `git rev-list HEAD` do,
- the program needs more than 300 MiB of memory.

Without files it takes six of git-ai-project/git-ai which together hold every kind of key there is.
"""

import json
import sys
from collections import Counter
from typing import Any

from bench.oracle.git_ai import Oracle, Verdict, git
from bench.processes import Finished, backstory, run_measured

DEFAULT_FILES = [
    "src/daemon.rs",  # 11,709 lines; a tool named mock_ai
    "src/mdm/agents/droid.rs",  # 148 lines of known humans
    "src/commands/upgrade.rs",  # keys of 7 digits, 80 lines whose record is in another note
    "src/authorship/virtual_attribution.rs",  # UUID keys
    "tests/integration/performance.rs",  # renamed, bare `human` keys, sessions without record
    "README.md",  # known-human keys without record
]
PEAK_MIB_ALLOWED = 300
UNRECORDED_MODELS = {"unknown", "default", "<synthetic>", ""}
WEAKER_BASES = {"authored", "declared", "marked"}


def main() -> int:
    """Judge the files, then the doctor; 1 when anything is wrong."""
    repository, *paths = sys.argv[1:]
    oracle = Oracle(repository)
    totals: Counter[str] = Counter()
    problems: list[str] = []
    for path in paths or DEFAULT_FILES:
        totals.update(judge_file(oracle, path, problems))
    judge_doctor(oracle, problems)
    for problem in problems:
        print(problem)
    for name, count in sorted(totals.items()):
        print(f"{count:8,}  {name}")
    print(f"{len(problems):8,}  problems")
    return 1 if problems else 0


def judge_file(oracle: Oracle, path: str, problems: list[str]) -> Counter[str]:
    """Compare one file line by line; adds what is wrong to `problems`."""
    finished = run_measured(backstory("blame", path, "--json"), oracle.repository)
    judge_cost(f"blame {path}", finished, problems)
    said = {line["line"]: line for line in map(json.loads, finished.output.splitlines())}
    totals: Counter[str] = Counter()
    for verdict in oracle.judge_file(path):
        totals["lines"] += 1
        answer = said.pop(verdict.line, None)
        if answer is None:
            problems.append(f"{path}:{verdict.line}: no answer")
            continue
        wrong = disagreements(verdict, answer)
        totals[outcome(verdict) + (", wrong" if wrong else "")] += 1
        problems.extend(f"{path}:{verdict.line}: {text}; {where(verdict)}" for text in wrong)
    problems.extend(f"{path}:{line}: answered, but there is no such line" for line in said)
    return totals


def outcome(verdict: Verdict) -> str:
    """Name of the group a verdict is counted in."""
    return f"lines of noted commits: {verdict.contributor}" if verdict.has_note else "lines of other commits"


def where(verdict: Verdict) -> str:
    """Where a person can re-read what the reference says."""
    place = f"{verdict.path_at_revision}:{verdict.line_at_revision}"
    return f"note {verdict.revision} {place}, key {verdict.key}: {verdict.why}"


def disagreements(verdict: Verdict, answer: dict[str, Any]) -> list[str]:
    """List what is wrong with the answer for one line."""
    wrong = [
        f"{name} is {answer[name]!r}, git says {expected!r}"
        for name, expected in (("revision", verdict.revision), ("path_at_revision", verdict.path_at_revision))
        if answer[name] != expected
    ]
    if not verdict.has_note:
        # Another source may know a human here, never the weak evidence of a commit's author or a comment.
        if answer["contributor"] == "human" and answer["basis"] not in {"recorded", "carried", "matched"}:
            wrong.append(f"called human, {answer['basis']}")
    elif verdict.contributor == "unknown":
        if answer["contributor"] == "human":
            wrong.append("called human")
        if answer["contributor"] != "unknown" and answer["basis"] not in WEAKER_BASES:
            wrong.append(
                f"{answer['basis']} as {answer['contributor']} ({answer['tool']}), but the note does not say who"
            )
    else:
        wrong += attribution_disagreements(verdict, answer)
    return wrong


def attribution_disagreements(verdict: Verdict, answer: dict[str, Any]) -> list[str]:
    """List what is wrong with the answer for a line that the note attributes."""
    session, model = answer["session"], bare_model(verdict.model)
    compared = [
        ("contributor", answer["contributor"], verdict.contributor),
        ("basis", answer["basis"], "recorded"),
        ("tool", answer["tool"], verdict.tool),
        ("model", bare_model(answer["model"]), model),
    ]
    wrong = [f"{name} is {said!r}, the note says {noted!r}" for name, said, noted in compared if said != noted]
    key = (verdict.key or "").partition("::")[0]
    if verdict.contributor == "ai" and (session != key or answer["conversation"] != verdict.session):
        said = f"session is {session!r}, conversation {answer['conversation']!r}"
        wrong.append(f"{said}, the note says {key!r}, {verdict.session!r}")
    role = "typed_by" if verdict.contributor == "human" else "asked_by"
    name = (verdict.human_author or "").partition(" <")[0] or None
    if answer[role] != name:
        wrong.append(f"{role} is {answer[role]!r}, the note says {name!r}")
    return wrong


def bare_model(model: str | None) -> str | None:
    """Model without the quotes some recorders doubled; `None` for the words that mean it was not recorded."""
    bare = (model or "").strip('"')
    return None if bare in UNRECORDED_MODELS else bare


def judge_doctor(oracle: Oracle, problems: list[str]) -> None:
    """Compare the doctor's counts with git's own."""
    finished = run_measured(backstory("doctor", "--json"), oracle.repository)
    judge_cost("doctor", finished, problems)
    if finished.status != 0:
        return
    source = next(source for source in json.loads(finished.output)["sources"] if source["id"] == "git-ai")
    reachable = set(git(oracle.repository, "rev-list", "HEAD").decode().split())
    expected = {"found": len(oracle.annotated), "on_head": len(reachable & oracle.annotated.keys())}
    for name, count in expected.items():
        if source[name] != count:
            problems.append(f"doctor: {name} is {source[name]:,}, git counts {count:,}")
    read, unreadable = source["read"], len(source["unreadable"])
    if read + unreadable != source["found"]:
        problems.append(f"doctor: {read:,} read and {unreadable:,} unreadable of {source['found']:,} found")


def judge_cost(name: str, finished: Finished, problems: list[str]) -> None:
    """Print what a command cost; a failure or too much memory is a problem."""
    own, largest = finished.peak_mib, finished.peak_mib_with_children
    print(f"{name}: {finished.wall_seconds:.2f} s, peak {own:.0f} MiB (with git {largest:.0f} MiB)")
    if finished.status != 0:
        problems.append(f"{name}: exit status {finished.status}: {finished.errors.decode(errors='replace').strip()}")
    if own > PEAK_MIB_ALLOWED:
        problems.append(f"{name}: needs {own:.0f} MiB, allowed are {PEAK_MIB_ALLOWED}")


if __name__ == "__main__":
    sys.exit(main())
