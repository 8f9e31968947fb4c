"""A process of its own that keeps facts: `fact_writer.py FIRST COUNT`. It prints each one's key once it is kept."""

import sys

from keeping import SHOP, asked

from backstory.store.facts import open_facts


def main() -> None:
    first, count = map(int, sys.argv[1:])
    here = open_facts().of(SHOP)
    for number in range(first, first + count):
        here.keep([asked(f"e{number}", f"Request {number}. " + "Words. " * 200)])
        sys.stdout.write(f"e{number}\n")
        sys.stdout.flush()


main()
