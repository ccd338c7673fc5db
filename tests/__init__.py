"""The tests of kdquiz; they mirror its tree. `python -m tests` runs them all, with lint, types and import contracts."""
