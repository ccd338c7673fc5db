"""Submissions that mean harm, and the proof that they do none."""
