"""`python -m tests.coverage [--write]`: which questions ask which fact, as a table; put into the README if told to."""

import argparse
import sys
from collections.abc import Sequence

from tests.content.facts_asked import README, as_markdown, facts_asked, put_in
from tests.content.shipped import claims, entries, packs


def main(arguments: Sequence[str]) -> int:
    """Print the table, or write it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.coverage", description="Which questions ask which fact.")
    parser.add_argument("--write", action="store_true", help="put it into the README, instead of printing it")
    options = parser.parse_args(arguments)
    table = as_markdown(facts_asked(claims(packs()), (entry.question for entry in entries(packs()))))
    if options.write:
        README.write_text(put_in(README.read_text(encoding="utf-8"), table), encoding="utf-8")
    else:
        print(table)  # noqa: T201  # what was asked for
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
