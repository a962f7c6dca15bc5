"""Runs the whole house in the foreground: database, web and worker, restarted when they die, stopped together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from huiyin.config import embedded, paths, terminal
from huiyin.config.errors import RefusedError

DEFAULT_BIND = "127.0.0.1:8000"
_STOP_SECONDS = 15.0
_LOOK_SECONDS = 0.25
_STEADY_SECONDS = 10.0
_LONGEST_PAUSE_SECONDS = 5.0


@dataclass
class Child:
    """One process of ours that must live as long as we do."""

    name: str
    command: list[str]
    passed: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    failures: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches us alone, and we stop it in order."""
        environment = os.environ | {"HUIYIN_PARENT": str(os.getpid()), "MALLOC_ARENA_MAX": "2"}
        self.process = subprocess.Popen(  # noqa: S603
            self.command, pass_fds=self.passed, env=environment, start_new_session=True, stdin=subprocess.DEVNULL
        )
        self.began = time.monotonic()

    def look_after(self, now: float) -> None:
        """Restart it when it died; a child that dies at once is started ever more slowly."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            was_killed = code < 0  # by somebody or for want of memory, not by a fault at its start
            self.failures = 0 if was_killed or now - self.began > _STEADY_SECONDS else self.failures + 1
            pause = min(_LONGEST_PAUSE_SECONDS, 0.5 * 2**self.failures) if self.failures else 0.0
            terminal.tell(f"huiyin: {self.name} ended with {code}; started again in {pause:.0f} s.")
            self.process, self.start_at = None, now + pause
        if now >= self.start_at:
            self.start()


def serve(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM; returns 0 after everything of ours has stopped."""
    listener = listen(arguments.bind or os.environ.get("HUIYIN_BIND") or DEFAULT_BIND)
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)  # also where a shell without job control ignores it
    children: list[Child] = []
    try:
        paths.private_folder(paths.STATE)
        embedded.ensure_running()
        _run_first("prepare")
        if arguments.demo:
            _run_first("demo", "--if-empty")
        children += _children(listener, arguments)
        for child in children:
            child.start()
        host, port = listener.getsockname()[:2]
        terminal.tell(f"Huiyin is at http://{f'[{host}]' if ':' in host else host}:{port}/ — Ctrl-C stops it.")
        _look_after(children)
    except KeyboardInterrupt:
        terminal.tell("Stopping.")
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop(children)
        listener.close()
    return 0


def listen(bind: str) -> socket.socket:
    """The listening socket, held by us: visitors wait in it while a web process is restarted."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise RefusedError(f"The address to serve at must be ADDRESS:PORT, such as {DEFAULT_BIND}, not {bind!r}.")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, int(port)), family=family, backlog=512)
    except OSError as error:
        raise RefusedError(f"Cannot serve at {bind}: {error}. Another address is chosen by HUIYIN_BIND.") from error
    # A page goes out as it is ready; without this its last part waits 40 ms for the visitor's machine to answer.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def stop(children: list[Child]) -> None:
    """Ask every child to finish what it does and end; those that do not are killed."""
    living = [child.process for child in children if child.process is not None and child.process.poll() is None]
    for process in living:
        process.terminate()
    end = time.monotonic() + _STOP_SECONDS
    for process in living:
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _run_first(*words: str) -> None:
    """Run one of our commands to its end, in a process of its own: the supervisor stays small."""
    command = [sys.executable, "-m", "huiyin.config.command", *words]
    if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode != 0:  # noqa: S603
        raise RefusedError(f"`huiyin {words[0]}` failed, so nothing is served; the lines above say why.")


def _children(listener: socket.socket, arguments: argparse.Namespace) -> list[Child]:
    web = [sys.executable, "-m", "gunicorn", "-c", "python:huiyin.config.gunicorn_settings", "-b"]
    web += [f"fd://{listener.fileno()}", "-w", str(arguments.workers), "huiyin.config.wsgi:application"]
    children = [Child("web", web, passed=(listener.fileno(),))]
    if not arguments.no_worker:
        children.append(Child("worker", [sys.executable, "-m", "huiyin.config.command", "work"]))
    return children


def _look_after(children: list[Child]) -> None:
    while True:
        if embedded.is_embedded() and not embedded.cluster().is_running():
            terminal.tell("huiyin: the database died; it is started again.")
            embedded.cluster().revive()
        for child in children:
            child.look_after(time.monotonic())
        time.sleep(_LOOK_SECONDS)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
