"""Tests of the look: tags, parts, contrast."""
