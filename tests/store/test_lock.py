"""Many use a database together, and one has it alone."""

import subprocess
import sys
from pathlib import Path

from kdquiz.store.lock import have_alone, lock_file, share

ROOT = Path(__file__).parents[2]
HOLDS = """
import sys
from pathlib import Path
from kdquiz.store.lock import have_alone, share
lock = {"share": share, "alone": have_alone}[sys.argv[2]](Path(sys.argv[1]))
print(lock is not None, flush=True)
sys.stdin.readline()
"""


def holder(path: Path, how: str) -> subprocess.Popen[str]:
    """Another process, which has answered whether it holds the lock and goes on holding it."""
    command = [sys.executable, "-c", HOLDS, str(path), how]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    return process


def test_it_is_shared_by_many_and_had_by_one(tmp_path: Path) -> None:
    path = tmp_path / "kdquiz.sqlite"
    one, other = share(path), share(path)
    assert one is not None
    assert other is not None
    assert have_alone(path) is None
    one.release()
    one.release()
    assert have_alone(path) is None
    other.release()
    alone = have_alone(path)
    assert alone is not None
    with alone:
        assert share(path, patience=0.0) is None
        assert have_alone(path) is None
    with share(path) or alone as again:
        assert again is not alone
    assert lock_file(path).read_bytes() == b""


def test_it_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    path = tmp_path / "kdquiz.sqlite"
    for how in ("share", "alone"):
        process = holder(path, how)
        assert have_alone(path) is None
        process.kill()
        process.communicate()
        alone = have_alone(path)
        assert alone is not None
        alone.release()


def test_where_no_lock_can_be_made_the_database_itself_says_why(tmp_path: Path) -> None:
    held = share(tmp_path / "no such folder" / "kdquiz.sqlite")
    assert held is not None
    held.release()
