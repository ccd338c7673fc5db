"""Grading: a submission in, a report out; the learner's code never runs where the verdict is computed.

    client (the app) ──▶ zygote (torch imported, one thread) ──fork──▶ judge: reference, cases, comparison
                                                             ──fork──▶ runner: the learner's code, one each

Where that cannot be (macOS, Windows; `way`), with little to contain the learner's code:

    client (the app) ──▶ spare_judge: the judge, which imports torch ──▶ spares, started ahead: a runner each, used once

`client`, `report` and `protocol` are for everybody and import no torch. `zygote`, `spare_judge`, `judge` and what they
use are imported in the grading processes alone. `conversation` is what a judge has with a runner of either kind.
`runner` imports nothing of kdquiz but `protocol`, `submission` and `containment`.
"""
