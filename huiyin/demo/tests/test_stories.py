"""The demo told on a weekday and on a Saturday: every stage occurs, stories end where they should, no mark is left."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from uuid import NAMESPACE_OID, uuid5

import pytest

from huiyin.appeals.models import Appeal, Remark, Reply, Slip
from huiyin.appeals.models import Rating as GivenRating
from huiyin.appeals.stages import Stage
from huiyin.demo import board, cast, district, stories
from huiyin.journal.models import Event, Failure
from huiyin.kernel import clock, held
from huiyin.people.roles import Role
from huiyin.publication.models import Notice

WEEKDAY = datetime(2026, 3, 18, 16, 0, tzinfo=clock.LOCAL)
SATURDAY = datetime(2026, 3, 21, 10, 0, tzinfo=clock.LOCAL)
MARK = re.compile(r"\{[dw][+-]\d+\}|\{\w*\}")
PASSING = {Stage.TERMINATED}
RARE = 5


@pytest.fixture(autouse=True)
def _own_time(db: None) -> Iterator[None]:
    held.forget_all()
    yield
    clock.move_to(None)
    held.forget_all()


def told_often_enough(every: int) -> list[stories.Story]:
    """Each second (third, …) story and of those with rare goals all."""
    rows = stories.told()
    often = Counter(row["story"]["goal"] for row in rows)
    return [row for n, row in enumerate(rows) if n % every == 0 or often[row["story"]["goal"]] < RARE]


def tell(rows: list[stories.Story], now: datetime) -> dict[str, bool]:
    """Tell stories on an instant; whether each reached its goal."""
    clock.move_to(now)
    district.load()
    assert stories.tell(rows, now) == len(rows)
    passed = set(Event.objects.filter(subject_kind="appeal").values_list("subject_id", "after"))
    kept = dict(Appeal.objects.values_list("submission_key", "pk"))
    goals = {row["id"]: row["story"]["goal"] for row in rows}
    return {name: (kept[uuid5(NAMESPACE_OID, f"demo:{name}")], goal) in passed for name, goal in goals.items()}


def texts() -> Iterator[str]:
    """Every text that the stories left in the rows."""
    for model, fields in (
        (Appeal, ("subject", "detail", "place_text")),
        (Reply, ("text", "late_reason")),
        (Remark, ("text",)),
        (GivenRating, ("remark",)),
        (Slip, ("evidence", "note")),
        (Notice, ("title", "said", "answer")),
    ):
        for row in model.objects.values_list(*fields):
            yield from row


def test_on_a_weekday_every_stage_occurs_and_the_stories_reach_their_goals() -> None:
    reached = tell(told_often_enough(2), WEEKDAY)
    missed = sorted(name for name, is_there in reached.items() if not is_there)
    assert len(missed) <= len(reached) // 20, missed
    assert set(Event.objects.filter(subject_kind="appeal").values_list("after", flat=True)) >= set(Stage) - PASSING
    assert not Failure.objects.filter(resolved_at=None).exists(), "every reaction succeeded"
    assert [text for text in texts() if MARK.search(text)] == []
    clock.move_to(WEEKDAY)
    assert board.release_all() == Notice.objects.filter(state="released").count() > 0


def test_on_a_saturday_nothing_is_told_before_it_was_said() -> None:
    reached = tell(told_often_enough(5), SATURDAY)
    assert sum(reached.values()) >= 0.9 * len(reached)
    assert not Event.objects.filter(at__gt=SATURDAY).exists(), "nothing happens in the future"
    assert not Appeal.objects.filter(registered_at__gt=SATURDAY).exists()
    assert [text for text in texts() if MARK.search(text)] == []


def test_marks_become_dates_counted_from_when_they_were_written() -> None:
    district.load()
    friday = datetime(2026, 3, 20, 9, 0, tzinfo=clock.LOCAL)
    assert stories.dated("{d+3}前完成，{w+1}上门，{w-1}已到场", friday) == "3月23日前完成，3月23日上门，3月19日已到场"


def test_an_act_outside_office_hours_waits_for_the_counter() -> None:
    district.load()
    evening = datetime(2026, 3, 20, 20, 0, tzinfo=clock.LOCAL)
    assert clock.local_date(stories.later(evening, 0)) == date(2026, 3, 23), "Friday evening waits for Monday"


def test_the_cast_asks_once() -> None:
    district.load()
    actors = cast.of(date(2026, 3, 18))
    assert actors.of_unit("housing", Role.UNIT_CONTACT) is actors.of_unit("housing", Role.UNIT_CONTACT)
    assert actors.actor("clerk.lt") is actors.actor("clerk.lt")
