"""A process that records reviews one after the other, for the tests that kill it or run two of it.

    python -m tests.store.recorder DATABASE NAME COUNT

Waits for a line on standard input, then prints the response of every review after `record` has returned.
"""

import itertools
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.store.store import Store


def main() -> None:
    database, name, count = sys.argv[1:]
    start = datetime(2026, 3, 1, tzinfo=UTC)
    sys.stdin.readline()
    with Store(Path(database)) as store:
        for number in itertools.islice(itertools.count(), int(count)):
            card_id = f"card-{number % 3}"
            rating = list(Rating)[number % 4]
            log = ReviewLog(
                card_id=card_id,
                rating=rating,
                reviewed_at=start + timedelta(minutes=number),
                seconds=1.0,
                response=f"{name} {number}",
            )
            store.record(log)
            print(log.response, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
