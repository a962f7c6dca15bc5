"""Runs a long command of ours beside the worker: in a process of its own, whose memory goes with it."""

import os
import signal
import subprocess
import sys
import threading
from typing import Final

_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_NICENESS: Final = 10
_RUNNING: Final[dict[tuple[str, ...], subprocess.Popen[bytes]]] = {}


def run(*words: str) -> bool:
    """Start `huiyin WORDS`; False, and nothing is started, while the same one still runs.

    The command calls `hold` first: it steps back behind the worker's duties and ends with the worker.
    """
    if is_running(*words):
        return False
    command = [sys.executable, "-m", "huiyin.config.command", *words]
    _RUNNING[words] = subprocess.Popen(  # noqa: S603  our own command
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=os.environ | _ONE_THREAD, start_new_session=True
    )
    return True


def is_running(*words: str) -> bool:
    """Whether this process has started the same command and it has not ended yet."""
    before = _RUNNING.get(words)
    return before is not None and before.poll() is None


def hold() -> None:
    """In the command: step back behind other work, and end as if asked to when the worker's end of the pipe is gone."""
    os.nice(_NICENESS)
    threading.Thread(target=_end_with_worker, name="lifeline", daemon=True).start()


def _end_with_worker() -> None:
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)
