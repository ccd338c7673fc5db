"""What is wrong with a question or a drill, told by where its author mends it: in a key, or in a line of a Python file.

A fault knows no path, so that it can be found as well where only the values are, and be sent through JSON. Who has the
tree of the file gives it its place: `read.problem_of` for a drill, `validate` and `authoring.written` for a question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kdquiz.library.problems import Key, dotted

File = Literal["drill.yaml", "starter.py", "reference.py", "harness.py"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend, and how. Of a question, and of `drill.yaml`, the `key` is told (`of_key`: the word itself is
    meant, not its value), of the Python files line and column, from 1."""

    message: str
    hint: str = ""
    file: File = "drill.yaml"
    key: Key = ()
    of_key: bool = False
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """`drill.yaml, checks.0: unknown check 'valeu'`, for who has no place to show."""
        where = f"line {self.line}" if self.file != "drill.yaml" else dotted(self.key)
        return ", ".join(part for part in (self.file, where) if part) + f": {self.message}"

    def as_data(self) -> dict[str, Any]:
        """Plain values that JSON can carry."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Fault":
        """The fault of `as_data`, also after a way through JSON. Raises KeyError or TypeError where it is none."""
        return cls(**{**data, "key": tuple(data["key"])})


class BrokenDrillError(ValueError):
    """A drill that cannot be used as it is, with everything that is known to be wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first, *others = faults
        super().__init__(f"{first} (and {len(others)} more)" if others else str(first))
        self.faults = tuple(faults)


class FaultyQuestionError(ValueError):
    """A question, or a part of it, that does not fit together, with everything that is known to be wrong with it. The
    keys of the faults are ways from that part on."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first, *others = (f"{dotted(fault.key)}: {fault.message}" for fault in faults)
        super().__init__(f"{first} (and {len(others)} more)" if others else first)
        self.faults = tuple(faults)
