"""The program under test as a process of its own: a path in, what `backstory blame --json` says of each line out.

    python -P bench/accuracy/answering.py ROOT [--requests]

One path per line on stdin (JSON strings), one JSON array per line on stdout: the lines, or null where the program has
no answer. What was asked is read only with `--requests`: that can take longer than all else. The repository may stand
at another commit for each question. At the end one object with the peak memory.
"""

import json
import resource
import sys
from pathlib import Path

from backstory.history.cancel import Cancellation
from backstory.model.errors import BackstoryError
from backstory.views.records import blame_records
from backstory.workspace.queries import Queries


def main() -> None:
    """Answer until nobody asks any more."""
    root = Path(sys.argv[1])
    queries = Queries()
    annotate = queries.annotate_with_prompts if "--requests" in sys.argv else queries.annotate
    for asked in sys.stdin:
        queries.repositories.reopen_moved()
        try:
            file = annotate(root / json.loads(asked), Cancellation())
        except BackstoryError as error:
            print(f"{asked.strip()}: {error}", file=sys.stderr)
            print("null", flush=True)
        else:
            print(json.dumps(list(blame_records(file))), flush=True)
    queries.close()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"peak_mib": used.ru_maxrss / 1024, "cpu_seconds": used.ru_utime + used.ru_stime}))


if __name__ == "__main__":
    main()
