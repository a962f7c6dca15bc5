"""Huiyin 回音: every matter gets an answer, and every answer can be checked."""

__version__ = "0.1.0"
