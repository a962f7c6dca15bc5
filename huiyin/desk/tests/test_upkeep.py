"""Stuck reactions, time limits with their sources, the years of the calendar."""

from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.journal import queries as journal
from huiyin.journal.models import Failure
from huiyin.kernel import clock


def test_a_stuck_reaction_can_be_tried_again(desk: Desk) -> None:
    found = matters.registered()
    (event,) = journal.history("appeal", found.pk)
    Failure.objects.create(
        event=event, reaction="appeals.reactions.tell_keeper", attempts=5, error="OSError", failed_at=clock.now()
    )
    engineer = desk("engineer")
    page = engineer.get("/desk/stuck/").content.decode()
    assert "appeals.reactions.tell_keeper" in page and "OSError" in page
    failure = journal.failures().get()
    assert engineer.post("/desk/stuck/", {"failure": failure.pk}).status_code == 302
    assert journal.failures().get().attempts == 0
    assert engineer.post("/desk/stuck/", {"failure": "0"}).status_code == 404


def test_upkeep_is_for_those_with_the_right(desk: Desk) -> None:
    assert desk("clerk.lt").get("/desk/stuck/").status_code == 403


def test_a_default_is_never_shown_as_law(desk: Desk) -> None:
    page = desk("clerk.lt").get("/desk/rules/").content.decode()
    assert "本系统默认值，可改" in page and "有出处" in page and "R-12-08 夏阳街道做法" in page


def test_the_calendar_tells_when_next_year_is_missing(desk: Desk) -> None:
    page = desk("clerk.lt").get("/desk/calendar/").content.decode()
    assert "2027 年的放假安排还没有载入" in page and "2月28日（周六）" in page
    older = desk("clerk.lt").get("/desk/calendar/?year=2024").content.decode()
    assert "2024 年放假和调休上班的日子" in older
