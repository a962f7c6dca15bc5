"""What every journey stands on: the common fixture 海清区 and a clock that is put back."""

from collections.abc import Iterator
from datetime import date

import pytest

from huiyin.demo import district
from huiyin.kernel import clock, held


@pytest.fixture(autouse=True)
def _real_time() -> Iterator[None]:
    held.forget_all()
    yield
    clock.move_to(None)


@pytest.fixture
def haiqing(db: None) -> None:
    """The common fixture of the acceptance scenarios."""
    district.load(start=date(2026, 1, 1))
