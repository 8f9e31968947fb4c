"""Share of the lines that commits added which Entire's checkpoints explain, each with its request.

The commits and lines are those of `bench.oracle.entire`: each commit is made HEAD of a copy, and the lines it wrote are
asked for. A line is *explained* when it is an agent's on the basis of an edit found by text (or of a stronger record)
and what was asked is shown. `--examples FILE` keeps 100 random explained lines beside the edits the reference finds for
them, to be read by a person.
"""

import json
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench.accuracy.product import Product, Said
from bench.accuracy.scratch import Scratch
from bench.oracle.blame import TextLine
from bench.oracle.entire import (
    COMMITS,
    SEED,
    Checkpoints,
    RecordedEdit,
    added_lines,
    base_name,
    edits_of,
    sample,
)

CLAIMS = frozenset({"recorded", "carried", "matched"})
READ_BY_A_PERSON = 100
EXPLAINED = 0.80


def measure(repository: Path, examples: Path | None, commits: int = COMMITS) -> list[str]:
    """Return the table; writes claims to be read to `examples`."""
    checkpoints = Checkpoints(str(repository))
    counts: Counter[str] = Counter()
    claims: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="backstory-checkpoints-") as folder:
        scratch = Scratch(repository, Path(folder))
        with Product(scratch.root, reads_requests=True) as product:
            for commit, names in sample(checkpoints, commits).items():
                edits = edits_of(checkpoints, names)
                scratch.stand_at(commit)
                claims += judge_commit(commit, list(added_lines(str(repository), commit)), edits, product, counts)
    if examples:
        chosen = random.Random(SEED).sample(claims, min(READ_BY_A_PERSON, len(claims)))
        examples.write_text("".join(json.dumps(claim, ensure_ascii=False) + "\n" for claim in chosen), encoding="utf-8")
    total = max(counts["lines"], 1)
    share = counts["with request"] / total
    return [
        "| | lines | share |",
        "|---|---|---|",
        f"| added lines of four characters or more, of {commits} commits | {counts['lines']:,} | |",
        f"| explained by the plain reference (baseline) | {counts['baseline']:,} | {counts['baseline'] / total:.1%} |",
        f"| an agent's, by an edit or a record of lines | {counts['claims']:,} | {counts['claims'] / total:.1%} |",
        f"| of these with its request | {counts['with request']:,} | {share:.1%}{missed(share)} |",
        f"| of these in a session of the commit's own checkpoint | {counts['own']:,} | {counts['own'] / total:.1%} |",
        f"| baseline explains, Backstory does not | {counts['lost']:,} | {counts['lost'] / total:.1%} |",
        f"| Backstory explains, baseline does not | {counts['more']:,} | {counts['more'] / total:.1%} |",
        "",
        f"{product.wall_seconds:,.0f} s, peak {product.peak_mib:,.0f} MiB.",
    ]


def missed(share: float) -> str:
    """Return a word when the target is missed."""
    return f"; target {EXPLAINED:.0%}" + ("" if share >= EXPLAINED else ", missed")


def judge_commit(
    commit: str,
    lines: list[tuple[str, TextLine]],
    edits: list[RecordedEdit],
    product: Product,
    counts: Counter[str],
) -> list[dict[str, Any]]:
    """Count one commit's lines; return the claims made on them."""
    sessions = {edit.session for edit in edits}
    claims = []
    for path in dict.fromkeys(path for path, _ in lines):
        named = [edit for edit in edits if base_name(edit.path) == base_name(path)]
        said_of = {line["line"]: line for line in product.lines(path)}
        for line in (line for held, line in lines if held == path):
            said = said_of[line.line]
            found = [edit for edit in named if line.text.strip() in edit.texts]
            is_claim = said["contributor"] in ("ai", "mixed") and said["basis"] in CLAIMS
            is_explained = is_claim and said["prompt"] is not None
            counts["lines"] += 1
            counts["baseline"] += bool(found)
            counts["claims"] += is_claim
            counts["with request"] += is_explained
            counts["own"] += is_explained and bool(sessions & {said["conversation"], said["session"]})
            counts["lost"] += bool(found) and not is_claim
            counts["more"] += is_claim and not found
            if is_explained:
                claims.append(claim(commit, path, line, said, found))
    return claims


def claim(commit: str, path: str, line: TextLine, said: Said, found: list[RecordedEdit]) -> dict[str, Any]:
    """One claim with all that a person needs to judge it."""
    return {
        "commit": commit,
        "at": f"{path}:{line.line}",
        "text": line.text,
        "session": said["conversation"] or said["session"],
        "request": said["prompt"],
        "task": said["task"],
        "asked_at": said["asked_at"],
        "evidence": [statement.get("locator") for statement in said["evidence"]],
        "reference": [
            {"session": edit.session, "entry": edit.entry, "path": edit.path, "request": edit.request} for edit in found
        ],
    }
