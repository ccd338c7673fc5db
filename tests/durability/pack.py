"""A pack of every kind of question whose screens can be told apart: each question says its id, each option what it is.

Goes in: a folder. Comes out: a pack there, and how each of its questions is answered by keys.
"""

import re
from collections.abc import Callable
from pathlib import Path

TOPIC = "durability"
EACH = 3
"""Questions of a kind."""
DRILL = "double"
STARTER = "def double(x):\n    raise NotImplementedError\n"
BECAUSE = "That is the wrong one of {id}."

KINDS: dict[str, str] = {
    "choice": """
    options:
      - right: rightly
      - {wrong: wrongly, because: "%(because)s"}
      - {wrong: falsely, because: "%(because)s"}""",
    "multi": """
    options:
      - right: rightly
      - {wrong: wrongly, because: "%(because)s"}
      - right: truly""",
    "numeric": """
    value: 2
    within: 0.5
    slips:
      - {value: 3, because: "%(because)s"}""",
    "cloze": """
    text: "%(name)s asks, and it is {{near}} and {{far}}." """,
    "order": """
    steps: [the first, the second, the third]""",
    "short": """
    answer: It is peaked, and it hides the rest.
    points:
      - {text: It is peaked, any: [peaked]}
      - {text: It hides the rest, any: [hides]}""",
    "flashcard": """
    answer: The back of the card.""",
    "predict": """
    options:
      - right: rightly
      - {wrong: wrongly, because: "%(because)s"}
    answer: It goes as it goes.""",
}
IDS = tuple(f"{kind}-{number}" for kind in KINDS for number in range(1, EACH + 1))


def named(question_id: str) -> str:
    """How a question's text says its id."""
    return f"<<{question_id}>>"


def write_pack(folder: Path) -> Path:
    """The folder, with the pack in it."""
    drill = folder / "drills" / DRILL
    drill.mkdir(parents=True)
    (folder / f"{TOPIC}.yaml").write_text("\n".join([HEAD, *map(_question, IDS)]) + "\n")
    (drill / "drill.yaml").write_text(DRILL_TEXT)
    (drill / "starter.py").write_text(STARTER)
    (drill / "reference.py").write_text("def double(x):\n    return 2 * x\n")
    return folder


HEAD = f"format: 1\ntopic: {TOPIC}\ntitle: Durability\nquestions:"
DRILL_TEXT = f"""\
format: 1
id: {DRILL}
title: Double
topic: {TOPIC}
level: core
minutes: 5
entry: double
ask: Return twice `x`.
inputs:
  N: [1, 4]
  x: {{normal: [N]}}
checks: [value]
mistakes:
  - id: thrice
    find: "2 * x"
    put: "3 * x"
    because: That is three times.
"""


def _question(question_id: str) -> str:
    kind = question_id.partition("-")[0]
    name = named(question_id)
    head = f"  - id: {question_id}\n    kind: {kind}\n    source: A test\n"
    asked = "" if kind == "cloze" else f'    ask: "{name} asks."'
    return head + asked + KINDS[kind] % {"because": BECAUSE.format(id=question_id), "name": name}


Keys = Callable[[str, bool], str]


def keys_to_answer(question_id: str, screen: str, right: bool) -> str:
    """What is typed to answer a question that stands on the screen, up to and with the last Enter."""
    return _KEYS[question_id.partition("-")[0]](screen, right)


def keys_before(question_id: str) -> tuple[str, str]:
    """What is typed before that, and what then stands on the screen."""
    return ("near\r", "▸ 2") if question_id.startswith("cloze") else ("", "")


def can_be_answered(question_id: str, screen: str) -> bool:
    """Whether what is needed for that is on the screen: its options may come a moment after it."""
    return not question_id.startswith(("choice", "multi", "predict")) or all(
        re.search(rf" [a-f] +{option}", screen) for option in ("rightly", "wrongly")
    )


def _letter_of(option: str, screen: str) -> str:
    """The letter before an option."""
    found = re.search(rf" ([a-f]) +{option}", screen)
    assert found, screen
    return found[1]


_KEYS: dict[str, Keys] = {
    "choice": lambda screen, right: _letter_of("rightly" if right else "wrongly", screen) + "\r",
    "multi": lambda screen, right: (
        "".join(_letter_of(option, screen) for option in (["rightly", "truly"] if right else ["wrongly"])) + "\r"
    ),
    "numeric": lambda _, right: "2\r" if right else "3\r",
    "cloze": lambda _, right: "far\r" if right else "high\r",
    "order": lambda _, right: "\r\r" if right else "a3\r",
    "short": lambda _, right: "peaked and hides\r" if right else "no idea\r",
    "flashcard": lambda _, right: "\r",
    "predict": lambda screen, right: _letter_of("rightly" if right else "wrongly", screen) + "\r",
}
