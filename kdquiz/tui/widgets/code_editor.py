"""The editor of a drill: Python with syntax colours, line numbers and indentation that follows the code."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from kdquiz.tui.widgets.prose import safe

INDENT = 4


def _theme(name: str, keyword: str, string: str, number: str, comment: str, function: str) -> TextAreaTheme:
    """Few colours, none of them loud; background and cursor come from the style sheet."""
    from rich.style import Style  # lazily: only a drill needs it

    return TextAreaTheme(
        name=name,
        syntax_styles={
            "string": Style(color=string),
            "string.documentation": Style(color=string),
            "comment": Style(color=comment, italic=True),
            "number": Style(color=number),
            "float": Style(color=number),
            "boolean": Style(color=number),
            "constant.builtin": Style(color=number),
            "keyword": Style(color=keyword),
            "keyword.function": Style(color=keyword),
            "keyword.return": Style(color=keyword),
            "keyword.operator": Style(color=keyword),
            "conditional": Style(color=keyword),
            "repeat": Style(color=keyword),
            "exception": Style(color=keyword),
            "include": Style(color=keyword),
            "function": Style(color=function),
            "function.call": Style(color=function),
            "method": Style(color=function),
            "method.call": Style(color=function),
            "class": Style(color=function),
            "type": Style(color=function),
        },
    )


DARK = _theme("kdquiz-dark", "#b49bd0", "#9cbf8c", "#dcb27a", "#7f8794", "#7fa7c9")
LIGHT = _theme("kdquiz-light", "#6b3fa0", "#2e7031", "#8a5a12", "#6c7280", "#2f6690")


class CodeEditor(TextArea):
    """Python code. Tab indents; Enter keeps the indentation; Escape is left to the screen.

    Code that can only be read is wrapped, so that nothing of it is out of sight.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "go(0)", "To the beginning", show=False),
        Binding("ctrl+end", "go(-1)", "To the end", show=False),
    ]

    DEFAULT_CSS = """
    CodeEditor { border: none; padding: 0; background: $surface; scrollbar-size: 1 1; }
    CodeEditor:focus { border: none; }
    """

    def __init__(self, source: str, *, read_only: bool = False, widget_id: str | None = None) -> None:
        super().__init__(
            safe(source),
            language="python",
            soft_wrap=read_only,
            tab_behavior="focus" if read_only else "indent",
            read_only=read_only,
            show_line_numbers=True,
            highlight_cursor_line=not read_only,
            id=widget_id,
        )
        self.register_theme(DARK)
        self.register_theme(LIGHT)

    def on_mount(self) -> None:
        self._follow_theme()
        self.watch(self.app, "theme", self._follow_theme, init=False)

    def _follow_theme(self) -> None:
        self.theme = DARK.name if self.app.current_theme.dark else LIGHT.name

    def action_go(self, line: int) -> None:
        """To the beginning (0) or the end (-1) of the code."""
        self.move_cursor(self.document.end if line else self.document.start)

    def put_all(self, source: str) -> None:
        """Replace the whole text, so that undo brings the old one back."""
        self.replace(safe(source), self.document.start, self.document.end)
        self.move_cursor((0, 0))

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = safe(event.text)  # a pasted escape sequence would reach the terminal

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.prevent_default()  # the base class would move the focus; the screen's binding is meant
        elif event.key == "enter" and not self.read_only:
            event.stop()
            event.prevent_default()
            self._new_line()

    def _new_line(self) -> None:
        start, end = sorted(self.selection)
        before = self.document.get_line(start[0])[: start[1]]
        indent = len(before) - len(before.lstrip(" "))
        if before.rstrip().endswith((":", "(", "[", "{")):
            indent += INDENT
        self.replace("\n" + " " * indent, start, end, maintain_selection_offset=False)

    def action_delete_left(self) -> None:
        """Backspace within the indentation goes back one step of it."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        if self.selection.is_empty and before and not before.strip(" ") and not self.read_only:
            self.delete((row, (column - 1) // INDENT * INDENT), (row, column), maintain_selection_offset=False)
        else:
            super().action_delete_left()
