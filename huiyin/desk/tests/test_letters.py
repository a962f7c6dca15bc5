"""Messages to staff, and petitioners who have to be told by phone or letter."""

import pytest

from huiyin.appeals.workflow import triage
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.journal import tasks
from huiyin.messaging import queries as messaging
from huiyin.people.models import ContactReading
from tests.journeys.steps import who


@pytest.fixture(autouse=True)
def _reactions_run_here() -> object:
    tasks.hold_reactions()
    yield
    tasks.release_reactions()


def test_the_unit_hears_of_an_order_and_marks_it_read(desk: Desk) -> None:
    matters.handling_at_housing()
    tasks.run_held_reactions()
    housing = desk("contact.housing")
    page = housing.get("/desk/messages/").content.decode()
    assert "派给了您的单位" in page and "新" in page
    assert housing.post("/desk/messages/").status_code == 302
    assert messaging.unread_count(who("contact.housing")) == 0


def test_a_petitioner_is_told_with_evidence(desk: Desk) -> None:
    found = matters.registered()
    triage.request_info(who("clerk.lt"), found.pk, missing="请说明是哪一盏灯")
    tasks.run_held_reactions()
    clerk = desk("clerk.lt")
    page = clerk.get("/desk/to-tell/").content.decode()
    assert "请说明是哪一盏灯" in page and "王**" in page and "王秀兰" not in page
    message = messaging.to_tell(who("clerk.lt")).get()
    address = f"/desk/to-tell/{message.pk}/"
    assert "还缺一些内容，补齐就能办" in clerk.get(address).content.decode()
    shown = clerk.post(address, {"purpose": "核对或补正内容"})
    assert "王秀兰" in shown.content.decode() and ContactReading.objects.count() == 1
    assert clerk.post(address, {"way": "phone", "evidence": ""}).status_code == 422
    assert clerk.post(address, {"way": "phone", "evidence": "10:05 电话，本人接听"}).status_code == 302
    assert "该告诉的都告诉了" in clerk.get("/desk/to-tell/").content.decode()
    assert clerk.get(address).status_code == 404


def test_others_do_not_see_whom_to_tell(desk: Desk) -> None:
    found = matters.registered()
    triage.request_info(who("clerk.lt"), found.pk, missing="楼号")
    tasks.run_held_reactions()
    message = messaging.to_tell(who("clerk.lt")).get()
    assert desk("clerk.ml").get(f"/desk/to-tell/{message.pk}/").status_code == 404
    assert desk("contact.housing").get("/desk/to-tell/").status_code == 403
