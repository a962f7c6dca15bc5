"""Runs `huiyin finding rebuild` at the terminal."""

import argparse
import sys
import time
from typing import Final

from huiyin.finding import workflow

_TELL_EVERY_SECONDS: Final = 2.0


class _Progress:
    """Tells how far it is, every two seconds and at the end of a kind."""

    def __init__(self) -> None:
        self._told_at = time.monotonic()

    def __call__(self, kind: str, done: int, total: int) -> None:
        if done == total or time.monotonic() - self._told_at > _TELL_EVERY_SECONDS:
            self._told_at = time.monotonic()
            sys.stderr.write(f"{kind}: {done:,} of {total:,}\n")


def rebuild(_arguments: argparse.Namespace) -> int:
    """Rebuild everything and say how many wordings there are."""
    total = workflow.rebuild(_Progress())
    sys.stdout.write(f"{total:,} matters and notices can be found\n")
    return 0
