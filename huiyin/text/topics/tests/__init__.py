"""Tests of growing topics on planted matters of our own writing."""
