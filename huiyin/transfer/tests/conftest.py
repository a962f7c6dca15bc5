"""The district of the acceptance scenarios, and tables written for one test."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from huiyin.demo import district
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock, held

Write = Callable[..., Path]


@pytest.fixture
def _haiqing(db: None) -> Iterator[None]:
    held.forget_all()
    clock.move_to(datetime(2026, 6, 1, 9, 0, tzinfo=clock.LOCAL))
    district.load()
    journal_tasks.hold_reactions()
    yield
    journal_tasks.release_reactions()
    clock.move_to(None)
    held.forget_all()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a CSV table of some lines and return where it lies."""

    def table(*lines: str, name: str = "old.csv") -> Path:
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / name

    return table
