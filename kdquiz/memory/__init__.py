"""Memory: the FSRS schedule, the day's due queue and the rule that suggests a rating. Pure: time is always passed in.

Imports `library` and `errors` alone (not `marking`: a rating is suggested from a share of marks, a number).
"""
