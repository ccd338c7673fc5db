"""`check`: sources that name no work of the pack, facts that its fact base does not list or nobody has verified."""

from pathlib import Path

import pytest

from kdquiz.authoring.check import check
from kdquiz.library.load import load_library
from tests.library.test_load import DRILL, TOPIC, write_pack

SOURCES = """\
format: 1
sources:
  - {cite: YAML 1.2.2, authors: [Oren Ben-Kiki], year: 2021, title: YAML, identifier: "https://yaml.org"}
  - {cite: The same, authors: [Somebody], title: Again, identifier: none}
"""
FACTS = """\
format: 1
facts:
  - {id: F001, about: One thing, evidence: [paper]}
  - {id: F002, about: Not sure, evidence: [abstract, unverified]}
  - {id: E01, about: Often said, error: true}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "packs" / "mine")


def told(pack: Path) -> list[str]:
    """The problems that `check` finds in a pack, without its path."""
    return [str(problem).replace(f"{pack}/", "") for problem in check([pack], []).problems]


def write_topic(pack: Path, old: str, new: str) -> None:
    text = TOPIC.format(topic="alpha")
    assert old in text
    (pack / "alpha.yaml").write_text(text.replace(old, new), encoding="utf-8")


def test_a_pack_without_these_files_is_not_checked_for_them(pack: Path) -> None:
    write_topic(pack, "    source: The same\n", "    source: Whatever\n    facts: [F9]\n")
    assert told(pack) == []


def test_all_is_well(pack: Path) -> None:
    (pack / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (pack / "facts.yaml").write_text(FACTS, encoding="utf-8")
    write_topic(
        pack, "    source: The same\n", "    source: The same (1999), p. 3; YAML 1.2.2\n    facts: [F001, E01]\n"
    )
    assert told(pack) == []
    checked = check([pack / "sources.yaml"], [])
    assert (checked.problems, checked.questions, checked.files) == ((), 0, 1)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "Yaml 1.2.3, section 1",
            ["the source 'Yaml 1.2.3, section 1' begins with no cite", "Did you mean 'YAML 1.2.2'?"],
        ),
        ("The same; Elsewhere 2019", ["'Elsewhere 2019'", "Add the work to sources.yaml, or use a cite from there."]),
        ("The samewise", ["'The samewise'"]),
    ],
)
def test_a_source_that_names_no_work(pack: Path, source: str, expected: list[str]) -> None:
    (pack / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    write_topic(pack, "source: The same", f"source: {source}")
    (one,) = told(pack)
    assert one.startswith("alpha.yaml:21:13: the source")
    assert all(part in one for part in expected)
    assert load_library([pack]).problems == ()  # nobody's learning waits for it


def test_a_drill_names_works_too(pack: Path) -> None:
    (pack / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    file = pack / "drills" / "double" / "drill.yaml"
    file.write_text(DRILL.format(topic="alpha") + "source: The sane\n", encoding="utf-8")
    (one,) = told(pack)
    assert one.startswith("drills/double/drill.yaml:")
    assert one.endswith("begins with no cite of sources.yaml. Did you mean 'The same'?")


def test_facts_that_are_not_there_or_not_verified(pack: Path) -> None:
    (pack / "facts.yaml").write_text(FACTS, encoding="utf-8")
    write_topic(pack, "    source: The same\n", "    source: The same\n    facts: [F001, F003, F002, G]\n")
    assert told(pack) == [
        "alpha.yaml:22:19: there is no fact 'F003' in facts.yaml. Did you mean 'F001'?",
        "alpha.yaml:22:25: the fact 'F002' is unverified, and what nobody has verified is not asked. "
        "Ask about another one, or verify it.",
        "alpha.yaml:22:31: there is no fact 'G' in facts.yaml. facts.yaml lists what there is.",
    ]


def test_a_question_that_is_broken_elsewhere_is_checked_all_the_same(pack: Path) -> None:
    (pack / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    write_topic(pack, "    answer: Nothing.\n    needs: [alpha-one]\n", "    anser: Nothing.\n    needs: 3\n")
    text = (pack / "alpha.yaml").read_text(encoding="utf-8")
    (pack / "alpha.yaml").write_text(text.replace("source: The same", "source: Nobody"), encoding="utf-8")
    assert any("the source 'Nobody' begins with no cite" in one for one in told(pack))
    assert len(told(pack)) > 1


def test_what_may_be_cited_counts_though_its_entry_is_broken(pack: Path) -> None:
    (pack / "sources.yaml").write_text(SOURCES.replace("title: Again, ", ""), encoding="utf-8")
    assert told(pack) == ["sources.yaml:4:5: `title` is missing"]
    (pack / "sources.yaml").write_text("format: 1\nsources: nothing\n", encoding="utf-8")
    assert [one.partition(":")[0] for one in told(pack)] == ["sources.yaml"]


def test_they_are_no_topics_and_another_spelling_is_not_read(pack: Path) -> None:
    (pack / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (pack / "facts.yml").write_text(FACTS, encoding="utf-8")
    loaded = load_library([pack])
    assert list(loaded.library.topics) == ["alpha"]
    (one,) = told(pack)
    assert one.startswith("facts.yml:1:1: is not read")


def test_an_address_may_be_as_long_as_it_is(pack: Path) -> None:
    (pack / "sources.yaml").write_text(SOURCES.replace("yaml.org", "yaml.org/" + "a" * 80), encoding="utf-8")
    assert told(pack) == []


@pytest.mark.parametrize(
    "text",
    [
        "format: 1\nsources:\n  - just words\n  - {cite: [a], authors: {b: c}}\n  - 3\n",
        "format: 1\nsources: []\n",
        "format: 1\n",
        "sources:\n  - {cite: YAML 1.2.2}\n",
        "- cite: a\n",
        "",
        "format: 1\nsources: {cite: a}\n",
    ],
)
def test_whatever_stands_there_is_told_with_its_place(pack: Path, text: str) -> None:
    for name, word in (("sources.yaml", "sources"), ("facts.yaml", "facts")):
        (pack / name).write_text(text.replace("sources", word).replace("cite", "id"), encoding="utf-8")
    problems = check([pack], []).problems
    assert {problem.place.path.name for problem in problems} >= {"sources.yaml", "facts.yaml"}
    assert all(problem.message for problem in problems)
