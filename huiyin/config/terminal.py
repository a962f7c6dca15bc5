"""Speaks to the person at the terminal: results on stdout, progress and refusals on stderr."""

import io
import sys


def say(sentence: str) -> None:
    """Give one line of the result."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def tell(sentence: str) -> None:
    """Say one sentence of progress or refusal."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def show_what_can_be_shown() -> None:
    """Let a terminal or file that knows no m² or no Chinese show a question mark there, and the rest as it is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
