"""Folders as people have them: named twice, hidden files, links in a circle, pipes, and folders nobody may enter."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kdquiz.library.folders import content_folders, pack_of, packs_in, shipped_content
from kdquiz.library.load import load_library
from tests.library.test_load import DRILL, TOPIC, problems_of, write_pack

NOBODY = 65534


def topic(folder: Path, name: str = "alpha") -> Path:
    """A pack of one topic file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(TOPIC.format(topic=name), encoding="utf-8")
    return path


def test_a_pack_named_twice_is_read_once(tmp_path: Path) -> None:
    topic(tmp_path / "packs" / "mine")
    loaded = load_library([tmp_path / "packs", tmp_path / "packs" / "mine", tmp_path / "packs" / ".." / "packs"])
    assert loaded.problems == ()
    assert set(loaded.library.entries) == {"alpha-one", "alpha-two"}


def test_the_home_of_somebody_unknown_is_a_folder_that_is_not_there() -> None:
    assert content_folders({"KDQUIZ_CONTENT": "~nobody-of-this-name/packs"}) == (
        shipped_content(),
        Path("~nobody-of-this-name/packs"),
    )


def test_a_folder_that_holds_nothing_is_told_as_what_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    loaded = load_library([tmp_path / "empty", tmp_path / "absent", topic(tmp_path / "p")])
    assert [(Path(left.pack).name, left.first.message) for left in loaded.left_out] == [
        ("empty", "holds no packs"),
        ("absent", "no such folder of packs"),
        ("alpha.yaml", "no such folder of packs"),
    ]


def test_links_that_lead_to_themselves(tmp_path: Path) -> None:
    topic(tmp_path / "good")
    pack = topic(tmp_path / "pack", "beta").parent
    for link in (pack / "loop.yaml", tmp_path / "loop"):
        link.symlink_to(link)
    loaded = load_library([tmp_path, tmp_path / "loop"])
    assert set(loaded.library.entries) == {"alpha-one", "alpha-two"}
    assert [problem.message for problem in loaded.problems] == [
        "no such folder of packs",
        "cannot be read: Too many levels of symbolic links",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_pack_is_not_waited_for(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    os.mkfifo(pack / "pipe.yaml")
    (pack / "drills" / "double" / "starter.py").unlink()
    os.mkfifo(pack / "drills" / "double" / "starter.py")
    assert problems_of(tmp_path) == [
        "p/drills/double/starter.py:1:1: cannot be read: it is no file",
        "p/pipe.yaml:1:1: cannot be read: it is no file",
    ]


def test_what_editors_and_systems_hide_in_a_folder_is_no_content(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    (pack / ".#alpha.yaml").symlink_to("someone@somewhere.1234")
    (pack / "._alpha.yaml").write_bytes(b"\x00\x05\x16\x07")
    (pack / "drills" / ".ipynb_checkpoints").mkdir()
    assert load_library([tmp_path]).problems == ()


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder of packs, all but one with something in it that nobody may read, and the test runs as nobody."""
    folder = Path(tempfile.mkdtemp())  # not within tmp_path, whose parents are closed to other users
    folder.chmod(0o755)
    for name in ("closed", "drill", "file", "good", "many"):
        topic(folder / name, name)
    for name in ("drill", "many"):
        (folder / name / "drills" / "x").mkdir(parents=True)
    unreadable = (folder / "closed", folder / "drill/drills/x", folder / "many/drills", folder / "file/file.yaml")
    for path in unreadable:
        path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)  # the superuser may read everything
    yield folder
    os.seteuid(user)
    for path in unreadable:
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_what_nobody_may_read_stops_nothing(closed: Path) -> None:
    loaded = load_library([closed])
    assert set(loaded.library.entries) == {"good-one", "good-two"}
    assert [str(problem).removeprefix(f"{closed}/") for problem in loaded.problems] == [
        "closed:1:1: cannot be read: Permission denied",
        "drill/drills/x/drill.yaml:1:1: cannot be read: Permission denied",
        "file/file.yaml:1:1: cannot be read: Permission denied",
        "many/drills:1:1: cannot be read: Permission denied",
    ]


def test_a_pack_may_lie_in_a_folder_called_drills(tmp_path: Path) -> None:
    path = topic(tmp_path / "drills" / "mine")
    assert pack_of(path) == tmp_path / "drills" / "mine"
    assert pack_of(path.parent) == tmp_path / "drills" / "mine"


def test_the_pack_of_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = write_pack(tmp_path / "p")
    monkeypatch.chdir(pack / "drills" / "double")
    assert pack_of(Path("drill.yaml")) == pack
    assert pack_of(Path()) == pack
    assert pack_of(Path("..")) == pack
    monkeypatch.chdir(pack)
    assert pack_of(Path("alpha.yaml")) == Path()
    assert pack_of(Path("drills/double/reference.py")) == Path()


def test_a_folder_of_packs_is_not_made_a_pack_by_what_is_hidden_in_it(tmp_path: Path) -> None:
    topic(tmp_path / "mine")
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    assert packs_in(tmp_path) == (tmp_path / "mine",)


@pytest.mark.parametrize(
    ("file", "data", "told"),
    [
        ("reference.py", b"\xef\xbb\xbfdef double(x):\n    return 2 * x\n", None),
        ("reference.py", b"# one\n# \xce\xb1 \xe9\n", "reference.py:2:5: not UTF-8 text. Save the file as UTF-8."),
        ("reference.py", b"x = " + b"-" * 100_000 + b"1", "reference.py:1:1: not Python: nested too deeply"),
        ("drill.yaml", DRILL.format(topic="alpha").encode().replace(b'"2 *"', b'"2 x"'), "to the letter."),
        ("drill.yaml", DRILL.format(topic="alpha").encode().replace(b"{normal: [3]}", b""), "not nothing"),
    ],
)
def test_the_files_of_a_drill(tmp_path: Path, file: str, data: bytes, told: str | None) -> None:
    (write_pack(tmp_path / "p") / "drills" / "double" / file).write_bytes(data)
    problems = problems_of(tmp_path)
    assert len(problems) == (told is not None), problems
    assert told is None or told in problems[0]


def test_edits_that_overlap_are_told_where_they_stand(tmp_path: Path) -> None:
    path = write_pack(tmp_path / "p") / "drills" / "double" / "drill.yaml"
    edits = "edits: [{find: 2 * x, put: x}, {find: return 2, put: return 3}]"
    path.write_text(DRILL.format(topic="alpha").replace('find: "2 *"\n    put: "3 *"', edits), encoding="utf-8")
    assert problems_of(tmp_path) == [
        "p/drills/double/drill.yaml:11:12: two edits overlap in the reference. Make one edit of the two."
    ]


def test_nothing_is_missed_in_a_file_that_could_not_be_read(tmp_path: Path) -> None:
    """What a sound file needs may stand in the broken one, so nobody is told that it does not exist."""
    topic(tmp_path / "p", "alpha")
    (tmp_path / "p" / "beta.yaml").write_text(
        TOPIC.format(topic="beta").replace("needs: [beta-one]", "needs: [alpha-one]"), encoding="utf-8"
    )
    assert problems_of(tmp_path) == []
    (tmp_path / "p" / "alpha.yaml").write_text("format: 1\ntopic: [", encoding="utf-8")
    assert len(problems_of(tmp_path)) == 1


def test_the_path_of_a_pack_names_its_topics(tmp_path: Path) -> None:
    topic(tmp_path / "p")
    (tmp_path / "p" / "pack.yaml").write_text("format: 1\ntitle: P\npath: [alpa]\n", encoding="utf-8")
    assert problems_of(tmp_path) == ["p/pack.yaml:3:8: there is no topic 'alpa'. Did you mean 'alpha'?"]
