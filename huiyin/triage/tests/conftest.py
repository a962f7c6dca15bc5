"""What the tests of triage stand on: the demo district, a moved clock, lessons of two months."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from huiyin.demo import district
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock, held
from huiyin.triage import readers
from huiyin.triage.lessons import Lesson
from tests.journeys.steps import at, go

NEWEST = at("06-30 12:00")


@pytest.fixture(autouse=True)
def _real_time() -> Iterator[None]:
    held.forget_all()
    yield
    clock.move_to(None)
    readers.forget_all()
    held.forget_all()


@pytest.fixture
def haiqing(db: None) -> None:
    """The common fixture of the acceptance scenarios, on the morning of S01."""
    district.load(start=date(2026, 1, 1))
    go("03-02 10:00")


@pytest.fixture
def held_reactions() -> Iterator[None]:
    """Reactions run when a test asks for them."""
    journal_tasks.hold_reactions()
    yield
    journal_tasks.release_reactions()


_SAID = {
    "010101": "路灯不亮，晚上太黑，{place}门口一片漆黑",
    "030201": "电梯坏了停运，{place}老人下不了楼",
    "040201": "楼下油烟味太重，{place}一开窗就呛人",
    "070102": "早晚水压低，{place}自来水小得洗不了菜",
}
_KINDS = {"010101": "help", "030201": "complaint", "040201": "complaint", "070102": "help"}


def lessons_of_two_months(count: int, *, swapped_after: datetime | None = None) -> list[Lesson]:
    """Closed appeals of four categories, spread over 60 days; after an instant people decide otherwise."""
    codes = sorted(_SAID)
    found = []
    for number in range(count):
        closed_at = NEWEST - timedelta(days=60) * (count - 1 - number) / count
        code = codes[number % len(codes)]
        labels = {"category": code, "kind": _KINDS[code], "urgency": "normal"}
        if swapped_after is not None and closed_at > swapped_after:
            labels["category"] = codes[(number + 1) % len(codes)]
        said = _SAID[code].format(place=f"{number % 17} 号楼")
        found.append(Lesson(number + 1, said[:12], said, labels, closed_at))
    return found
