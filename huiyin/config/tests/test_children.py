"""Children are forked, so each case runs in an interpreter of its own: a test runner has threads."""

import os
import subprocess
import sys
from pathlib import Path

HEAD = """
import os, signal, sys, time
from huiyin.config import children
from huiyin.config.children import Child

def ended(child):
    while (code := child.code()) is None:
        time.sleep(0.01)
    return code

def sleeping():
    time.sleep(600)
    return 0
"""


def told(script: str, state: Path) -> list[str]:
    """What a script about children prints, line by line."""
    env = os.environ | {"HUIYIN_STATE": str(state), "DATABASE_URL": ""}
    command = [sys.executable, "-W", "error", "-c", HEAD + script]
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.splitlines()


def test_exit_code_of_a_child_is_what_its_work_returned(tmp_path: Path) -> None:
    script = (
        "for run in (lambda: 0, lambda: 3, lambda: sys.exit(4), lambda: 1 / 0): print(children.run_to_end('x', run))"
    )
    assert told(script, tmp_path) == ["0", "3", "4", "1"]


def test_child_that_died_is_started_again_ever_more_slowly(tmp_path: Path) -> None:
    script = """
child = Child("web", lambda: 1)
child.start()
os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
child.began = 999.0
child.look_after(1000.0)
print(child.pid, child.start_at)
child.look_after(1000.5)
print(child.pid)
child.look_after(child.start_at)
print(child.pid > 0)
ended(child)
"""
    assert told(script, tmp_path) == ["0 1001.0", "0", "True"]


def test_killed_child_is_back_at_once(tmp_path: Path) -> None:
    script = """
child = Child("web", sleeping)
child.start()
first = child.pid
os.kill(first, signal.SIGKILL)
os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
child.look_after(time.monotonic())
print(child.pid not in (0, first))
children.stop([child])
print(child.pid)
"""
    assert told(script, tmp_path) == ["True", "0"]


def test_child_is_asked_to_end_and_killed_when_it_will_not(tmp_path: Path) -> None:
    script = """
def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.write(ready, b"!")
    return sleeping()

heard, ready = os.pipe()
children.STOP_SECONDS = 0.2
kind, stubborn = Child("kind", sleeping), Child("stubborn", deaf)
for child in (kind, stubborn):
    child.start()
os.read(heard, 1)
children.stop([kind, stubborn])
print(kind.pid, stubborn.pid)
"""
    assert told(script, tmp_path) == ["0 0"]
