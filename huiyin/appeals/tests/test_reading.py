"""What is read of new matters some at a time: hotspots grow, lose who withdraws, and never hold secret matters."""

from datetime import timedelta

import pytest

from huiyin.appeals import reading
from huiyin.appeals.models import Appeal
from huiyin.appeals.workflow import closing, intake, triage
from huiyin.catalogue.models import Track
from huiyin.hotspots import queries as hotspots
from huiyin.kernel import clock
from tests.journeys.steps import intake as said
from tests.journeys.steps import who

pytestmark = pytest.mark.usefixtures("_haiqing")

WORDS = "铁路小区3号楼前路灯不亮，晚上看不见路，我是居民{name}"
NAMES = ("王秀兰", "李建国", "陈玉梅", "赵大勇")


def registered(number: int) -> int:
    name = NAMES[number]
    words = said(WORDS.format(name=name), place="lt-tielu-03", name=name, phone=f"199 0000 100{number}")
    return intake.register(who("clerk.lt"), words).pk


def test_matters_join_once_and_the_withdrawn_one_leaves() -> None:
    pks = [registered(number) for number in range(4)]
    assert (reading.grow_hotspots(), reading.grow_hotspots()) == (4, 0)
    (hot,) = hotspots.hotspots(who("clerk.lt"))
    assert (hot.matters, hot.persons) == (4, 4)
    assert not any(name in f"{hot.name}{hot.quotes}" for name in NAMES)
    closing.withdraw(who("clerk.lt"), pks[0], text="来访人说不用办了", evidence="签字单 1 号")
    assert reading.is_behind()
    assert reading.grow_hotspots() == 0, "who has withdrawn leaves and does not come back"
    (hot,) = hotspots.hotspots(who("clerk.lt"))
    assert (hot.matters, hot.persons) == (3, 3)
    assert not reading.is_behind()


def test_secret_matters_are_not_read() -> None:
    for number in range(3):
        registered(number)
    Appeal.objects.update(track=Track.MISCONDUCT_REPORT)
    assert (reading.suggest_new(), reading.grow_hotspots()) == (0, 0)


def test_only_the_newest_join_and_nothing_older_than_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiyin.hotspots.rules.MOST_MATTERS", 3)
    pks = [registered(number) for number in range(4)]
    assert (reading.grow_hotspots(), reading.is_behind()) == (3, False)
    assert hotspots.of_matter(who("clerk.lt"), pks[0]) is None
    assert hotspots.of_matter(who("clerk.lt"), pks[3]) is not None
    Appeal.objects.filter(pk=pks[0]).update(registered_at=clock.now() - timedelta(days=400))
    assert not reading.is_behind(within=timedelta(days=500))


def test_the_category_people_give_is_noted_once() -> None:
    pk = registered(0)
    reading.grow_hotspots()
    triage.accept(who("clerk.lt"), pk, appeal_type="help", category="010101")
    assert reading.is_behind()
    reading.grow_hotspots()
    assert not reading.is_behind()
