"""Authoring: `kdquiz check`, which finds every problem of content at once and proves each drill sound.

A room of its own above marking and grading, because it uses both; the app never imports it. Goes in: paths of content.
Comes out: problems with file, line and column, and the proof of each drill with its kill rate.
"""
