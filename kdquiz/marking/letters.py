"""Letters that a learner types: for options and steps as they are shown, and those of the Greek alphabet.

Imports `marking.model`. Pure.
"""

import unicodedata

from kdquiz.marking.model import UnreadableError


def places_named(line: str, shown: str, what: str, separators: str) -> list[int]:
    """The places, counted from 0, that a line names, in its order: `b`, `2`, `a c`, `ac`, `1 3`.

    `shown` are the letters on the screen, `what` they name is said in the complaint; characters of `separators` part
    names as spaces do. Raises UnreadableError, in words for the learner, where one of them is none.
    """
    words = line.lower().translate(str.maketrans(separators, " " * len(separators))).split()
    places = []
    for word in words if all(len(word) == 1 for word in words) else "".join(words):
        place = shown.find(word) if word.isalpha() else int(word) - 1 if word.isdecimal() else -1
        if not 0 <= place < len(shown):
            raise UnreadableError(f"There is no {what} '{word}': the {what}s are {', '.join(shown)}.")
        places.append(place)
    return places


def greek_name(letter: str) -> str:
    """`alpha` for `α`; empty for what is not one small Greek letter."""
    name = unicodedata.name(letter, "") if len(letter) == 1 else ""
    return name.rpartition(" ")[2].lower().replace("lamda", "lambda") if name.startswith("GREEK SMALL LETTER") else ""
