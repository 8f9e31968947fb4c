"""Lines of HEAD by contributor and basis."""

from collections import Counter
from pathlib import Path

from bench.accuracy.product import Product
from bench.oracle.blame import text_files


def measure(repository: Path) -> list[str]:
    """Ask for every text file at HEAD; return the table and what it cost."""
    counts: Counter[tuple[str, str]] = Counter()
    with Product(repository) as product:
        for path in text_files(str(repository)):
            for line in product.lines(path):
                counts[line["contributor"], line["basis"]] += 1
    total = sum(counts.values())
    rows = [f"| {who} | {basis} | {count:,} | {count / max(total, 1):.1%} |" for (who, basis), count in ordered(counts)]
    return [
        "| contributor | basis | lines | share |",
        "|---|---|---|---|",
        *rows,
        "",
        f"{total:,} lines; {len(product.unanswered)} files without an answer.",
        f"{product.wall_seconds:,.0f} s, peak {product.peak_mib:,.0f} MiB.",
    ]


def ordered(counts: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    """Greatest contributor first, its bases by number of lines."""
    whole: Counter[str] = Counter()
    for (who, _), count in counts.items():
        whole[who] += count
    return sorted(counts.items(), key=lambda item: (-whole[item[0][0]], item[0][0], -item[1]))
