"""What is read of new matters some at a time: hotspots grow, lose who withdraws, and never hold secret matters."""

from collections.abc import Iterator
from datetime import date

import pytest

from huiyin.appeals import reading
from huiyin.appeals.models import Appeal
from huiyin.appeals.workflow import closing, intake
from huiyin.catalogue.models import Track
from huiyin.demo import district
from huiyin.hotspots import queries as hotspots
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock, held
from tests.journeys.steps import go, who
from tests.journeys.steps import intake as said

WORDS = "铁路小区3号楼前路灯不亮，晚上看不见路，我是居民{name}"
NAMES = ("王秀兰", "李建国", "陈玉梅", "赵大勇")


@pytest.fixture(autouse=True)
def _haiqing(db: None) -> Iterator[None]:
    held.forget_all()
    district.load(start=date(2026, 1, 1))
    go("03-02 10:00")
    journal_tasks.hold_reactions()
    yield
    journal_tasks.release_reactions()
    clock.move_to(None)
    held.forget_all()


def registered(number: int) -> int:
    name = NAMES[number]
    words = said(WORDS.format(name=name), place="lt-tielu-03", name=name, phone=f"199 0000 100{number}")
    return intake.register(who("clerk.lt"), words).pk


def test_matters_join_once_and_the_withdrawn_one_leaves() -> None:
    pks = [registered(number) for number in range(4)]
    assert (reading.join_new(), reading.join_new()) == (4, 0)
    (hot,) = hotspots.hotspots(who("clerk.lt"))
    assert (hot.matters, hot.persons) == (4, 4)
    assert not any(name in f"{hot.name}{hot.quotes}" for name in NAMES)
    closing.withdraw(who("clerk.lt"), pks[0], text="来访人说不用办了", evidence="签字单 1 号")
    journal_tasks.run_held_reactions()
    (hot,) = hotspots.hotspots(who("clerk.lt"))
    assert (hot.matters, hot.persons) == (3, 3)
    assert reading.join_new() == 0, "who has withdrawn does not come back"


def test_secret_matters_are_not_read() -> None:
    for number in range(3):
        registered(number)
    Appeal.objects.update(track=Track.MISCONDUCT_REPORT)
    assert (reading.suggest_new(), reading.join_new()) == (0, 0)


def test_a_batch_is_bounded_and_the_oldest_come_first() -> None:
    pks = [registered(number) for number in range(4)]
    assert reading.join_new(at_most=3) == 3
    assert hotspots.of_matter(who("clerk.lt"), pks[0]) is not None
    assert hotspots.of_matter(who("clerk.lt"), pks[3]) is None
