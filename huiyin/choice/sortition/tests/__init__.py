"""Tests of drawing people by lot."""
