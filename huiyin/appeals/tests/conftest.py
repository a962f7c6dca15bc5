"""The district of the acceptance scenarios on the morning of S01; reactions run when a test asks for them."""

from collections.abc import Iterator
from datetime import date

import pytest

from huiyin.demo import district
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock, held
from tests.journeys.steps import go


@pytest.fixture
def _haiqing(db: None) -> Iterator[None]:
    held.forget_all()
    district.load(start=date(2026, 1, 1))
    go("03-02 10:00")
    journal_tasks.hold_reactions()
    yield
    journal_tasks.release_reactions()
    clock.move_to(None)
    held.forget_all()
