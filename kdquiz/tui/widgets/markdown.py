"""Markdown on the screen, for `prose.Prose`, which imports this where a text needs it."""

from textual.widgets import Markdown

from kdquiz.tui.widgets.prose import parser


class MarkdownText(Markdown):
    """A Markdown text. Links are shown as text and open nothing."""

    DEFAULT_CSS = """
    MarkdownText { padding: 0; margin: 0; background: transparent; }
    MarkdownText > *:last-child { margin-bottom: 0; }
    /* As `inline` shows code. An opaque background would not be drawn here. */
    MarkdownText MarkdownBlock:dark > .code_inline, MarkdownText MarkdownBlock:light > .code_inline {
        color: $text-accent;
        background: $foreground 10%;
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__(text, parser_factory=parser, open_links=False)
