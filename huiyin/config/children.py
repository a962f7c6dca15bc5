"""Processes forked from the supervisor: what it has loaded is in memory once, and a dead child is back at once."""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from huiyin.config import embedded, terminal

STOP_SECONDS: Final = 15.0
_STEADY_SECONDS: Final = 10.0
_LONGEST_PAUSE_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 0.02
_ENDS: Final = (signal.SIGTERM, signal.SIGINT)
_PR_SET_NAME: Final = 15  # Linux: the name that ps and top show
_M_ARENA_MAX: Final = -8  # glibc: pools of memory beyond the first, each of which keeps what it once had

Run = Callable[[], int]


@dataclass
class Child:
    """One process of ours; `run` is done in it and gives its exit code."""

    name: str
    run: Run
    pid: int = 0
    began: float = 0.0
    failures: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        """Fork it into a session of its own: Ctrl-C reaches us alone, and we stop it in order."""
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)  # the child must not answer a signal as its parent would
        self.pid = os.fork()
        if not self.pid:
            os._exit(_become(self.name, self.run, parent))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
        self.began = time.monotonic()

    def code(self) -> int | None:
        """How it ended (negative: by that signal), None while it lives; forgets its pid when it has ended."""
        if not self.pid:
            return 0
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        if not ended:
            return None
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def look_after(self, now: float) -> None:
        """Restart it when it died; a child that dies at once is started ever more slowly."""
        if self.pid:
            code = self.code()
            if code is None:
                return
            was_killed = code < 0  # by somebody or for want of memory, not by a fault at its start
            self.failures = 0 if was_killed or now - self.began > _STEADY_SECONDS else self.failures + 1
            pause = min(_LONGEST_PAUSE_SECONDS, 0.5 * 2**self.failures) if self.failures else 0.0
            terminal.tell(f"huiyin: {self.name} ended with {code}; started again in {pause:.0f} s.")
            self.start_at = now + pause
        if now >= self.start_at:
            self.start()

    def wait(self) -> int:
        """Let it come to its end and return its exit code."""
        while (code := self.code()) is None:
            time.sleep(_LOOK_SECONDS)
        return code


def stop(children: Sequence[Child]) -> None:
    """Ask every child to finish what it does and end; those that do not are killed."""
    living = [child for child in children if child.code() is None]
    for child in living:
        os.kill(child.pid, signal.SIGTERM)
    end = time.monotonic() + STOP_SECONDS
    while time.monotonic() < end and any(child.code() is None for child in living if child.pid):
        time.sleep(_LOOK_SECONDS)
    for child in living:
        if child.pid:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()


def run_to_end(name: str, run: Run) -> int:
    """Run something in a child of its own and return its exit code: what it loads is gone with it."""
    child = Child(name, run)
    child.start()
    try:
        return child.wait()
    except BaseException:
        stop([child])
        raise


def keep_few_pools() -> None:
    """Ask the C library for few pools of memory; processes of a few threads gain nothing by more."""
    if sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallopt"):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _become(name: str, run: Run, parent: int) -> int:
    """The life of a child: its own session and signals, nothing of the parent's but what is loaded."""
    try:
        os.setsid()
        for number in _ENDS:
            signal.signal(number, _leave)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
        with Path(os.devnull).open() as nothing:
            os.dup2(nothing.fileno(), 0)
        os.environ["HUIYIN_PARENT"] = str(parent)
        embedded.forget_share()
        _call_it(f"huiyin {name}")
        return run()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException as error:  # noqa: BLE001  the outermost boundary of a process: it must end here
        _tell(error)
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _tell(error: BaseException) -> None:
    if os.environ.get("HUIYIN_DEBUG"):
        traceback.print_exception(error)
    terminal.tell(f"huiyin: {error}")


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _call_it(name: str) -> None:
    """Let ps and top tell our processes apart."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode()[:15], 0, 0, 0)
