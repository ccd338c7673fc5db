"""`python -m kdquiz` is the command `kdquiz`."""

from kdquiz.cli import main

main()
