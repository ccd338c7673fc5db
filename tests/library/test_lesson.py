"""A lesson's page: its computed numbers, its order in the path, and every problem of its file with its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.library.arithmetic import FormulaError
from kdquiz.library.compiled.opening import file_name
from kdquiz.library.cross import cross_problems
from kdquiz.library.lesson import Lesson, LessonEntry, computed, in_order, text_slips, words_in
from kdquiz.library.load import load_library
from kdquiz.library.model import Place
from kdquiz.library.read import read_content, read_pack
from tests.library.test_load import write_pack

HEAD = """\
---
format: 1
id: lesson-one
title: One
topic: alpha
given: {p: [1, 3], T: 2}
questions: [alpha-two, alpha-one]
drill: double
---
"""
TEXT = "Half is `{{ p / 4 : .2f }}`, and {{ p[1] - T : d }} is left."


def lesson(name: str = "lesson-one", text: str = TEXT, **rest: object) -> Lesson:
    known: dict[str, object] = {"topic": "alpha", "given": {"p": (1, 3), "T": 2}, "questions": ("alpha-one",), **rest}
    return Lesson(id=name, title=name, text=text, **known)  # type: ignore[arg-type]


def write(folder: Path, whole: str = HEAD + TEXT, name: str = "lesson-one") -> Path:
    path = folder / "lessons" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(whole, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (TEXT, "Half is `[0.25, 0.75]`, and 1 is left."),
        ("{{ T / 3 }}", "0.6667"),
        ("{{ -T : .1f }} but `{{ -T : .1f }}`", "−2.0 but `-2.0`"),
        ("```\n{{ -T : d }}\n```", "```\n-2\n```"),
        ("{{ -T / 1000 : .1f }}", "0.0"),
        ("{{ T / 1000 : .1% }} {{ 123456.7 : ,.1f }} {{ T * 1000 : ,d }}", "0.2% 123,456.7 2,000"),
        ("{a: 1} {{{{T}}}}", "{a: 1} {{T}}"),
    ],
)
def test_numbers_are_computed_where_braces_stand(text: str, page: str) -> None:
    assert list(text_slips(text, lesson().given)) == []
    assert lesson(text=text).page == page


@pytest.mark.parametrize(
    ("text", "at", "message", "hint"),
    [
        ("a {{ q : .3f }}", 5, "unknown name 'q'", "Drawn are: p, T."),
        ("a {{ T : .3x }}", 5, "unknown format '.3x'", "`.3f`"),
        ("a {{ T : }}", 5, "unknown format ''", "`.3f`"),
        ("a {{ T : {0.real} }}", 2, "double braces open", "{{{{"),
        ("a {{ T.real : .3f }}", 5, "this is not used in formulas", ""),
        ("a {{ 1 / (T - 2) }}", 5, "divides by 0", ""),
        ("a {{ T / 3 : d }}", 5, "0.666667 is no whole number", "round"),
        ("a {{ T", 2, "double braces open", "{{{{"),
        ("a T }}", 4, "double braces close", "{{{{"),
    ],
)
def test_what_is_no_number_is_told_at_its_place(text: str, at: int, message: str, hint: str) -> None:
    (slip,) = list(text_slips(text, lesson().given))[:1]
    assert slip.at == at
    assert message in slip.message
    assert hint in slip.hint
    with pytest.raises(FormulaError):
        _ = lesson(text=text).page


@given(st.text(alphabet="ab{}: .3fT\n`", max_size=40))
def test_a_text_has_a_page_or_a_slip(text: str) -> None:
    slips = list(text_slips(text, {"T": 2}))
    if slips:
        assert all(0 <= slip.at <= len(text) for slip in slips)
    else:
        assert isinstance(lesson(text=text, given={"T": 2}).page, str)


def test_a_page_is_read_within_its_time() -> None:
    assert list(text_slips("word " * 700, {})) == []
    (slip,) = text_slips("word " * 701, {})
    assert "3.5 minutes" in slip.message
    assert words_in("well-known {{ T + 1 : .2f }} `a`, *b*.") == 4


def test_the_formulas_of_a_text_are_listed_with_their_formats() -> None:
    assert [(one.formula, one.format) for one in computed(TEXT)] == [("p / 4", ".2f"), ("p[1] - T", "d")]


def test_pages_go_along_the_topics_and_then_from_one_to_the_next() -> None:
    made = [
        lesson("a", then="late", topic="beta"),
        lesson("b"),
        lesson("late", topic="beta"),
        lesson("early", topic="alpha", then="b"),
        lesson("c", topic="alpha", then="a"),
    ]
    entries = [LessonEntry(lesson=one, pack="p", place=Place(Path("x"))) for one in made]
    assert [one.lesson.id for one in in_order(entries, ["alpha", "beta"])] == ["early", "b", "c", "a", "late"]


def test_pages_that_go_in_a_circle_are_all_there() -> None:
    made = [lesson("a", then="b"), lesson("b", then="a")]
    entries = [LessonEntry(lesson=one, pack="p", place=Place(Path("x"))) for one in made]
    assert [one.lesson.id for one in in_order(entries, ["alpha"])] == ["a", "b"]


def test_a_library_holds_the_pages_of_its_packs_and_keeps_them(tmp_path: Path) -> None:
    path = write(write_pack(tmp_path / "pack"))
    for _ in range(2):  # read, then from the compiled file
        loaded = load_library([tmp_path / "pack"], keep_in=tmp_path / "kept")
        assert loaded.problems == ()
        entry = loaded.library.lessons["lesson-one"]
        assert (entry.pack, entry.place.path, entry.place.line) == ("pack", path, 3)
        assert entry.lesson == read_content(path).lesson
        assert entry.lesson.page.startswith("Half is `[0.25, 0.75]`")
        assert "lesson-one" not in loaded.library.entries
        loaded.library.close()
    assert (tmp_path / "kept" / file_name([tmp_path / "pack"])).exists()
    path.write_text(HEAD + "Other.", encoding="utf-8")
    assert (
        load_library([tmp_path / "pack"], keep_in=tmp_path / "kept").library.lessons["lesson-one"].lesson.page
        == "Other."
    )
    path.unlink()
    assert not load_library([tmp_path / "pack"], keep_in=tmp_path / "kept").library.lessons


def test_a_page_without_a_sound_text_leaves_its_pack_out(tmp_path: Path) -> None:
    write(write_pack(tmp_path / "pack"), HEAD + "{{ q }}")
    loaded = load_library([tmp_path / "pack"])
    assert [one.pack for one in loaded.left_out] == ["pack"]
    assert not loaded.library.lessons


def test_a_page_goes_without_what_stands_in_a_pack_that_is_left_out(tmp_path: Path) -> None:
    other = write_pack(tmp_path / "other", "beta")
    (other / "drills" / "double").rename(other / "drills" / "_double")
    pack = write_pack(tmp_path / "pack")
    write(pack, HEAD.replace("[alpha-two, alpha-one]", "[beta-one, alpha-two]") + TEXT)
    topic = other / "beta.yaml"
    loaded = load_library([tmp_path])
    assert loaded.problems == ()
    assert loaded.library.lessons["lesson-one"].lesson.questions == ("beta-one", "alpha-two")
    topic.write_text(topic.read_text(encoding="utf-8").replace("title:", "tilte:", 1), encoding="utf-8")
    loaded = load_library([tmp_path])
    assert [one.pack for one in loaded.left_out] == ["other"]
    assert loaded.library.lessons["lesson-one"].lesson.questions == ("alpha-two",)


@pytest.mark.parametrize(
    ("old", "new", "where", "told", "hint"),
    [
        (
            "[alpha-two, alpha-one]",
            "[alpha-tow]",
            "7:13",
            "there is no question 'alpha-tow'",
            "Did you mean 'alpha-two'?",
        ),
        ("[alpha-two, alpha-one]", "[double]", "7:13", "there is no question 'double'", "list questions"),
        ("[alpha-two, alpha-one]", "[]", "7:12", "at least", ""),
        ("questions: [alpha-two, alpha-one]\n", "", "2:1", "`questions` is missing", ""),
        ("drill: double", "drill: alpha-one", "8:8", "there is no drill 'alpha-one'", "list drills"),
        ("drill: double", "drill: doubel", "8:8", "there is no drill", "Did you mean 'double'?"),
        ("drill: double", "then: lesson-tow", "8:7", "there is no lesson 'lesson-tow'", "Did you mean 'lesson-two'?"),
        ("drill: double", "then: lesson-one", "8:7", "its own next page", ""),
        ("topic: alpha", "topic: alhpa", "5:8", "there is no topic 'alhpa'", "Did you mean 'alpha'?"),
        ("drill: double", "dril: double", "8:1", "unknown key 'dril'", "Did you mean 'drill'?"),
        ("drill: double", "text: double", "8:1", "unknown key 'text'", "below the second"),
        ("drill: double", "minutes: 4", "8:10", "less than or equal to 3", ""),
        ("id: lesson-one", "id: lesson-uno", "3:5", "stands in a file named 'lesson-one.md'", "Name the file"),
        ("id: lesson-one", "id: alpha-one", "3:5", "is used twice", ""),
        ("T: 2", "log: 2", "6:20", "'log' is a name that formulas have already", ""),
        ("format: 1", "format: 2", "2:9", "this version reads format 1", ""),
        ("---\nformat", "format", "1:1", "between two lines `---`", ""),
        ("p[1] - T", "p[1] - S", "10:44", "unknown name 'S'", "Given are: p, T."),
        (TEXT, "", "10:1", "the lesson has no text", ""),
        (TEXT, "one\n\ntwo {{ T : .f }}", "12:8", "unknown format '.f'", "Known: "),
    ],
)
def test_every_mistake_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, where: str, told: str, hint: str
) -> None:
    pack = write_pack(tmp_path / "pack")
    write(pack, (HEAD + TEXT).replace("lesson-one", "lesson-two"), name="lesson-two")
    assert (HEAD + TEXT).count(old) == 1
    path = write(pack, (HEAD + TEXT).replace(old, new))
    read = read_pack(pack)
    problems = [*read.problems, *cross_problems([read.facts])]
    found = [one for one in problems if one.place.path == path and told in one.message and hint in one.hint]
    assert [f"{one.place.line}:{one.place.column}" for one in found][:1] == [where], [str(one) for one in problems]


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = write(write_pack(tmp_path / "pack"))
    path.write_bytes((HEAD + TEXT).replace("\n", "\r\n").encode())
    assert read_content(path).facts.problems == ()
