"""Agreement with whogitit's snapshots: each noted commit is made HEAD of a copy, and the lines it wrote are asked for.

An `AI` line must be the note's session's, on the basis of a record; an `AIModified` one too, as an agent's or as mixed;
a `Human` one must be a human's. For `Original` and `Unknown`, where the snapshot does not say who (`Original` is older
than the session), neither this session may be named nor a human; the record of another commit may name an earlier
session, and weaker evidence speaks of the commit. Lines where the snapshot is stale are left out.
"""

import json
import tempfile
from collections import Counter
from pathlib import Path

from bench.accuracy.product import Product, Said
from bench.accuracy.scratch import Scratch
from bench.oracle.whogitit import STALE, Snapshot, noted_commits, snapshots

WEAKER = frozenset({"authored", "declared", "marked"})
AGREEMENT = 0.999


def measure(repository: Path, examples: Path | None, commits: int | None = None) -> list[str]:
    """Return the table; writes the disagreements to `examples`."""
    counts: Counter[str] = Counter()
    shown: list[str] = []
    with tempfile.TemporaryDirectory(prefix="backstory-snapshots-") as folder:
        scratch = Scratch(repository, Path(folder))
        with Product(scratch.root, reads_requests=True) as product:
            for commit, blob in list(noted_commits(str(repository)).items())[:commits]:
                expected = [each for each in snapshots(str(repository), commit, blob) if each.kind != STALE]
                scratch.stand_at(commit)
                for path in dict.fromkeys(each.path for each in expected):
                    said = {line["line"]: line for line in product.lines(path)}
                    for each in (each for each in expected if each.path == path):
                        wrong = disagreement(each, said[each.line])
                        counts[f"{each.kind}{', wrong' if wrong else ''}"] += 1
                        counts["requests"] += each.request is not None
                        counts["requests shown"] += each.request is not None and is_shown(each, said[each.line])
                        counts["sessions agree"] += not wrong or is_left_open(each, said[each.line])
                        if wrong:
                            shown.append(json.dumps({"at": f"{commit}:{path}:{each.line}", "wrong": wrong}) + "\n")
    if examples:
        examples.write_text("".join(shown), encoding="utf-8")
    kinds = sorted({name.partition(",")[0] for name in counts if not name.startswith(("requests", "sessions"))})
    wrong = sum(counts[f"{kind}, wrong"] for kind in kinds)
    total = sum(counts[kind] for kind in kinds) + wrong
    share = (total - wrong) / max(total, 1)
    return [
        "| snapshot says | lines | agree |",
        "|---|---|---|",
        *(f"| {kind} | {counts[kind] + counts[f'{kind}, wrong']:,} | {counts[kind]:,} |" for kind in kinds),
        f"| all | {total:,} | {share:.2%}{'' if share >= AGREEMENT else ', missed'}; target {AGREEMENT:.1%} |",
        f"| all, by session alone | {total:,} | {counts['sessions agree'] / max(total, 1):.2%} |",
        f"| lines whose request the note has | {counts['requests']:,} | {counts['requests shown']:,} show it |",
        "",
        f"{product.wall_seconds:,.0f} s, peak {product.peak_mib:,.0f} MiB.",
    ]


def disagreement(expected: Snapshot, said: Said) -> str | None:
    """Return what is wrong with the answer for a line; None when it agrees."""
    told = f"{said['contributor']}, {said['basis']}, session {said['conversation'] or said['session']}"
    if expected.kind in ("AI", "AIModified"):
        allowed = {"ai"} if expected.kind == "AI" else {"ai", "mixed"}
        is_same = expected.session in (said["conversation"], said["session"])
        return None if said["contributor"] in allowed and is_same and said["basis"] == "recorded" else told
    if expected.kind == "Human":
        return None if said["contributor"] == "human" else f"Human: {told}"
    is_this_session = expected.session in (said["conversation"], said["session"])
    is_wrong = is_this_session or said["contributor"] == "human" or said["basis"] == "recorded"
    return None if not is_wrong else f"{expected.kind}: {told}"


def is_left_open(expected: Snapshot, said: Said) -> bool:
    """Tell whether no record's agent stands at a line that the snapshot calls a human's.

    whogitit calls every line so that no edit of the session explains; that proves no human.
    """
    return expected.kind == "Human" and (said["contributor"] == "unknown" or said["basis"] in WEAKER)


def is_shown(expected: Snapshot, said: Said) -> bool:
    """Tell whether the request (or the task, for a nudge) is what the note has, secrets aside."""
    wanted = "".join((expected.request or "").split())
    return any(wanted and wanted[:60] in "".join((said[name] or "").split()) for name in ("prompt", "task"))
