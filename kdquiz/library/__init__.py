"""Questions and drills as values: the model, the YAML they are read from, and the problems found on the way.

The ground floor: imports `kdquiz.errors` and nothing else of kdquiz. Goes in: folders of packs. Comes out: a
`Library` of frozen dataclasses, and a list of `Problem`s with file, line and column. Knows nothing of marking,
schedules or screens.
"""
