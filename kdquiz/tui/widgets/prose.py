"""Texts of packs, learners and reports on the screen. All of them are data: no console markup in them is obeyed, no
HTML, no links, and no control character reaches the terminal.

`Prose` shows Markdown; `inline` turns one line of it (code spans, emphasis) into styled content for a label; `plain`
is for everything else.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_ONE_PLAIN_PARAGRAPH = re.compile(r"\s*(?![-+=]|\d+[.)])[^\n\r*_`\[\]<>#|\\&~!]+\s*")
CODE = "$text-accent on $panel"
QUIET = "$quiet"
UNSEEN = "\N{REPLACEMENT CHARACTER}"


def safe(text: str) -> str:
    """`text` without anything that could steer a terminal: control and bidirectional characters become `�`.

    Every way to end a line becomes `\\n`: terminals send the line breaks of a pasted text as carriage returns.
    """
    if text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return "".join(letter if letter == "\n" or not steers(letter) else UNSEEN for letter in lines)


def steers(letter: str) -> bool:
    """Control characters, halves of surrogates, and those that turn the direction of text."""
    return unicodedata.category(letter) in ("Cc", "Cs") or unicodedata.bidirectional(letter) in _TURNING


_TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def plain(text: str, style: str = "") -> Content:
    """`text` exactly as it stands."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def is_one_plain_paragraph(text: str) -> bool:
    """Whether a text is one line in which nothing means anything to Markdown."""
    return _ONE_PLAIN_PARAGRAPH.fullmatch(text) is not None


def parser() -> "MarkdownIt":
    """Markdown with tables, without HTML and without links made from words like `kd.py`."""
    from markdown_it import MarkdownIt  # a plain paragraph needs no parser

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def inline(text: str, style: str = "") -> Content:
    """One paragraph of Markdown as content: code spans and emphasis; everything else stands as written."""
    if is_one_plain_paragraph(text):
        return plain(text.strip(), style)
    parts: list[tuple[str, str]] = []
    emphasis: list[str] = []
    for token in parser().parseInline(safe(text.strip()))[0].children or []:
        if token.type in _OPENING:
            emphasis.append(_OPENING[token.type])
        elif token.type in _CLOSING:
            emphasis.pop()
        elif token.type == "code_inline":
            parts.append((token.content, " ".join([*emphasis, CODE])))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append((" " if token.type == "softbreak" else "\n", ""))
        else:
            parts.append((token.content, " ".join(emphasis)))
    content = Content.assemble(*parts)
    return content.stylize_before(style) if style else content


def coded(text: str, style: str = "") -> Content:
    """`text` as it stands, but for words between backticks, which are shown as code. For sentences about a learner's
    code: an asterisk in them is no emphasis."""
    parts = safe(text).split("`")
    if len(parts) % 2 == 0:
        return plain(text, style)
    content = Content.assemble(*((part, CODE if place % 2 else "") for place, part in enumerate(parts)))
    return content.stylize_before(style) if style else content


def one_line(text: str, longest: int = 120) -> str:
    """The first paragraph of a text on one line, cut with an ellipsis."""
    line = " ".join(text.strip().split("\n\n")[0].split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


_OPENING = {"strong_open": "bold", "em_open": "italic", "s_open": "strike"}
_CLOSING = ("strong_close", "em_close", "s_close")


class Prose(Vertical):
    """A text of content, Markdown. One that is a plain paragraph, as most are, does not bring the Markdown parser."""

    DEFAULT_CSS = "Prose { height: auto; }"

    def __init__(self, text: str = "", *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._text = text

    def compose(self) -> ComposeResult:
        if is_one_plain_paragraph(self._text):
            yield Static(plain(self._text.strip()))
        elif self._text:
            from kdquiz.tui.widgets.markdown import MarkdownText  # brings the parser and the highlighter

            yield MarkdownText(safe(self._text))

    async def show(self, text: str) -> None:
        """Replace the text; returns when the new one is laid out."""
        self._text = text
        await self.recompose()
