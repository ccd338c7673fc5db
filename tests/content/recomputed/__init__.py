"""The values of the numeric questions, computed a second time and another way: with torch or numpy in float64, not with
the formulas of the packs.

One module a topic, named as the topic with underscores for hyphens. It offers `RECOMPUTED`: by a question's id a
function that takes the drawn variables by name and returns the value. `lessons` does so for the numbers in lessons.
"""
