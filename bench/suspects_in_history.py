"""Makes cases for `bench.suspects` out of histories: fixes that came with a test.

    python -m bench.suspects_in_history FOLDER > CASES

FOLDER holds clones named `bugsinpy-<name>`. A case is a commit that calls itself a fix, wrote or changed a test and
changed one to four functions of the product in one or two files: the output is what that test would have printed when
it failed at an assertion, without the values; the truth is what the fix changed. They are for choosing weights, so
that the cases by which the ranking is judged stay unseen.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.oracle.suspects import MODULE, Function, functions_in, git, is_test

MOST_OF_A_REPOSITORY = 40
FIX = re.compile(r"\b(fix(e[sd])?|bugs?|regression|crash(es)?|wrong|incorrect(ly)?)\b", re.IGNORECASE)
HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
ASSERTION = re.compile(r"^\s*(assert\b|self\.assert\w+|with pytest\.raises)")


def main() -> int:
    """Print the cases, one JSON object a line."""
    for clone in sorted(Path(sys.argv[1]).glob("bugsinpy-*")):
        found = 0
        for line in (
            git(clone, "log", "--no-merges", "--format=%H %P%x09%s", "HEAD").decode("utf-8", "replace").split("\n")
        ):
            commits, _, subject = line.partition("\t")
            case = FIX.search(subject) and case_of(clone, *commits.split(" ")[:2])
            if case:
                print(json.dumps({"bug": found, "project": clone.name, "repository": f"x/{clone.name[9:]}", **case}))
                found += 1
            if found == MOST_OF_A_REPOSITORY:
                break
    return 0


def case_of(clone: Path, fixed: str, buggy: str) -> dict | None:
    """Return the case that a commit makes, None when it makes none."""
    changed = git(clone, "diff", "--name-only", "--diff-filter=M", "-z", buggy, fixed, "--", "*.py").decode()
    paths = changed.split("\0")[:-1]
    tests = [path for path in paths if is_test(path)]
    product = [path for path in paths if not is_test(path) and not path.startswith("docs/")]
    if not tests or not 1 <= len(product) <= 2:
        return None
    truth = sorted({place for path in product for place in touched(clone, buggy, fixed, path)})
    if not 1 <= len(truth) <= 4 or all(name == MODULE for _, name in truth):
        return None
    output = next((said for path in tests for said in failure(clone, buggy, fixed, path)), None)
    if output is None:
        return None
    places = [{"path": path, "function": name} for path, name in truth]
    return {"buggy_commit": buggy, "fixed_commit": fixed, "tests": tests, "trace": output, "truth": places}


def touched(clone: Path, buggy: str, fixed: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the functions of the old text that a commit changed; of an insertion, the one around it."""
    functions = list(functions_in(path, text_at(clone, buggy, path)))
    for first, count, _, _ in hunks(clone, buggy, fixed, path):
        for line in range(first, first + max(count, 1)):
            held = innermost(functions, line)
            yield path, held.named_by_classes if held else MODULE


def failure(clone: Path, buggy: str, fixed: str, path: str) -> Iterator[str]:
    """Yield what each test that the commit wrote or changed would have printed."""
    text = text_at(clone, fixed, path)
    functions = list(functions_in(path, text))
    lines = text.split("\n")
    for _, _, first, count in hunks(clone, buggy, fixed, path):
        for number in range(first, first + count):
            test = innermost(functions, number)
            name = test.name.rpartition(".")[2] if test else ""
            if test and name.startswith("test") and ASSERTION.match(lines[number - 1]):
                yield printed(path, test.name, number, lines[number - 1].strip())


def printed(path: str, test: str, line: int, quoted: str) -> str:
    """Return the output of a test that failed at a line."""
    name = test.rpartition(".")[2]
    return (
        f"=== FAILURES ===\n____ {test} ____\nTraceback (most recent call last):\n"
        f'  File "{path}", line {line}, in {name}\n    {quoted}\nAssertionError\n'
        f"=== short test summary info ===\nFAILED {path}::{test.replace('.', '::')} - AssertionError\n"
    )


def hunks(clone: Path, buggy: str, fixed: str, path: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield (first, count) of the old lines and (first, count) of the new ones of each change."""
    for one in HUNK.finditer(git(clone, "diff", "-U0", buggy, fixed, "--", path).decode("utf-8", "replace")):
        old, old_count, new, new_count = one.groups()
        yield int(old), int(old_count or 1), int(new), int(new_count or 1)


def innermost(functions: Sequence[Function], line: int) -> Function | None:
    """Return the innermost function that holds a line."""
    around = [function for function in functions if function.first <= line <= function.last]
    return max(around, key=lambda function: function.first, default=None)


def text_at(clone: Path, commit: str, path: str) -> str:
    """Return a file's text."""
    return git(clone, "show", f"{commit}:{path}").decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
