"""Which way is taken on which platform, by values; and what is found on this one."""

import errno
import os
import sys
from dataclasses import replace

import pytest

from kdquiz.grading.way import Facts, best_way, facts

LINUX = Facts(platform="linux", process_handles=True, files_in_memory=True, lists_of_children=True)


def test_a_linux_that_has_everything_forks() -> None:
    assert best_way(LINUX) == "zygote"


@pytest.mark.parametrize("platform", ["darwin", "win32", "freebsd14", "cygwin"])
def test_other_platforms_do_not_whatever_they_have(platform: str) -> None:
    assert best_way(replace(LINUX, platform=platform)) == "spare"


@pytest.mark.parametrize(
    "poor",
    [
        replace(LINUX, process_handles=False),
        replace(LINUX, files_in_memory=False),
        replace(LINUX, lists_of_children=False),
    ],
)
def test_a_linux_that_lacks_something_does_not(poor: Facts) -> None:
    assert best_way(poor) == "spare"


@pytest.mark.skipif(sys.platform != "linux", reason="looks at this machine")
def test_what_is_found_here_is_true() -> None:
    found = facts()
    assert found.platform == sys.platform
    assert found.files_in_memory == hasattr(os, "memfd_create")


@pytest.mark.parametrize(
    ("error", "there"),
    [
        (AttributeError("no such call"), False),
        (OSError(errno.ENOSYS, "an old kernel"), False),
        (OSError(errno.EPERM, "a container"), False),
        (OSError(errno.EMFILE, "too many files"), True),
    ],
)
def test_what_is_used_up_is_not_missing(monkeypatch: pytest.MonkeyPatch, error: Exception, there: bool) -> None:
    def refuse(*_: object) -> int:
        raise error

    monkeypatch.setattr(os, "pidfd_open", refuse)
    monkeypatch.setattr(os, "memfd_create", refuse)
    found = facts()
    assert (found.process_handles, found.files_in_memory) == (there, there)
