"""The built wheel, installed in an environment of its own outside the checkout: it finds its content and grades."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RIGHT = """\
import torch.nn.functional as F

def distillation_loss(s, t, y, T, a):
    soft = F.kl_div(F.log_softmax(s / T, -1), F.softmax(t / T, -1), reduction="batchmean") * T * T
    return (1 - a) * F.cross_entropy(s, y) + a * soft
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `kdquiz` command of an environment that holds the wheel, and borrows only the dependencies of this one."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    # A path named in a .pth file is searched, but its own .pth files are not read: the checkout stays invisible.
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "env" / "bin" / "kdquiz"


def call(command: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"KDQUIZ_HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    return subprocess.run([str(command), *arguments], cwd=home, env=environment, capture_output=True, text=True)


def test_the_wheel_finds_its_content_and_its_migrations(installed: Path, tmp_path: Path) -> None:
    ran = call(installed, tmp_path, "doctor", "--json")
    rows = {row["name"]: row for row in map(json.loads, ran.stdout.splitlines())}
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert str(installed.parent.parent) in rows["content"]["detail"]
    assert str(ROOT / "content") not in rows["content"]["detail"]
    listed = call(installed, tmp_path, "list", "--json").stdout.splitlines()
    assert len(listed) >= 40


def test_the_wheel_grades(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RIGHT, encoding="utf-8")
    ran = call(installed, tmp_path, "grade", "distillation-loss", "mine.py", "--json")
    assert json.loads(ran.stdout)["verdict"] == "accepted", ran.stderr
    assert ran.returncode == 0
