"""Matters like the one that is being said stand beside the register screen, as far as the clerk sees them."""

from huiyin.appeals import queries
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.desk.tests.test_register import said
from tests.journeys.steps import who

AGAIN = "铁路小区8号楼前的路灯还是不亮，晚上看不见路"


def test_while_typing_others_matters_and_those_of_the_phone(desk: Desk) -> None:
    mine, other = matters.registered(), matters.registered("铁路小区 5 号楼前路灯不亮了", phone="199 0000 2002")
    clerk = desk("clerk.lt")
    page = clerk.post("/desk/register/similar/", {"detail": AGAIN, "phone": "19900001001"}).content.decode()
    assert page.index(f"/desk/appeal/{mine.pk}/") < page.index(f"/desk/appeal/{other.pk}/")
    assert page.count("同一电话") == 1 and "已登记" in page and "铁路小区3号楼" in page
    assert clerk.post("/desk/register/similar/", {"detail": "自来水发黄，有异味"}).content.decode().strip() == ""
    assert clerk.post("/desk/register/similar/", {"detail": "路灯"}).content.decode().strip() == ""


def test_matters_outside_the_territory_stay_unseen(desk: Desk) -> None:
    matters.registered()
    page = desk("clerk.ml").post("/desk/register/similar/", {"detail": AGAIN, "phone": "19900001001"})
    assert page.content.decode().strip() == ""


def test_it_can_be_looked_up_without_javascript_and_nothing_is_registered(desk: Desk) -> None:
    matters.registered()
    answer = desk("clerk.lt").post("/desk/register/", said(then="look", detail=AGAIN))
    page = answer.content.decode()
    assert answer.status_code == 200 and "像是有人说过" in page and AGAIN in page and "王秀兰" in page
    assert "先看看有没有人说过" in page and "saved" not in page.split('id="similar"')[0].split("<h1>")[1]
    assert queries.in_list(who("clerk.lt"), "all").count() == 1


def test_once_saved_the_screen_names_earlier_ones_but_not_itself(desk: Desk) -> None:
    earlier = matters.registered()
    answer = desk("clerk.lt").post("/desk/register/", said(detail=AGAIN), follow=True)
    page = answer.content.decode()
    beside = page.split('id="similar"')[1].split('id="suggested"')[0]
    assert "刚登记的这件，像是有人说过" in beside and f"/desk/appeal/{earlier.pk}/" in beside
    assert beside.count("/desk/appeal/") == 1
