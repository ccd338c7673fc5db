"""Numbers as people type them: what is read, and what is refused with advice rather than misread."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.marking.model import UnreadableError
from kdquiz.marking.numbers import LONGEST, is_obvious, read_number, readings, without_unit

NAMES = {"a": 2, "T": 4, "alpha": 0.3}
SOFTENED = math.exp(0.5) / (math.exp(0.5) + 2)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *[
            (half, 0.5)
            for half in (
                "0.5", ".5", ".50", "0.50", " 0.5 ", "+0.5", "0.5.", "1/2", "1 / 2", "½", "50 %", "50%", "50 percent",
                "50 per cent", "50 pct", "5e-1", "5E-1", "5·10^-1", "5 x 10^-1", "5x10^-1", "5×10⁻¹", "5*10**-1",
                "5 × 10^(−1)", "0,5", ",5", "0,50", "0·5", "~0.5", "≈ 0.5", "= 0.5", "p = 0.5", "p≈.5", "p ~ 0.5",
                "P(class 0) = 0.5", "1/2 = 0.5", "about 0.5", "approx. 0.5", "ca. 0.5", "0.5 nats", "0.5nats",
                "0.5 nat", "0.5 NATS.", "`0.5`", "'0.5'", "$0.5$", "٠٫٥", "０．５", "2^-1", "2**-1", "2⁻¹", "1/√4",
                "sqrt(1/4)", "√(1/4)", "a/T", "A/t", "2/T", "1 - 0.5", "1 − 50 %", "(1 + 1)/4", "0.1 + 0.4", "5 / 10",
                "exp(-log 2)", "e^(-ln 2)", "exp(-ln(2))", "1/(1 + e^0)", "max(0.5, 0.25)", "mean([0, 1])", "5.e-1",
                "5e−1", "½ nats", "5*.1", "5•0.1", "softmax([0, 0])[0]", "4⁄8", "4∕8", "4÷8",
                "0.5?", "0.5 (50 %)", "50 % (0.5)", "1/2 (0.5)", "2/4 (50%)", "p = 0.5 (50 %)", "0.5 (nats)",
                "0.5 [nat]",
            )
        ],
        *[(minus, -0.5) for minus in ("-0.5", "−0.5", "–0.5", "—0.5", "- 0.5", "-.5", "−½", "-1/2", "-50 %")],
        *[(log, math.log(2)) for log in ("log 2", "ln 2", "log(2)", "LN(2)", "log2", "ln2", "log (2)", "log 2 nats")],
        *[(three, 3) for three in ("log2(8)", "log2 8", "log₂ 8", "log_2(8)", "log 8 / log 2", "3.", "log10(1000)")],
        *[(t, 16) for t in ("T²", "T^2", "T**2", "t^2", "T * T", "T T", "4T", "4 T", "2^4", "2⁴", "2^2^2", "a³T/2")],
        *[(k, 1000) for k in ("1000", "1 000", "1'000", "1_000", "1e3", "1E+3", "10^3", "10³", "1k", "1 000.0")],
        *[(m, 1e6) for m in ("1,000,000", "1 000 000", "1.000.000", "1M", "1 million", "1'000'000", "1,000,000.00")],
        *[(mixed, 1.5) for mixed in ("1 1/2", "1½", "1 ½", "3/2", "150 %")],
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("12,34", 12.34),
        ("0,123", 0.123),
        ("12345,678", 12345.678),
        ("1,234", 1234),
        ("-2^2", -4),
        ("−1½", -1.5),
        ("π", math.pi),
        ("2π", 2 * math.pi),
        ("2 pi", 2 * math.pi),
        ("e", math.e),
        ("2e^-1", 2 / math.e),
        ("α", 0.3),
        ("1 - alpha", 0.7),
        ("2 log 2", 2 * math.log(2)),
        ("T log 2", 4 * math.log(2)),
        ("√2", math.sqrt(2)),
        ("√2/2", math.sqrt(2) / 2),
        ("log(2)/2", math.log(2) / 2),
        ("log(2)²", math.log(2) ** 2),
        ("softmax([a/T, 0, 0])[0]", SOFTENED),
        ("e^(a/T) / (e^(a/T) + 2)", SOFTENED),
        ("-log 0.5", math.log(2)),
        ("66M", 66e6),
        ("1e-5", 1e-5),
        ("10⁻⁵", 1e-5),
    ],
)  # fmt: skip
def test_people_type_this_and_mean_that(typed: str, number: float) -> None:
    assert read_number(typed, "nats", NAMES) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Nothing is typed."),
        ("  ", "Nothing is typed."),
        ("about half", "'half' cannot be read here."),
        ("0.5 or 0.6", "'or' cannot be read here."),
        ("0.5, 0.6", "', 0.6' cannot be read here."),
        ("0.5-0.6", "a range or a difference"),
        ("0.5–0.6", "a range or a difference"),
        ("0.5 ± 0.1", "'± 0.1' cannot be read"),
        ("> 0.5", "'> 0.5' cannot be read"),
        ("1.2.3", "'1.2.3' cannot be read"),
        ("1,23,4", "'1,23,4' cannot be read"),
        ("1 2", "'1 2' cannot be read"),
        ("nan", "'nan' cannot be read"),
        ("inf", "'inf' cannot be read"),
        ("∞", "'∞' cannot be read"),
        ("0.5 bits", "It is measured in nats; the unit may be left out."),
        ("2 = 0.5", "two different numbers"),
        ("p =", "There is no number."),
        ("(1 + 2", "A bracket is not closed"),
        ("1 + 2)", "')' cannot be read"),
        ("1 +", "It breaks off."),
        ("1/0", "It divides by 0."),
        ("9^9^9", "The value is too large."),
        ("1e999", "The number is too large."),
        ("log 0", "There is no log of 0."),
        ("[1, 2]", "That is a list"),
        ("[[1]]", "A list in a list"),
        ("1/2π", "in two ways"),
        ("5 e-1", "in two ways"),
        ("2^1/2", "put the exponent in brackets"),
        ("0.5 (0.6)", "in two ways"),
        ("0.58 (42 %)", "in two ways"),
        ("log 2/3", "where the function ends"),
        ("√2π", "where the root ends"),
        ("(" * 50 + "1" + ")" * 50, "nested too deep"),
        ("2^" * 50 + "1", "nested too deep"),
        ("1" * (LONGEST + 1), "more than can be read"),
        ("__import__('os')", "cannot be read"),
        ("a.real", "'.real' cannot be read"),
        ("\x1b[31m", r"'\x1b[31m' cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_can(typed: str, told: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_number(typed, "nats", NAMES)
    said = str(raised.value)
    assert told in said
    assert "Type one number, such as 0.5, 1/2, 5e-1 or log(2); a, T and alpha may stand in it." in said
    assert said.isprintable()


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("37.5", "%", 37.5),
        ("37.5 %", "%", 37.5),
        ("37,5 percent", "%", 37.5),
        ("100 % − 62.5 %", "%", 37.5),
        ("3/8 * 100", "%", 37.5),
        ("3/8 = 37.5 %", "%", 37.5),
        ("0.375 = 37.5", "%", 37.5),
        ("0.375 (37.5 %)", "%", 37.5),
        ("37.5 % (0.375)", "%", 37.5),
        ("4-fold", "times", 4),
        ("4fold", "×", 4),
        ("5 MB", "MB", 5),
        ("5mb", "MB", 5),
        ("66 million", "million", 66),
        ("4x", "×", 4),
        ("4 times", "×", 4),
        ("3.5 tokens/s", "tokens/s", 3.5),
        ("2 ms", "ms", 2),
        ("2µs", "μs", 2),
        ("5 m²", "m²", 5),
        ("2 bit", "bits", 2),
        ("1 step", "steps", 1),
    ],
)
def test_the_unit_may_be_typed_or_not(typed: str, unit: str, number: float) -> None:
    assert read_number(typed, unit) == pytest.approx(number)
    assert read_number(str(number), unit) == pytest.approx(number)


def test_a_unit_of_another_size_is_not_taken_for_the_right_one() -> None:
    for typed in ("5 M", "5 GB", "5 KB", "5 mega"):
        with pytest.raises(UnreadableError, match="measured in MB"):
            read_number(typed, "MB")
    with pytest.raises(UnreadableError, match="measured in million"):
        read_number("5 M", "million")
    assert without_unit("2 tokens", "s") == "2 tokens"


def test_a_comma_before_three_digits_has_two_readings() -> None:
    assert readings("1,234") == (1234.0, 1.234)
    assert readings("1,234 + 1,000") == (2234.0, 2.234)
    assert readings("exp(1,234)") == (math.exp(1.234),)  # the other is too large
    for typed in ("0,234", "1,23", "1,2345", "1,234,567", "1234,567", "1,234.0"):
        assert len(readings(typed)) == 1


def test_a_variable_may_take_a_constants_or_a_sign_s_name() -> None:
    assert read_number("2x", names={"x": 5}) == 10
    assert read_number("2x3") == 6
    assert read_number("e", names={"e": 7}) == 7
    assert read_number("2k", names={"k": 3}) == 6


def test_a_bracket_with_a_space_before_it_is_a_product_or_an_argument_where_it_says_no_number_again() -> None:
    assert read_number("2 (1 + 3)") == read_number("log2 (256)") == read_number("(1 + 1) (4)") == 8
    assert read_number("2(4)") == 8


def test_a_share_that_follows_percent_is_not_taken_for_percent() -> None:
    with pytest.raises(UnreadableError, match="two different numbers"):
        read_number("37.5 % = 3/8", "%")


def test_a_greek_letter_may_name_a_variable_that_is_called_by_its_beginning() -> None:
    assert read_number("2λ", names={"lam": 5}) == 10
    with pytest.raises(UnreadableError):
        read_number("λ", names={"l": 5})


def test_a_variable_is_named_by_its_greek_letter_and_by_no_accent() -> None:
    assert read_number("2θ", names={"theta": 5}) == read_number("2Θ", names={"theta": 5}) == 10
    for letter in ("é", "İ"):
        with pytest.raises(UnreadableError):
            read_number(letter, names={"acute": 5, "above": 5})


@given(st.text(max_size=LONGEST + 20), st.sampled_from(("", "%", "nats", "MB", "×")))
def test_any_text_is_a_number_or_unreadable(text: str, unit: str) -> None:
    number_or_unreadable(text, unit)


PIECES = [*"0123456789.,'_ ()[]+-*/^%=~√²⁻½−–·×xeEπTak", "log", "ln", "log2", "exp", "sqrt", "softmax", "kl", "1/2"]
PIECES += ["1,234", "nats", "about", "million", "percent", "e-", "alpha", "α", "⅓", "٣", "ﷺ", "①", "１", "\u200f", "٫"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(("", "%", "nats", "MB", "×")))
def test_any_mathematics_is_a_number_or_unreadable(text: str, unit: str) -> None:
    number_or_unreadable(text, unit)


def number_or_unreadable(text: str, unit: str) -> None:
    """Nothing but finite numbers and advice comes back."""
    said = "Type one number"
    found: tuple[float, ...] = (0.0,)
    try:
        found = readings(text, unit, NAMES)
    except UnreadableError as error:
        said = str(error)
    assert "Type one number" in said
    assert 1 <= len(found) <= 2
    assert all(map(math.isfinite, found))


def renderings(value: float) -> list[str]:
    """Ways in which people write a value, all its digits kept."""
    text = repr(value)
    mantissa, _, exponent = f"{value:.17e}".partition("e")
    ways = [
        text,
        text.replace("-", "−"),
        f" {text} ",
        f"= {text}",
        f"x = {text}",
        f"≈{text}",
        f"{text} nats",
        f"({text})",
    ]
    ways += [f"{mantissa}e{exponent}", f"{mantissa}·10^{int(exponent)}", f"{mantissa} x 10^({int(exponent)})"]
    ways += [f"{mantissa}×10^{exponent}".replace("-", "−"), f"{mantissa}E{exponent}", f"--{text}", f"0 + {text}"]
    if "e" not in text:
        whole, _, decimals = text.partition(".")
        ways += [f"{text}0", f"{text}00"]
        if not (len(decimals) == 3 and whole.lstrip("-") != "0"):  # 1,234 has two readings
            ways.append(text.replace(".", ","))
        grouped = f"{abs(int(whole)):,}"
        sign = "-" if text.startswith("-") else ""
        ways += [sign + grouped.replace(",", " ") + f".{decimals}", sign + grouped.replace(",", "'") + f".{decimals}"]
        ways.append(sign + grouped + f".{decimals}")
    return ways


@given(st.floats(-1e12, 1e12).map(lambda value: value if abs(value) > 1e-280 else 0.0))
def test_every_way_to_write_a_number_is_read_as_that_number(value: float) -> None:
    for way in renderings(value):
        assert read_number(way, "nats") == pytest.approx(value, rel=1e-14), way


@given(st.integers(-999, 999), st.integers(1, 999))
def test_every_fraction_is_read(numerator: int, denominator: int) -> None:
    for way in (f"{numerator}/{denominator}", f"{numerator} / {denominator}", f"{numerator}÷{denominator}"):
        assert read_number(way) == numerator / denominator
    assert read_number(f"{numerator / denominator * 100!r} %") == pytest.approx(numerator / denominator)


@pytest.mark.parametrize(
    ("typed", "obvious"), [("0.5", True), ("-.5", True), ("1/2", False), ("0,5", False), ("", False)]
)
def test_only_plain_digits_are_obvious(typed: str, obvious: bool) -> None:
    assert is_obvious(typed) is obvious
