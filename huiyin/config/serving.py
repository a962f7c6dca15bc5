"""Runs the whole house in the foreground: database, web and worker, restarted when they die, stopped together."""

import argparse
import gc
import os
import signal
import socket
import sys
import time
from importlib import import_module
from typing import Final

import django

from huiyin.config import children, command, embedded, paths, terminal
from huiyin.config.children import Child, Run
from huiyin.config.errors import RefusedError

DEFAULT_BIND: Final = "127.0.0.1:8000"
_LOOK_SECONDS: Final = 0.25


def serve(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM; returns 0 after everything of ours has stopped."""
    listener = listen(arguments.bind or os.environ.get("HUIYIN_BIND") or DEFAULT_BIND)
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)  # also where a shell without job control ignores it
    ours: list[Child] = []
    try:
        paths.private_folder(paths.STATE)
        embedded.ensure_running()
        _prepare(arguments)
        _load()
        ours += _children(listener, arguments)
        for child in ours:
            child.start()
        host, port = listener.getsockname()[:2]
        terminal.tell(f"Huiyin is at http://{f'[{host}]' if ':' in host else host}:{port}/ — Ctrl-C stops it.")
        _look_after(ours)
    except KeyboardInterrupt:
        terminal.tell("Stopping.")
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        children.stop(ours)
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


def _prepare(arguments: argparse.Namespace) -> None:
    """Bring database, static files and, when asked for, the demo district up to date, each in a process of its own."""
    children.keep_few_pools()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    django.setup()
    _run_first("prepare", lambda: import_module("huiyin.config.prepare").prepare(arguments))
    if arguments.demo:
        _run_first("demo", lambda: command.main(["demo", "--if-empty"]))


def _run_first(name: str, run: Run) -> None:
    if children.run_to_end(name, run) != 0:
        raise RefusedError(f"`huiyin {name}` failed, so nothing is served; the lines above say why.")


def _load() -> None:
    """Load every page and job before the children are forked: they share it."""
    import_module("huiyin.config.wsgi")
    import_module("huiyin.config.work")
    share()


def share() -> None:
    """Keep what is loaded so far shared with the processes forked from this one: none of them collects it."""
    gc.collect()
    gc.freeze()


def _children(listener: socket.socket, arguments: argparse.Namespace) -> list[Child]:
    ours = [Child("web", lambda: _web(listener.fileno(), arguments.workers))]
    if not arguments.no_worker:
        ours.append(Child("worker", _worker))
    return ours


def _web(listener: int, workers: int) -> int:
    """Serve pages with gunicorn on the listening socket; it ends by SystemExit."""
    sys.argv = ["huiyin", "-c", "python:huiyin.config.gunicorn_settings", "-b", f"fd://{listener}", "-w", str(workers)]
    sys.argv.append("huiyin.config.wsgi:application")
    import_module("gunicorn.app.wsgiapp").run()
    return 0


def _worker() -> int:
    """The worker holds the database up as well: were the supervisor killed, it finishes its job and stops it."""
    embedded.ensure_running()
    try:
        return int(import_module("huiyin.config.work").work(argparse.Namespace(concurrency=1)))
    finally:
        embedded.leave()


def _look_after(ours: list[Child]) -> None:
    while True:
        if embedded.is_embedded() and not embedded.cluster().is_running():
            terminal.tell("huiyin: the database died; it is started again.")
            embedded.cluster().revive()
        for child in ours:
            child.look_after(time.monotonic())
        time.sleep(_LOOK_SECONDS)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
