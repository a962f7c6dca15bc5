"""A matter of 龙躺 with a name, a number and a building in it, rated and closed by the real commands."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import uuid4

import pytest

from huiyin.appeals.models import Appeal
from huiyin.appeals.workflow import feedback, handling, intake, ratings, triage
from huiyin.appeals.workflow.intake import Intake
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.demo import district
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock, held
from huiyin.people import queries as people
from huiyin.people.actors import Actor, resident
from huiyin.people.workflow import Reachable
from huiyin.territory import queries as territory


def who(login: str) -> Actor:
    """A person of the fixture as they act today."""
    user = people.user_by_login(login)
    return people.actor_of(user.pk, user.name, clock.today())


@pytest.fixture
def closed(db: None) -> Iterator[Appeal]:
    """Answered, rated 满意 and closed."""
    held.forget_all()
    clock.move_to(datetime(2026, 3, 2, 10, 0, tzinfo=clock.LOCAL))
    district.load(start=date(2026, 1, 1))
    journal_tasks.hold_reactions()
    clerk, unit = who("clerk.lt"), who("contact.housing")
    said = Intake(
        key=uuid4(),
        detail="我叫王秀兰，铁路小区 3 号楼 502 前路灯不亮，请打 19900001001。",
        channel="room_visit",
        area_id=territory.area_by_code("lt-tielu-03").pk,
        reachable=Reachable("王秀兰", "19900001001"),
    )
    appeal = intake.register(clerk, said)
    triage.accept(clerk, appeal.pk, appeal_type="help", category="010101")
    triage.dispatch(clerk, appeal.pk, unit_id=people.unit_by_code("housing").pk, reason="道路照明养护职责")
    handling.sign(unit, appeal.pk)
    handling.contact(unit, appeal.pk, text="电话联系。")
    handling.submit_reply(unit, appeal.pk, result="resolved", text="已为王秀兰女士更换楼前灯具，当晚恢复照明。")
    handling.pass_reply(who("director.lt"), appeal.pk)
    for party in ("asker", "studio", "work_department"):
        feedback.record_slip(unit, appeal.pk, party=party, way="phone", evidence="通话记录")
    feedback.deliver(unit, appeal.pk)
    ratings.rate(resident(appeal.pk), appeal.pk, Judgement(4))
    appeal.refresh_from_db()
    yield appeal
    journal_tasks.release_reactions()
    clock.move_to(None)
    held.forget_all()
