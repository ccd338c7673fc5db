"""Tests of what a runner gives up."""
