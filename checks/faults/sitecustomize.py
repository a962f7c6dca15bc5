"""Plants one fault into the house on purpose, so that the crash check can show that it finds it.

Loaded by the interpreter's start when the check puts this folder on the path; never part of an installation.
"""

import os
import sys
from dataclasses import replace
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any, ClassVar
from uuid import uuid4

PLANTED = os.environ.get("HUIYIN_PLANTED", "")


def lost(intake: Any) -> None:
    """A receipt before the commit: every fiftieth registration is rolled back after it was acknowledged."""
    honest, calls = intake._register_once, [0]

    def register_once(actor: Any, said: Any) -> Any:
        found = honest(actor, said)
        calls[0] += 1
        if calls[0] % 50 == 0:
            intake.transaction.set_rollback(True)
        return found

    intake._register_once = register_once


def double(intake: Any) -> None:
    """The form's key is not looked at: a retry makes another appeal."""
    honest = intake.register

    def register(actor: Any, said: Any) -> Any:
        honest(actor, replace(said, key=uuid4()))
        return honest(actor, said)

    intake.register = register


def missing(tasks: Any) -> None:
    """Every fiftieth event's reactions are not deferred with it."""
    honest, calls = tasks.defer_reactions, [0]

    def defer_reactions(event: Any) -> None:
        calls[0] += 1
        if calls[0] % 50:
            honest(event)

    tasks.defer_reactions = defer_reactions


PLANTS = {
    "lost": ("huiyin.appeals.workflow.intake", lost),
    "double": ("huiyin.appeals.workflow.intake", double),
    "missing": ("huiyin.journal.tasks", missing),
}


class Planter(MetaPathFinder):
    """Lets the module load as it is, then breaks it."""

    busy: ClassVar[bool] = False

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        module, plant = PLANTS[PLANTED]
        if name != module:
            return None
        spec = PathFinder.find_spec(name, path, target)
        assert spec is not None and spec.loader is not None
        load = spec.loader.exec_module

        def exec_module(loaded: ModuleType) -> None:
            load(loaded)
            plant(loaded)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]  # this is the fault's way in
        return spec


if PLANTED:
    sys.meta_path.insert(0, Planter())
