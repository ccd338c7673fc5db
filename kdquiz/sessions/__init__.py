"""Sessions: state machines for a quiz and a drill, without clock, disk or Textual.

Values with methods: time, randomness, schedule and storage are passed in; what is to be stored is handed back. A screen
holds one session, calls one method a key press and draws `view()`. Imports `marking`, `memory`, `library`, `errors` and
the values of `grading.report`.
"""
