"""Texts of packs, learners and reports on the screen. All of them are data: no console markup in them is obeyed, no
HTML, no links, and no control character reaches the terminal.

`Prose` shows Markdown; `inline` turns one line of it (code spans, emphasis) into styled content for a label; `plain`
is for everything else.
"""

import unicodedata

from markdown_it import MarkdownIt
from textual.content import Content
from textual.widgets import Markdown

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


def parser() -> MarkdownIt:
    """Markdown with tables, without HTML and without links made from words like `kd.py`."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def inline(text: str, style: str = "") -> Content:
    """One paragraph of Markdown as content: code spans and emphasis; everything else stands as written."""
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


class Prose(Markdown):
    """A Markdown text of content. Links are shown as text and open nothing."""

    DEFAULT_CSS = """
    Prose { padding: 0; margin: 0; background: transparent; }
    Prose > *:last-child { margin-bottom: 0; }
    /* As `inline` shows code. An opaque background would not be drawn here. */
    Prose MarkdownBlock:dark > .code_inline, Prose MarkdownBlock:light > .code_inline {
        color: $text-accent;
        background: $foreground 10%;
    }
    """

    def __init__(self, text: str = "", *, widget_id: str | None = None) -> None:
        super().__init__(safe(text), id=widget_id, parser_factory=parser, open_links=False)

    async def show(self, text: str) -> None:
        """Replace the text; returns when the new one is laid out."""
        await self.update(safe(text))
