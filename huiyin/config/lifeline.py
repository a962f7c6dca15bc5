"""Ends a child of `huiyin serve` when its parent is gone, however the parent died."""

import os
import signal
import threading
import time

_LOOK_SECONDS = 1.0


def hold() -> None:
    """Watch the parent that `HUIYIN_PARENT` names and ask this process to end when it is gone."""
    parent = os.environ.get("HUIYIN_PARENT", "")
    if parent.isdigit():
        threading.Thread(target=_watch, args=(int(parent), os.getpid()), name="lifeline", daemon=True).start()


def _watch(parent: int, myself: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os.kill(myself, signal.SIGTERM)
