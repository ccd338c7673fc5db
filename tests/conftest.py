"""For all tests: properties are checked without a stopwatch, since the machine may be busy."""

from hypothesis import settings

settings.register_profile("kdquiz", deadline=None)
settings.load_profile("kdquiz")
