"""A terminal's screen by as much of its language as Textual speaks: the cursor is put somewhere, and text is written.

It shows whole pictures: like most terminals it offers to hold one back until it is complete (mode 2026). For terminals
of every kind `tests.cli.terminal` has a whole one, which takes ten times as long; here thousands of pictures are read.
"""

import codecs
import re

HOLD, ASKED, OFFERED = "\x1b[?2026h", "\x1b[?2026$p", b"\x1b[?2026;2$y"
PIECE = re.compile(
    r"""(?P<mode>\x1b\[\?2026(?:[hl]|\$p))
      | \x1b\[(?P<row>\d+);(?P<column>\d+)H
      | \x1b\[[0-?]*[ -/]*[@-~]
      | \x1b\][^\x07\x1b]*(?:\x07|\x1b\\)
      | \x1b[PX^_][^\x1b]*\x1b\\
      | \x1b[^\[\]PX^_]
      | (?P<control>[\x00-\x1a\x1c-\x1f])
      | (?P<text>[^\x00-\x1f]+)""",
    re.VERBOSE,
)
"""Where to go, or to hold a picture back; a sequence of another kind, which is passed over; a sign; text."""


class Screen:
    """What stands on a screen of `rows` by `columns`."""

    def __init__(self, rows: int, columns: int) -> None:
        self._columns = columns
        self._lines = [" " * columns for _ in range(rows)]
        self._row = self._column = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""
        """An escape sequence whose end has not come."""
        self._shown: str | None = None
        """The picture before, while one is held back."""

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return self._drawn if self._shown is None else self._shown

    @property
    def _drawn(self) -> str:
        return "\n".join(line.rstrip() for line in self._lines)

    def feed(self, data: bytes) -> bytes:
        """What a program has written to the terminal, in pieces of any size. Returns what the terminal answers."""
        answer = b""
        written = self._begun + self._decoder.decode(data)
        at = 0
        while found := PIECE.match(written, at):
            at = found.end()
            if found["mode"] is not None:
                self._shown = self._drawn if found["mode"] == HOLD else None
                answer += OFFERED * (found["mode"] == ASKED)
            elif found["text"] is not None:
                self._write(found["text"])
            elif found["row"] is not None:
                self._row, self._column = int(found["row"]) - 1, int(found["column"]) - 1
            elif found["control"] is not None:
                self._control(found["control"])
        self._begun = written[at:]
        return answer

    def _control(self, sign: str) -> None:
        if sign == "\n":
            self._down()
        elif sign == "\r":
            self._column = 0

    def _down(self) -> None:
        """To the next line; the last one makes room by leaving the first out."""
        self._row += 1
        if self._row == len(self._lines):
            self._row -= 1
            self._lines = [*self._lines[1:], " " * self._columns]

    def _write(self, text: str) -> None:
        while text:
            if self._column >= self._columns:
                self._column = 0
                self._down()
            here, text = text[: self._columns - self._column], text[self._columns - self._column :]
            end = self._column + len(here)
            line = self._lines[self._row]
            self._lines[self._row] = line[: self._column] + here + line[end:]
            self._column = end
