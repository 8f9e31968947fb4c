"""What the history of functions says about them."""

import math
import re
from collections.abc import Iterator

from backstory.stacktraces.clues import Clue, Finding
from backstory.stacktraces.failing_tests import is_test_support
from backstory.stacktraces.function_facts import FunctionFacts

LATELY = 20
"""After so many commits a change counts half as much."""

MANY_FIXES = 20
"""So many fixes count fully."""

_ASIDE = re.compile(r"^(?:docs?|examples?|samples?|demos?|scripts?|devscripts)/|(?:^|/)(?:setup|conf)\.py$")


def history_findings(function: FunctionFacts) -> Iterator[Finding]:
    """Yield what a function's past and its place in the repository say."""
    past = function.history
    if past:
        after = "the last commit" if not past.age else f"a commit {past.age} before the last"
        short = past.latest[:10]
        yield Finding(Clue.RECENT, 1 / (1 + past.age / LATELY), f"{after} to these files changed it ({short})")
        if past.fixes:
            share = min(1.0, math.log1p(past.fixes) / math.log1p(MANY_FIXES))
            count = f"{past.fixes} of the {past.changes} commits" if past.changes > 1 else "the one commit"
            yield Finding(Clue.FIXED, share, f"{count} that changed it lately {_says(past.fixes)} a fix")
        if past.agent:
            yield Finding(Clue.AGENT, 1.0, f"its latest change names {past.agent} ({short})")
    if _ASIDE.search(function.path) or is_test_support(function.path):
        yield Finding(Clue.ASIDE, 1.0, "it is there for tests, examples or documentation")


def _says(count: int) -> str:
    return "call themselves" if count > 1 else "calls itself"
