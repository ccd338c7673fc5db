"""Text of a learner made plain: one spelling of each sign and digit; and what a row of digits with commas, points and
spaces may stand for. Imports nothing but the standard library. Pure; every pattern is linear in the text.
"""

import re
import unicodedata

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DASHES = dict.fromkeys(map(ord, "−–—‐‑‒﹣"), "-")
_TIMES = dict.fromkeys(map(ord, "·×∙⋅•✕✖∗"), "*")
_OTHERS = {
    ord(sign): plain
    for sign, plain in (("÷", "/"), ("∕", "/"), ("⁄", "/"), ("π", " pi "), ("’", "'"), ("٫", "."), ("٬", ","))
}
_ABOUT = dict.fromkeys(map(ord, "~∼≃≅≒≐"), "≈")
PLAIN = {**_DASHES, **_TIMES, **_OTHERS, **_ABOUT}

_ROW = re.compile(r"(?:\d|[.,](?=\d))(?:\d|[.,'_ ](?=\d))*+\.?")
_ROW_IN_A_LIST = re.compile(r"(?:\d|\.(?=\d))(?:\d|\.(?=\d))*+\.?")
_MIXED = re.compile(r"(\d{1,9}) (\d{1,2})/(\d{1,3})(?![\d.,])")
_EXPONENT = re.compile(r"[eE][+-]?\d{1,6}(?![\d.])")

_POINT = re.compile(r"\d+\.?\d*|\.\d+")
_COMMA = re.compile(r"\d*,\d+")
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}")
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}")
_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}")
_OTHER_GROUPS = re.compile(r"[1-9]\d{0,2}([ '_])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")


def plain(text: str) -> str:
    """`text` with ASCII digits, `-`, `*`, `/`, `^`, `≈`, single spaces, and `½` as `(1/2)`, `1½` as `1 1/2`."""
    text = _RAISED.sub(lambda found: f"^({found.group().translate(_SUPERSCRIPTS)})", text)
    spelled = ""
    for character in text:
        if unicodedata.decomposition(character).startswith("<fraction>"):
            fraction = unicodedata.normalize("NFKC", character).replace("⁄", "/")
            spelled = (
                f"{spelled.rstrip()} {fraction} " if spelled.rstrip()[-1:].isdecimal() else f"{spelled}({fraction})"
            )
        elif character.isdecimal() and not character.isascii():
            spelled += str(unicodedata.decimal(character))
        else:
            spelled += character
    spelled = unicodedata.normalize("NFKC", re.sub(r"(?<![\d.,])0·(?=\d)", "0.", spelled)).translate(PLAIN)
    return " ".join(spelled.replace("**", "^").split())


def row_at(text: str, start: int, in_a_list: bool) -> tuple[tuple[float, ...], int]:
    """What the digits at `start` of a plain text may stand for, likeliest first (two for `1,234`, else one), and where
    they end. Nothing where no number stands there that can be read. `in_a_list`, commas and spaces separate."""
    mixed = _MIXED.match(text, start)
    if mixed and not in_a_list and 0 < int(mixed[2]) < int(mixed[3]):
        return (int(mixed[1]) + int(mixed[2]) / int(mixed[3]),), mixed.end()
    row = (_ROW_IN_A_LIST if in_a_list else _ROW).match(text, start)
    if row is None:
        return (), start
    exponent = _EXPONENT.match(text, row.end())
    power, end = (exponent.group(), exponent.end()) if exponent else ("", row.end())
    return tuple(float(digits + power) for digits in _spellings(row.group())), end


def _spellings(row: str) -> tuple[str, ...]:
    if _POINT.fullmatch(row):
        return (row,)
    if _EITHER.fullmatch(row):
        return row.replace(",", ""), row.replace(",", ".")
    if _COMMA.fullmatch(row):
        return (row.replace(",", "."),)
    if _COMMA_GROUPS.fullmatch(row):
        return (row.replace(",", ""),)
    if _POINT_GROUPS.fullmatch(row):
        return (row.replace(".", "").replace(",", "."),)
    if _OTHER_GROUPS.fullmatch(row):
        return (re.sub("[ '_]", "", row).replace(",", "."),)
    return ()
