"""What a proof of a drill found: plain values for the app. No torch.

`Proof.as_data` and `Proof.from_data` carry it through JSON with nothing lost.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kdquiz.library.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Of how many wrong programs how many were rejected."""

    rejected: int = 0
    total: int = 0

    @property
    def rate(self) -> float:
        """The kill rate, from 0 to 1; 1 where there is nothing to reject."""
        return self.rejected / self.total if self.total else 1.0

    def __str__(self) -> str:
        return f"{self.rejected} of {self.total}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A drill is sound where nothing is wrong with it."""

    drill: str
    faults: tuple[Fault, ...] = ()
    accepted: int = 0
    """Programs that must be accepted and were: the reference and the equivalents."""
    to_accept: int = 0
    singles: Rejected = Rejected()
    pairs: Rejected = Rejected()
    """Of those that were tried."""
    pairs_listed: int = 0
    """How many pairs there are, of which only some may have been tried."""
    seeds: tuple[int, ...] = ()
    elapsed_ms: float = 0.0

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def as_data(self) -> dict[str, Any]:
        """Plain values that JSON can carry."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Proof":
        """The proof of `as_data`, also after a way through JSON. Raises KeyError or TypeError where it is none."""
        return cls(
            **{
                **data,
                "faults": tuple(map(Fault.from_data, data["faults"])),
                "singles": Rejected(**data["singles"]),
                "pairs": Rejected(**data["pairs"]),
                "seeds": tuple(data["seeds"]),
            }
        )
