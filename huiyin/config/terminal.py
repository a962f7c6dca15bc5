"""Speaks to the person at the terminal: results on stdout, progress and refusals on stderr."""

import sys


def say(sentence: str) -> None:
    """Give one line of the result."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def tell(sentence: str) -> None:
    """Say one sentence of progress or refusal."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
