"""Which editor is run, and how it is told where to open."""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kdquiz.library.model import Place
from kdquiz.tui import editing
from kdquiz.tui.editing import EditorError, command, run

PLACE = Place(Path("/packs/a b/topic.yaml"), 12, 5)


def asked(environment: Mapping[str, str], *there: str) -> list[str]:
    """The command, on a machine where every program is found, or only those."""

    def find(name: str) -> str | None:
        return name if not there or name in there else None

    return command(PLACE, environment, find)


@pytest.mark.parametrize(
    ("editor", "given"),
    [
        ("vi", ["+12", "/packs/a b/topic.yaml"]),
        ("vim", ["+call cursor(12, 5)", "/packs/a b/topic.yaml"]),
        ("nvim", ["+call cursor(12, 5)", "/packs/a b/topic.yaml"]),
        ("nano", ["+12,5", "/packs/a b/topic.yaml"]),
        ("emacs", ["+12:5", "/packs/a b/topic.yaml"]),
        ("micro", ["+12:5", "/packs/a b/topic.yaml"]),
        ("kak", ["+12:5", "/packs/a b/topic.yaml"]),
        ("hx", ["/packs/a b/topic.yaml:12:5"]),
        ("code", ["--wait", "--goto", "/packs/a b/topic.yaml:12:5"]),
        ("subl", ["--wait", "/packs/a b/topic.yaml:12:5"]),
        ("gedit", ["--wait", "+12:5", "/packs/a b/topic.yaml"]),
        ("kate", ["--block", "--line", "12", "--column", "5", "/packs/a b/topic.yaml"]),
        ("notepad++", ["-multiInst", "-n12", "-c5", "/packs/a b/topic.yaml"]),
        ("an-editor-of-my-own", ["/packs/a b/topic.yaml"]),
    ],
)
def test_each_editor_is_told_the_place_as_it_understands_it(editor: str, given: list[str]) -> None:
    assert asked({"EDITOR": editor}) == [editor, *given]


@pytest.mark.parametrize("editor", ["/usr/bin/vim.basic", "/opt/homebrew/bin/vim", "VIM"])
def test_an_editor_is_known_by_its_name_wherever_it_is(editor: str) -> None:
    assert asked({"EDITOR": editor})[1] == "+call cursor(12, 5)"


def test_a_link_is_followed_to_the_editor_it_stands_for(tmp_path: Path) -> None:
    (tmp_path / "nano").touch()
    (tmp_path / "editor").symlink_to(tmp_path / "nano")
    assert asked({"EDITOR": str(tmp_path / "editor")})[1] == "+12,5"


def test_visual_comes_before_editor_and_an_empty_one_counts_for_nothing() -> None:
    assert asked({"VISUAL": "vi", "EDITOR": "nano"})[0] == "vi"
    assert asked({"VISUAL": " ", "EDITOR": "nano"})[0] == "nano"


def test_an_editor_may_be_named_with_quotes_and_arguments() -> None:
    named = "'/Applications/My Editors/code' --new-window -w"
    assert asked({"EDITOR": named}) == [
        "/Applications/My Editors/code",
        "--new-window",
        "-w",  # is not said twice
        "--goto",
        "/packs/a b/topic.yaml:12:5",
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has an editor of its own")
def test_without_a_setting_an_editor_is_taken_that_is_there() -> None:
    assert asked({})[0] == "nano"
    assert asked({}, "vi", "vim")[0] == "vim"
    with pytest.raises(EditorError, match="No editor was found"):
        asked({}, "something-else")


def test_an_editor_that_is_not_there_is_named_with_its_setting() -> None:
    with pytest.raises(EditorError, match=r"There is no program 'vmi', which \$EDITOR names") as caught:
        asked({"EDITOR": "vmi -n"}, "vi")
    assert "export EDITOR=nano" in caught.value.hint


def test_a_setting_that_cannot_be_read_is_quoted() -> None:
    with pytest.raises(EditorError, match=r"\$VISUAL cannot be read: no closing quotation\. It is: vi 'x"):
        asked({"VISUAL": "vi 'x"})


def test_running_waits_for_the_editor(tmp_path: Path) -> None:
    run([sys.executable, "-c", f"open({str(tmp_path / 'done')!r}, 'w').close()"])
    assert (tmp_path / "done").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise SystemExit(7)", "ended with exit code 7"),
        ("import os; os.kill(os.getpid(), 9)", "was ended by signal 9"),
    ],
)
def test_an_editor_that_fails_is_told(code: str, said: str) -> None:
    with pytest.raises(EditorError, match=said):
        run([sys.executable, "-c", code])


def test_an_editor_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    with pytest.raises(EditorError, match=f"{tmp_path.name} cannot be started: Permission denied"):
        run([str(tmp_path)])


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_in_the_editor_does_not_end_the_app() -> None:
    """A terminal sends the signal to both; the editor still sees it as it always does."""
    before = signal.getsignal(signal.SIGINT)
    code = (
        "import os, signal; assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN; "
        "os.kill(os.getppid(), signal.SIGINT)"
    )
    run([sys.executable, "-c", code])
    assert signal.getsignal(signal.SIGINT) is before


def test_every_way_to_say_where_holds_the_file() -> None:
    assert all(any("{path}" in part for part in how) for how in editing._HOW.values())


@pytest.mark.parametrize("name", ["-rf/topic.yaml", "+q/topic.yaml"])
def test_a_file_that_looks_like_an_option_is_given_from_the_root(name: str) -> None:
    assert command(Place(Path(name)), {"EDITOR": "vi"}, str)[-1] == str(Path.cwd() / name)


@pytest.mark.skipif(os.name == "nt", reason="POSIX shells")
def test_nothing_is_given_to_a_shell(tmp_path: Path) -> None:
    """Whatever the setting and the file are called, no part of them is run."""
    trap = tmp_path / "trap"
    told = tmp_path / "told"
    editor = tmp_path / "my $(touch trap) editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{told}"\n')
    editor.chmod(0o755)
    file = Path(f'/packs/{{line}} "$(touch {trap})"; `touch {trap}`\n.yaml')
    run(command(Place(file), {"EDITOR": f"'{editor}' $(touch {trap}) ; touch {trap} & >{trap}"}))
    assert told.read_text().split("|")[-2] == str(file)
    assert not trap.exists()


def test_a_setting_without_end_is_cut_in_what_is_said() -> None:
    with pytest.raises(EditorError) as caught:
        asked({"EDITOR": "x" * 10_000}, "vi")
    assert len(caught.value.message) < 200
