"""Hides notes of commits and judges what is said of their lines against the labels of `bench.oracle.leave_one_out`.

A *claim* is an origin named for a hidden commit's line on the basis of a record of lines: recorded, carried, matched.
(A trailer or the commit's author speaks of the commit, not of the line; that is no claim, and counted apart.)

- On a line whose hidden note names an agent's conversation the same conversation is right, everything else wrong.
- On a line whose hidden note names a person, that person (or a person without a name) is right, an agent is wrong.
- On a line that the hidden note leaves out a claim can be neither shown right nor wrong: the recorder lost track there
  (after a conflict, say), or a person typed it. It is *undecided* and left out of the precision; `strict precision`
  counts all of them as wrong.
"""

import json
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from bench.accuracy.product import Product, Said
from bench.accuracy.scratch import Scratch
from bench.oracle.leave_one_out import COMMITS, Label, is_long_agent_line, is_same_conversation, labels

CLAIMS = frozenset({"recorded", "carried", "matched"})
EXAMPLES = 5_000
PRECISION, RECALL = 0.99, 0.90


def measure(repository: Path, examples: Path | None, commits: int = COMMITS) -> list[str]:
    """Return the table; writes what was wrong or missed to `examples`."""
    labelled: dict[str, list[Label]] = defaultdict(list)
    for label in labels(str(repository), commits):
        labelled[label.path].append(label)
    counts: Counter[str] = Counter()
    shown: list[str] = []
    with tempfile.TemporaryDirectory(prefix="backstory-hidden-") as folder:
        scratch = Scratch(repository, Path(folder))
        scratch.hide_notes({label.commit for of_file in labelled.values() for label in of_file})
        with Product(scratch.root) as product:
            for path, of_file in labelled.items():
                said = {line["line"]: line for line in product.lines(path)}
                for label in of_file:
                    verdict = judge(label, said[label.line])
                    count(counts, label, verdict, said[label.line])
                    if verdict != "right" and (verdict != "silent" or label.recoverable):
                        shown.append(example(label, verdict, said[label.line]))
    if examples:
        examples.write_text("".join(sorted(shown, reverse=True)[:EXAMPLES]), encoding="utf-8")  # wrong ones first
    return [*table(counts), "", f"{product.wall_seconds:,.0f} s, peak {product.peak_mib:,.0f} MiB."]


def judge(label: Label, said: Said) -> str:
    """Return `silent`, `right`, `wrong` or `undecided`."""
    if said["contributor"] == "unknown" or said["basis"] not in CLAIMS:
        return "silent"
    if label.contributor == "unknown":
        return "undecided"
    if label.contributor == "human":
        person = (label.human_author or "").partition(" <")[0]
        is_right = said["contributor"] == "human" and said["typed_by"] in (None, person)
    else:
        is_right = said["contributor"] == "ai" and is_same_conversation(said["session"] or "", label.key or "")
    return "right" if is_right else "wrong"


def count(counts: Counter[str], label: Label, verdict: str, said: Said) -> None:
    """Add one judged line."""
    counts["lines"] += 1
    counts["weaker"] += verdict == "silent" and said["contributor"] != "unknown"
    counts[verdict] += 1
    counts[f"{verdict} on {label.contributor}"] += 1
    counts["long agent lines"] += is_long_agent_line(label)
    for kind, holds in (("recoverable", label.recoverable), ("same key", label.recoverable_same_key)):
        counts[kind] += holds
        counts[f"{kind}, {verdict}"] += holds
    counts["beyond, right"] += verdict == "right" and not label.recoverable


def table(counts: Counter[str]) -> list[str]:
    """Return the figures in words."""
    right, wrong, undecided = counts["right"], counts["wrong"], counts["undecided"]
    precision = right / max(right + wrong, 1)
    recall = counts["recoverable, right"] / max(counts["recoverable"], 1)
    reached = counts["same key, right"] / max(counts["same key"], 1)
    return [
        "| | | target |",
        "|---|---|---|",
        f"| hidden lines | {counts['lines']:,} | |",
        f"| agents' lines of ten characters or more | {counts['long agent lines']:,} | |",
        f"| recoverable | {counts['recoverable']:,} | |",
        f"| recoverable by a line with the same key | {counts['same key']:,} | |",
        f"| claims, right | {right:,} | |",
        f"| of these on lines that are not recoverable | {counts['beyond, right']:,} | |",
        f"| claims, wrong, on agents' lines | {counts['wrong on ai']:,} | |",
        f"| claims, wrong, on people's lines | {counts['wrong on human']:,} | |",
        f"| claims on lines that the hidden note leaves out | {undecided:,} | |",
        f"| precision | {precision:.2%}{missed(precision, PRECISION)} | {PRECISION:.0%} |",
        f"| strict precision | {right / max(right + wrong + undecided, 1):.2%} | |",
        f"| recall | {recall:.2%}{missed(recall, RECALL)} | {RECALL:.0%} |",
        f"| recall of what the same key can tell | {reached:.2%} | |",
        f"| lines of which only their commit is told | {counts['weaker']:,} | |",
    ]


def missed(value: float, target: float) -> str:
    """Return a word when a target is missed."""
    return "" if value >= target else ", missed"


def example(label: Label, verdict: str, said: Said) -> str:
    """One line of JSON about a claim that is not right, or a recoverable line without one."""
    told = {name: said[name] for name in ("contributor", "basis", "session", "typed_by", "reason")}
    places = [statement.get("locator") for statement in said["evidence"]]
    where = f"{label.path}:{label.line}"
    row = {
        "verdict": verdict,
        "same_key": label.recoverable_same_key,
        "at": where,
        "label": label.key or label.contributor,
        "commit": label.commit,
    }
    also = {"recoverable": label.recoverable, "line": label.line_at_commit}
    return json.dumps({**row, **also, **told, "evidence": places}) + "\n"
