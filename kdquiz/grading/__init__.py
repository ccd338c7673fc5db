"""Grading: a submission in, a report out; the learner's code never runs where the verdict is computed.

    client (the app) ──▶ zygote (torch imported, one thread) ──fork──▶ judge: reference, cases, comparison
                                                             ──fork──▶ runner: the learner's code, one each

`client`, `report` and `protocol` are for everybody and import no torch. `zygote`, `judge` and what they use are
imported in the grading processes alone. `runner` imports nothing of kdquiz but `protocol` and `containment`.
"""
