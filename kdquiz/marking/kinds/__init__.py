"""Marking, one module a kind, named as the kind is: `mark(question, response) -> Mark`,
`read_line(question, order, line) -> Response` and `how_to_type(question) -> str`, all as `kdquiz.marking` has them.

`mark` raises TypeError where the response is not of the form its kind takes, and ValueError where the response names
a position that the question does not have. Nothing lists these modules: `kdquiz.marking` finds them by name.
"""
