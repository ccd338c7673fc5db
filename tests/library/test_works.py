"""A source names works by their cites; the longest that fits is meant."""

from hypothesis import given
from hypothesis import strategies as st

from kdquiz.library.works import AFTER_A_CITE, Work, cited_by, one_line, parts_of, works_cited

CITES = frozenset(
    ("Wang et al. 2020", "Wang et al. 2020 (MiniLM)", "Sun et al. 2019", "GitHub owner/name", "Computed:")
)


def work(cite: str, **keys: object) -> Work:
    given_keys: dict[str, object] = {"authors": ("A. One",), "title": "A title", "identifier": "arXiv:1", **keys}
    return Work(cite=cite, **given_keys)  # type: ignore[arg-type]


def test_a_part_begins_with_a_cite_and_says_where_in_it() -> None:
    assert cited_by("Sun et al. 2019", CITES) == "Sun et al. 2019"
    assert cited_by("Sun et al. 2019, section 3, Eq. 4", CITES) == "Sun et al. 2019"
    assert cited_by("Sun et al. 2019 (PKD), abstract", CITES) == "Sun et al. 2019"
    assert cited_by("GitHub owner/name#12", CITES) == "GitHub owner/name"
    assert cited_by("Computed: the softmax", CITES) == "Computed:"
    assert cited_by("Computed: the softmax", {"Computed"}) == "Computed"


def test_the_longest_cite_counts() -> None:
    assert cited_by("Wang et al. 2020 (MiniLM), Table 1", CITES) == "Wang et al. 2020 (MiniLM)"
    assert cited_by("Wang et al. 2020 (Other), Table 1", CITES) == "Wang et al. 2020"


def test_what_only_goes_on_from_a_cite_is_no_cite() -> None:
    assert cited_by("Sun et al. 2019b", CITES) is None
    assert cited_by("as in Sun et al. 2019", CITES) is None
    assert cited_by("", CITES) is None


@given(st.sampled_from(sorted(CITES)), st.sampled_from(AFTER_A_CITE), st.text("abc ,(#", max_size=12))
def test_a_cite_that_is_followed_by_a_mark_is_found(cite: str, mark: str, rest: str) -> None:
    found = cited_by(f"{cite}{mark}{rest}", CITES)
    assert found is not None
    assert found.startswith(cite)


@given(st.text(max_size=40))
def test_nothing_else_is_found(part: str) -> None:
    found = cited_by(part, CITES)
    assert found is None or (part.startswith(found) and part[len(found) :][:1] in ("", *AFTER_A_CITE))


def test_parts_are_separated_by_semicolons_and_may_be_folded() -> None:
    assert parts_of("One 2019,\n  section 2;\n Two 2020 \n") == ["One 2019, section 2", "Two 2020"]
    assert one_line(" a \n b ") == "a b"


def test_the_works_of_a_source_come_once_in_its_order() -> None:
    first, second = work("One 2019"), work("Two  2020")
    assert works_cited("Two 2020, p. 1; Three 2021; One 2019; Two 2020, p. 2", [first, second]) == (second, first)
    assert works_cited("", [first]) == ()


def test_a_work_in_full() -> None:
    whole = work("c", authors=("A. One", "B. Two"), year=2019, venue="ICML.")
    assert whole.in_full == "A. One, B. Two (2019). A title. ICML. arXiv:1"
    assert work("c", authors=("Contributors",)).in_full == "Contributors. A title. arXiv:1"
    many = work("c", authors=tuple(f"N. {number}" for number in range(7)), year=2019)
    assert many.in_full.startswith("N. 0 et al. (2019). A title.")
