"""Tests of near-duplicates on appeals of our own writing, changed in place, number, order and words."""
