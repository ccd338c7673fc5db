"""Tests of kdquiz/grading."""
