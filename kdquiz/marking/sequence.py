"""How far a sequence is in order, where its members are places counted from 0.

Imports nothing. Goes in: a permutation. Comes out: Kendall's measure of it, and the members that need not be moved.
"""

from collections.abc import Sequence
from itertools import combinations


def agreement(places: Sequence[int]) -> float:
    """Kendall's tau against the sequence in order: pairs in order less pairs out of order, over all pairs; 1 for one
    member or none.

    It is 1 in order, -1 in reverse, and 0 on average over all sequences. After M. G. Kendall, "A new measure of rank
    correlation", Biometrika 30 (1938).
    """
    signs = [1 if first < second else -1 for first, second in combinations(places, 2)]
    return sum(signs) / len(signs) if signs else 1.0


def in_order(places: Sequence[int]) -> tuple[bool, ...]:
    """For each member whether it belongs to a longest increasing subsequence; so moving the others mends the whole,
    and no fewer do. Where there are several such subsequences it is the one with most members at their own place, and
    of those the one whose members stand furthest in front.
    """
    best: list[tuple[int, int]] = [(0, 0)] * len(places)
    """Of the best increasing subsequence that begins with a member: its length, and how many are at their own place."""
    for at in reversed(range(len(places))):
        later = (best[after] for after in range(at + 1, len(places)) if places[after] > places[at])
        length, at_home = max(later, default=(0, 0))
        best[at] = (1 + length, at_home + (places[at] == at))
    wanted, least = max(best, default=(0, 0)), -1
    kept = []
    for at, place in enumerate(places):
        keeps = best[at] == wanted and place > least
        kept.append(keeps)
        if keeps:
            wanted, least = (wanted[0] - 1, wanted[1] - (place == at)), place
    return tuple(kept)
