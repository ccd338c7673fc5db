"""Draws the picture of the README from the real app: the drill, a submission without T², its report.

    python -m tests.screenshot        writes .github/drill.svg

Run it when the drill screen has changed. Nothing is made up: the submission is graded by the real processes.
"""

import asyncio
import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from textual.widgets import TextArea

from kdquiz.grading.client import Grader
from kdquiz.library.folders import shipped_content
from kdquiz.library.load import load_library
from kdquiz.memory.day import Calendar
from kdquiz.store.store import Store
from kdquiz.tui.app import KdquizApp
from kdquiz.tui.services import Services
from kdquiz.tui.start import DrillStart
from kdquiz.tui.widgets.report_view import ReportView

PICTURE = Path(__file__).resolve().parent.parent / ".github" / "drill.svg"
DRILL = "distillation-loss"
SUBMISSION = """\
import torch.nn.functional as F


def distillation_loss(s, t, y, T, alpha):
    hard = F.cross_entropy(s, y)
    soft = F.kl_div(
        F.log_softmax(s / T, dim=1),
        F.softmax(t / T, dim=1),
        reduction="batchmean",
    )
    return (1 - alpha) * hard + alpha * soft
"""


async def draw() -> None:
    """Submit, wait for the verdict, save the screen."""
    with tempfile.TemporaryDirectory() as home, Store(Path(home) / "kdquiz.sqlite") as store:
        services = Services(
            library=load_library([shipped_content()]).library,
            problems=(),
            reload=lambda: load_library([shipped_content()]),
            store=store,
            calendar=Calendar(),
            clock=lambda: datetime.now(UTC),
            rng=random.Random(1),
            grader=Grader,
        )
        app = KdquizApp(services, DrillStart(drill_id=DRILL))
        async with app.run_test(size=(120, 36)) as pilot:
            while not (editor := app.screen.query_one("#code", TextArea)).text:
                await pilot.pause(0.05)
            editor.text = SUBMISSION
            await pilot.press("ctrl+r")
            while not store.attempts(DRILL):
                await pilot.pause(0.05)
            await pilot.pause(0.5)
            app.screen.query_one(ReportView).scroll_home(animate=False)
            await pilot.pause(0.5)
            app.save_screenshot(PICTURE.name, str(PICTURE.parent))


if __name__ == "__main__":
    asyncio.run(draw())
