"""Tests of the map of opinions."""
