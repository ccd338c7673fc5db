"""How far a long piece of work is: one line on standard error, drawn in place, where a person looks on.

Imports click. Goes in: texts. Comes out: nothing where standard error is no terminal.
"""

import sys

import click


class ProgressLine:
    """One line. What else is printed goes to the same terminal, so it is cleared before that."""

    def __init__(self, *, wanted: bool = True) -> None:
        self._seen = wanted and sys.stderr is not None and sys.stderr.isatty()
        self._drawn = False

    def draw(self, text: str) -> None:
        """Show this, in place of what is shown."""
        if self._seen:
            click.echo(f"\r{text}\x1b[K", nl=False, err=True)
            self._drawn = True

    def clear(self) -> None:
        """Leave the line as it was found; what a terminal adds to it at Ctrl+C goes, too."""
        if self._drawn:
            click.echo("\r\x1b[K", nl=False, err=True)
        self._drawn = False

    def end(self) -> None:
        """Clear it for good: who draws later is too late."""
        self.clear()
        self._seen = False
