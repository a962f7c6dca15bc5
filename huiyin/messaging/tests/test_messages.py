"""A message is told once, reaches one person, and is done only with evidence by somebody of the territory."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from huiyin.demo import district
from huiyin.kernel import clock, held
from huiyin.kernel.errors import NotFound, RuleBroken
from huiyin.messaging import queries, workflow
from huiyin.messaging.models import Message
from huiyin.people import queries as people
from huiyin.people import workflow as people_workflow
from huiyin.people.actors import NOBODY, Actor
from huiyin.people.workflow import Reachable
from huiyin.territory import queries as territory


def who(login: str) -> Actor:
    user = people.user_by_login(login)
    return people.actor_of(user.pk, user.name, clock.today())


@pytest.fixture(autouse=True)
def _haiqing(db: None) -> Iterator[None]:
    held.forget_all()
    clock.move_to(datetime(2026, 3, 2, 10, 0, tzinfo=clock.LOCAL))
    district.load(start=date(2026, 1, 1))
    yield
    clock.move_to(None)
    held.forget_all()


def told_petitioner() -> Message:
    """A petitioner of 龙躺 who waits for a call; the reaction that says so ran twice."""
    contact = people_workflow.keep_contact(Reachable("王秀兰", "19900001001"), purpose="办理并答复诉求")
    path = territory.area_by_code("990101001001").path
    for _ in range(2):
        workflow.tell_petitioner(
            "appeal:1:answered", contact.pk, template="answered", subject=("appeal", 1), area_path=path, facts={"n": 1}
        )
    return Message.objects.get()


def test_the_same_key_tells_once_and_reading_empties_the_count() -> None:
    clerk = who("clerk.lt")
    assert clerk.user_id is not None
    for _ in range(2):
        workflow.tell_user("appeal:1:new", clerk.user_id, template="new", subject=("appeal", 1), facts={"number": "X"})
    assert queries.unread_count(clerk) == 1 == queries.box(clerk).count()
    assert queries.unread_count(who("clerk.ml")) == 0
    assert workflow.mark_read(clerk) == 1
    assert (queries.unread_count(clerk), queries.box(clerk).count()) == (0, 1)


def test_only_the_territory_sees_whom_it_still_has_to_tell() -> None:
    message = told_petitioner()
    assert list(queries.to_tell(who("clerk.lt"))) == [message]
    assert queries.one_to_tell(who("clerk.lt"), message.pk) == message
    for outsider in (who("clerk.ml"), who("contact.housing"), NOBODY):
        assert not queries.to_tell(outsider).exists()
        with pytest.raises(NotFound):
            queries.one_to_tell(outsider, message.pk)
        with pytest.raises(NotFound):
            workflow.mark_told(outsider, message.pk, way="phone", evidence="10:05 本人接听")


def test_telling_needs_a_way_and_evidence_and_happens_once() -> None:
    message, clerk = told_petitioner(), who("clerk.lt")
    for way, evidence in (("phone", "  "), ("app", "10:05"), ("pigeon", "10:05")):
        with pytest.raises(RuleBroken):
            workflow.mark_told(clerk, message.pk, way=way, evidence=evidence)
    told = workflow.mark_told(clerk, message.pk, way="letter", evidence=" 挂号 12 ")
    told.refresh_from_db()
    assert (told.state, told.way, told.evidence) == ("delivered", "letter", "挂号 12")
    assert (told.delivered_at, told.delivered_by_id) == (clock.now(), clerk.user_id)
    assert not queries.to_tell(clerk).exists()
    with pytest.raises(NotFound):
        workflow.mark_told(clerk, message.pk, way="phone", evidence="再打一次")


def test_a_message_has_exactly_one_receiver() -> None:
    with pytest.raises(IntegrityError, match="message_has_one_receiver"), transaction.atomic():
        Message.objects.create(
            key="x", way="app", template="t", subject_kind="appeal", subject_id=1, created_at=clock.now()
        )
