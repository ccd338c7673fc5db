"""An arena, as whoever the namespace has made it: lays the bait, and serves with the app that is installed there.

`python -m tests.hostile`, started by `namespace.py`.
"""

import asyncio
import sys

from tests.hostile import bait

if __name__ == "__main__":
    laid = bait.lay()
    sys.path.insert(0, str(bait.SITE))
    from tests.hostile import arena  # not before: it imports kdquiz, and it is to be the installed one

    asyncio.run(arena.serve(laid))
