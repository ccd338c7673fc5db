"""What benchmarks are written with: tables of quantities, medians and percentiles, the machine in a line.

Imports nothing of kdquiz and no torch. Times go in and out in seconds, memory in bytes; a table shows them in the unit
that reads best.
"""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from kdquiz.grading.cores import usable_cores

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (`s`, `bytes`, `×`, `%` or none), shown with three significant digits."""

    value: float
    unit: str = ""

    def __str__(self) -> str:
        value, unit = self.value, self.unit
        if unit == "s" and abs(value) < 1:
            value, unit = value * 1e3, "ms"
        elif unit == "bytes":
            value, unit = value / 2**20, "MiB"
        digits = f"{value:,.0f}" if abs(value) >= 100 or not unit else f"{value:.3g}"
        return f"{digits} {unit}".rstrip()


Cell = str | Quantity
"""Words, or a number."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a benchmark found. `notes` are sentences below it: what was not measured and why, which bar there is."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()

    def as_data(self) -> dict[str, Any]:
        """For JSON; a quantity is `{"value": number, "unit": text}`."""
        return {
            "title": self.title,
            "columns": list(self.columns),
            "rows": [[_cell_data(cell) for cell in row] for row in self.rows],
            "notes": list(self.notes),
        }

    def as_markdown(self) -> str:
        """A heading, the table and its notes; numbers are set to the right."""
        texts = [[str(cell).replace("|", "\\|") for cell in row] for row in self.rows]
        right = [all(isinstance(row[i], Quantity) or row[i] in ("", "–") for row in self.rows) for i in self._indices()]
        widths = [max(len(row[i]) for row in [list(self.columns), *texts]) for i in self._indices()]
        lines = [f"### {self.title}", ""]
        lines.append(_line(self.columns, widths, right))
        lines.append(
            "|" + "|".join("-" * (w + 1) + (":" if r else "-") for w, r in zip(widths, right, strict=True)) + "|"
        )
        lines += [_line(row, widths, right) for row in texts]
        if self.notes:
            lines += ["", *(f"- {note}" for note in self.notes)]
        return "\n".join(lines) + "\n"

    def _indices(self) -> range:
        return range(len(self.columns))


class Benchmark(Protocol):
    """A module of this package that measures something."""

    TITLE: str

    def run(self, say: Say, quick: bool) -> Sequence[Table]:
        """Measure."""


def _cell_data(cell: Cell) -> Any:
    return cell if isinstance(cell, str) else {"value": cell.value, "unit": cell.unit}


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    placed = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True))
    return f"| {' | '.join(placed)} |"


# ---- samples ---------------------------------------------------------------------------------------------------------


def p50(samples: Sequence[float]) -> float:
    """The median."""
    return statistics.median(samples)


def p95(samples: Sequence[float]) -> float:
    """The smallest sample that at least 95 % of them do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def timed(action: Callable[[], object]) -> float:
    """The wall seconds that a call takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


# ---- the machine -----------------------------------------------------------------------------------------------------


def load() -> float:
    """How many processes wanted to run, on average over the last minute; 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def circumstances(load_before: float) -> str:
    """The day and the machine, with its load before and after, for a heading."""
    system = f"{platform.system()} {platform.release().partition('-')[0]} {platform.machine()}"
    return (
        f"{date.today().isoformat()}, {usable_cores()} cores, {system}, Python {platform.python_version()}, "
        f"load {load_before:.1f} before and {load():.1f} after"
    )
