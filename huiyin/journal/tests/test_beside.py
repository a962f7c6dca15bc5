"""Commands beside the worker: one at a time, and none that outlives it."""

import signal
import subprocess
import sys

from huiyin.journal import beside

WAITING = ("manage", "shell", "-c", "import time; time.sleep(600)")


def test_the_same_command_is_not_started_twice() -> None:
    assert not beside.is_running(*WAITING)
    assert beside.run(*WAITING)
    try:
        assert beside.is_running(*WAITING)
        assert not beside.run(*WAITING)
    finally:
        process = beside._RUNNING.pop(WAITING)
        process.kill()
        process.communicate()


def test_a_command_ends_when_the_worker_is_gone() -> None:
    script = "import time; from huiyin.journal import beside; beside.hold(); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE)
    process.communicate(timeout=60)  # the worker's end of the pipe is closed
    assert process.returncode == -signal.SIGTERM
