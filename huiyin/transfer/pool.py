"""Runs parts of a replay in processes of their own; light, so that a fresh process can load it before Django."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from importlib import import_module
from typing import Any

import django


class _Shared:
    """What a process shares with the one that started it: the number of steps taken."""

    done: Any = None


def run_parts(parts: Sequence[Sequence[object]], *, run: str, progress: Callable[[int], object]) -> int:
    """Give each part to a process that calls `run` ("module:function") on it; returns the steps they took in all."""
    context = multiprocessing.get_context("spawn")
    done: Any = context.Value("q", 0)
    with ProcessPoolExecutor(len(parts), mp_context=context, initializer=_begin, initargs=(done,)) as pool:
        waiting = {pool.submit(_run_part, run, part) for part in parts}
        shown = 0
        while waiting:
            ended, waiting = wait(waiting, timeout=1)
            now_done = int(done.value)
            progress(now_done - shown)
            shown = now_done
            for future in ended:
                future.result()
    return int(done.value)


def _begin(done: Any) -> None:
    django.setup()
    _Shared.done = done


def _run_part(run: str, part: Sequence[object]) -> None:
    module, _, function = run.partition(":")
    getattr(import_module(module), function)(part, progress=_count)


def _count(steps: int) -> None:
    with _Shared.done.get_lock():
        _Shared.done.value += steps
