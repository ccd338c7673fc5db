"""Benchmarks: `python -m tests.bench [NAME...] [--quick] [--json]` prints tables to be pasted into the README.

A benchmark is added by adding a module to this package; no list of them is kept. The module defines

    TITLE: str                                                 a line for `python -m tests.bench --help`
    def run(say: Say, quick: bool) -> Sequence[Table]          see `measure`; `say` tells the progress in a sentence

Everything a benchmark compares is measured in the same run and in turns (A B A B), so that what else the machine does
meanwhile meets both alike. `quick` asks for so few repetitions that the test suite can see it run. Nothing here passes
or fails by a time: a benchmark tells, a test asserts.
"""
