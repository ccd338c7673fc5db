"""Files just below a megabyte that cost as much as one can think of: to parse, to validate, to try."""

from collections.abc import Callable, Iterator, Mapping

from kdquiz.library.source import MOST_TEXT, MOST_VALUES

SIZE = 1_000_000
QUICK = 20_000
ASK = "What would somebody ask who wants to fill a megabyte with questions and stay below fifty thousand values?"
HEAD = "format: 1\ntopic: bomb\ntitle: Bomb\nquestions:\n"
SHORT = "- id: bomb\n  kind: short\n  ask: Why?\n  answer: So.\n  source: S\n"
NUMERIC = "- id: bomb\n  kind: numeric\n  ask: What? {a}\n  source: S\n  within: 0.1\n"
SOUND = HEAD + "- {id: a, kind: flashcard, ask: q, answer: a, source: s}\n"


def _filled(before: str, part: Callable[[int], str], after: str = "", most: int = MOST_VALUES) -> Callable[[int], str]:
    """A file of at most so many bytes and parts: the beginning, parts by their number, the end."""

    def made(size: int) -> str:
        parts, length, number = [], len(before) + len(after), 0
        while length < size and number < most:
            parts.append(part(number))
            length += len(parts[-1].encode())
            number += 1
        return before + "".join(parts if number == most else parts[:-1]) + after

    return made


def _long(part: str, most: int = MOST_TEXT) -> str:
    """As many copies as one text may hold."""
    return part * (most // len(part))


def _laughs(size: int) -> str:
    """Every level is ten of the one before."""
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
    return f"a0: &a0 [{', '.join(['lol'] * 10)}]\n{levels}"


def _card(number: int, more: str = "") -> str:
    return f"- {{id: q{number}, kind: flashcard, ask: '{ASK}', answer: a, source: s{more}}}\n"


_MAKERS: Mapping[str, Callable[[int], str]] = {
    "a billion laughs": _laughs,
    "open brackets": _filled("", lambda _: "[" * 100),
    "empty mappings in a list": _filled("[", lambda _: "{a},", "]"),
    "empty lists in a list": _filled("[", lambda _: "[],", "]"),
    "keys of one mapping": _filled("", lambda n: f"k{n}: 1\n"),
    "the same key again": _filled("format: 1\n", lambda _: "a: 1\n"),
    "a tag on each entry": _filled("", lambda _: "- !t 1\n"),
    "a control character in each entry": _filled("", lambda _: '- "\\e"\n'),
    "one text": _filled(HEAD + "- {id: a, kind: flashcard, answer: a, source: s, ask: '", lambda _: "x" * 100, "'}\n"),
    "one text of backticks": _filled(
        HEAD + "- {id: a, kind: flashcard, answer: a, source: s, ask: '", lambda _: "`" * 99 + " ", "'}\n"
    ),
    "one text of dollars and backslashes": _filled(
        HEAD + "- {id: a, kind: flashcard, answer: a, source: s, ask: '", lambda _: "$\\a", "'}\n"
    ),
    "one word as a key": _filled(HEAD + "- ? '", lambda _: "x" * 100, "'\n  : a\n"),
    "sound flashcards": _filled(HEAD, _card),
    "flashcards without an answer": _filled(
        HEAD, lambda n: f"- {{id: q{n}, kind: flashcard, ask: '{ASK}', source: s}}\n"
    ),
    "flashcards with a key misspelt": _filled(
        HEAD, lambda n: f"- {{id: q{n}, kind: flashcard, ask: '{ASK}', anwser: a, source: s}}\n"
    ),
    "tiny broken questions": _filled(HEAD, lambda n: f"- {{id: A{n}, kind: flashcard, ask: '{ASK}', b: 1}}\n"),
    "questions of an unknown kind": _filled(HEAD, lambda n: f"- {{id: q{n}, kind: flashcrd, ask: '{ASK}'}}\n"),
    "the same id again": _filled(HEAD, lambda _: _card(0)),
    "needs that are nowhere": _filled(HEAD, lambda n: _card(n, f", needs: [r{n}]"), most=4_900),
    "needs that are nowhere, many each": _filled(
        HEAD, lambda n: _card(n, f", needs: [{', '.join(f'x{n}y{m}' for m in range(20))}]"), most=1_800
    ),
    "a chain of needs": _filled(HEAD, lambda n: _card(n, f", needs: [q{n + 1}]" if n % 10_000 else "")),
    "needs that are all in circles": _filled(HEAD, lambda n: _card(n, f", needs: [q{n ^ 1}]")),
    "a rubric of phrases": _filled(
        HEAD + SHORT + "  tests: [{say: a, points: [1]}, {say: b, points: []}]\n  points:\n  - text: p\n    any: [",
        lambda n: f"gradient{n} of the loss, ",
        "z]\n",
    ),
    "phrases of alternatives": _filled(
        HEAD,
        lambda n: (
            SHORT.replace("bomb", f"b{n}")
            + "  tests: [{say: a b, points: [1]}, {say: z, points: []}]\n"
            + f"  points: [{{text: p, any: ['{_long('(a|b) ')} c']}}]\n"
        ),
    ),
    "phrases of one word": _filled(
        HEAD,
        lambda n: (
            SHORT.replace("bomb", f"b{n}")
            + f"  tests: [{{say: '{_long('a ', 9_000)}', points: [1]}}, {{say: z, points: []}}]\n"
            + f"  points: [{{text: p, any: ['{_long('a ', 9_000)} c']}}]\n"
        ),
    ),
    "a test that says one word": _filled(
        HEAD
        + SHORT
        + "  points: [{text: p, any: [a b]}]\n  tests:\n  - {say: z, points: []}\n  - {points: [1], say: '",
        lambda _: "a b ",
        "'}\n",
    ),
    "short questions with long tests": _filled(
        HEAD,
        lambda n: (
            SHORT.replace("bomb", f"b{n}")
            + f"  points: [{{text: p, any: [a b, {', '.join(['c d'] * 100)}]}}]\n"
            + f"  tests: [{{say: z, points: []}}, {{points: [1], say: '{'a c ' * 2_000} a b'}}]\n"
        ),
    ),
    "tests of a short question": _filled(
        HEAD + SHORT + "  points: [{text: p, any: [a b]}]\n  tests:\n", lambda _: "  - {say: a b, points: [1]}\n"
    ),
    "slips": _filled(
        HEAD + NUMERIC + "  draw: {a: [1, 2]}\n  value: a\n  slips:\n",
        lambda n: f"  - {{value: a + {n}, because: b}}\n",
    ),
    "values of a draw": _filled(HEAD + NUMERIC + "  value: a\n  draw: {a: [", lambda n: f"{n}, ", "1]}\n"),
    "variables of a draw": _filled(HEAD + NUMERIC + "  value: a\n  draw: {", lambda n: f"a{n}: [1, 2], ", "a: [1]}\n"),
    "a formula": _filled(HEAD + NUMERIC + "  draw: {a: [1]}\n  value: a", lambda _: "+1", "\n"),
    "a formula of powers": _filled(
        HEAD,
        lambda n: NUMERIC.replace("bomb", f"b{n}") + "  draw: {a: [9]}\n  value: 9**9**9**9**a\n",
        most=6_000,
    ),
    "formulas in braces": _filled(
        HEAD,
        lambda n: (
            NUMERIC.replace("bomb", f"b{n}")
            + "  draw: {a: [1]}\n  value: a\n  answer: '"
            + "".join(f"{{a+{n}{m}}} " for m in range(1_500))
            + "'\n"
        ),
    ),
    "numeric questions": _filled(
        HEAD,
        lambda n: (
            NUMERIC.replace("bomb", f"b{n}").replace("{a}", "{a} {b} {c}")
            + "  draw: {a: [1, 2, 3, 4, 5, 6, 7], b: [1, 2, 3, 4, 5, 6, 7], c: [1, 2, 3, 4, 5, 6, 7]}\n"
            + "  value: softmax([a, b, c])[0]\n  slips: [{value: a, because: b}]\n"
            + "  tests: [{say: '{value}', expect: right}, {say: '99', expect: wrong}]\n"
        ),
        most=1_000,
    ),
    "blanks of clozes": _filled(
        HEAD, lambda n: f"- {{id: b{n}, kind: cloze, source: S, text: '{_long('{{a | b}} ')}'}}\n"
    ),
    "variants of clozes": _filled(
        HEAD, lambda n: f"- {{id: b{n}, kind: cloze, source: S, text: '{{{{{_long('a|', 19_000)}b}}}}'}}\n"
    ),
    "braces of clozes": _filled(HEAD, lambda n: f"- {{id: b{n}, kind: cloze, source: S, text: '{_long('{{ `')}'}}\n"),
    "options": _filled(
        HEAD + "- id: bomb\n  kind: choice\n  source: S\n  ask: q\n  options:\n  - right: a\n",
        lambda n: f"  - {{wrong: w{n}, because: b}}\n",
        most=16_000,
    ),
    "steps": _filled(HEAD + "- id: bomb\n  kind: order\n  source: S\n  ask: q\n  steps:\n", lambda n: f"  - s{n}\n"),
}


def files(quick: bool) -> Iterator[tuple[str, bytes]]:
    """A small sound file first; then the bombs, with what each is made of."""
    yield "a flashcard, to compare with", SOUND.encode()
    for name, made in _MAKERS.items():
        yield name, made(QUICK if quick else SIZE).encode()
