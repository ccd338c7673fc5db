"""Every hostile submission, as an ordinary user and, where it attacks something, as root: its verdict, the reason for
it, and that no harm was done.

Where the machine does not allow an arena, the tests are skipped, and the reason is told.
"""

import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.hostile import bait
from tests.hostile.arena import all_rows
from tests.hostile.handle import CHECKOUT, ArenaHandle, Arenas, Identity, NoArenaError
from tests.hostile.harm import leaked_secrets
from tests.hostile.misdeeds import MISDEEDS
from tests.hostile.row import Row

ROWS = all_rows()
IDENTITIES: tuple[Identity, ...] = get_args(Identity)
CLASSES = {"source", "wrong", "cheat", "exit", "resource", "host", "global", "published", "right"}
LEAST_ROWS = 150
HARMLESS = {"source", "wrong", "right", "resource"}
"""Classes that attack nothing that root could reach and others not: run as an ordinary user alone, to save a minute."""
EACH = [
    pytest.param(identity, row, id=f"{identity}-{row.name}")
    for identity in IDENTITIES
    for row in ROWS
    if identity == "user" or row.name.partition("-")[0] not in HARMLESS
]


@pytest.mark.parametrize(("identity", "row"), EACH)
def test_a_hostile_submission_is_judged_rightly_and_does_no_harm(identity: Identity, row: Row, arenas: Arenas) -> None:
    answer = _ask(arenas, identity, row.name)
    text = answer["text"]
    about = f"\n{row.name} ({row.aim})\n{text}"
    assert not answer["harm"], "\n".join(["harm was done:", *answer["harm"], about])
    assert answer["verdict"] == row.verdict.value, f"the verdict is {answer['verdict']}, not {row.verdict.value}{about}"
    assert re.search(row.reason, text), f"the report does not say {row.reason!r}{about}"
    assert not (row.never and re.search(row.never, text)), f"the report says {row.never!r}{about}"


@pytest.mark.parametrize("name", MISDEEDS)
def test_the_arena_finds_harm(name: str, arenas: Arenas) -> None:
    answer = _ask(arenas, "user", f"misdeed {name}")
    assert any(re.search(MISDEEDS[name].found, sentence) for sentence in answer["harm"]), answer["harm"]


def test_a_secret_in_a_report_is_found() -> None:
    secrets = {"here": f"{bait.SECRET}0123456789abcdef", "there": f"{bait.SECRET}fedcba9876543210"}
    assert leaked_secrets(f"It says bait-secret-012345\n    6789abcdef and {bait.SECRET}0", secrets) == [
        "the secret of here stands in the report"
    ]
    assert len(leaked_secrets(f"{secrets['here'].encode().hex()} {secrets['there'][::-1]}", secrets)) == 2
    assert not leaked_secrets(f"{bait.SECRET}0123456789abcde", secrets)


def test_rows_have_names_of_their_own_and_a_reason() -> None:
    twice = [name for name, count in Counter(row.name for row in ROWS).items() if count > 1]
    assert not twice
    pointless = [row.name for row in ROWS if re.search(row.reason, "")]
    assert not pointless


def test_there_are_many_rows_of_every_class() -> None:
    assert len(ROWS) >= LEAST_ROWS
    assert {row.name.partition("-")[0] for row in ROWS} == CLASSES
    assert sum(row.name.partition("-")[0] not in HARMLESS for row in ROWS) >= LEAST_ROWS


def test_the_checkout_may_lie_in_a_folder_that_is_closed_to_others(tmp_path: Path) -> None:
    checkout = tmp_path / "closed" / "checkout"
    for name in ("kdquiz", "content", "tests"):
        shutil.copytree(CHECKOUT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__", "__snapshots__"))
    checkout.parent.chmod(0o700)
    try:
        arena = ArenaHandle("user", checkout)
    except NoArenaError as reason:
        pytest.skip(str(reason))
    row = next(row for row in ROWS if row.name == "exit-at-import")
    answer = arena.ask(row.name)
    arena.close()
    assert (answer["verdict"], answer["harm"]) == (row.verdict.value, [])


def _ask(arenas: Arenas, identity: Identity, request: str) -> Mapping[str, Any]:
    try:
        return arenas.ask(identity, request)
    except NoArenaError as reason:
        pytest.skip(f"no arena as {identity}: {reason}")
