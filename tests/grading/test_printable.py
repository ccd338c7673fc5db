"""What a submission prints must not drive the terminal."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.grading.printable import cut, first_line, in_one_line, printable, without_folders


@settings(deadline=None)
@given(st.text() | st.text(alphabet="\x1b[]0;31m\x07\\\x9b\x9d\x9c\r\n ab"))
def test_nothing_but_line_breaks_and_tabs_is_left_to_control_anything(text: str) -> None:
    left = {character for character in printable(text) if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")}
    assert left <= {"\n", "\t"}


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z"))))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text
    assert printable(text.encode()) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mred\x9b0m", "red"),
        ("\x1b]52;c;cm0gLXJm\x07clipboard", "clipboard"),
        ("\x1b]0;title\x1b\\text", "text"),
        ("\x9d0;title\x9ctext", "text"),
        ("\x1b]0;never ended\nnext line", "\nnext line"),
        ("\x1bPq#0\x1b\\image", "image"),
        ("\x1b(0box\x1bc", "box"),
        ("10%\r20%\r\nend", "10%\n20%\nend"),
        ("bell\x07 back\x08space\x7f", "bell backspace"),
        ("admin\u202eexe", "adminexe"),
        ("tab\tstays", "tab\tstays"),
        ("α − β ≥ 0 🙂", "α − β ≥ 0 🙂"),
    ],
)
def test_escapes_are_taken_out_whole(text: str, left: str) -> None:
    assert printable(text) == left


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    assert printable(b"a\xff\x1b[1mb") == "a\ufffdb"


def test_a_cut_is_seen() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcde…"


def test_a_sentence_takes_one_line_of_a_text() -> None:
    assert in_one_line(" a\n\n b\tc ") == "a b c"
    assert first_line("ValueError: x\nmore") == "ValueError: x"
    assert len(first_line("x" * 9999)) == 400


def test_paths_are_told_from_the_innermost_of_the_folders() -> None:
    text = 'File "/home/me/lib/site/torch/nn.py", /home/me/lib/os.py, /home/me'
    assert without_folders(text, ["/home/me/lib", "/home/me/lib/site"]) == 'File "torch/nn.py", os.py, /home/me'
