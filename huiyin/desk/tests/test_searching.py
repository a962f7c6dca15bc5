"""Search in everything an actor may see, and what is like one matter, as pages and as a part of the dossier."""

from huiyin.appeals.workflow import closing
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from tests.journeys.steps import who


def test_ended_matters_are_found_beside_open_ones(desk: Desk) -> None:
    open_one, ended = matters.registered("铁路小区路灯不亮"), matters.registered("东门路灯太暗")
    closing.withdraw(who("clerk.lt"), ended.pk, text="已经修好", evidence="签字单 1 号")
    page = desk("clerk.lt").get("/desk/search/", {"words": "路灯"}).content.decode()
    assert f"/desk/appeal/{open_one.pk}/" in page and f"/desk/appeal/{ended.pk}/" in page
    assert "没有找到" in desk("clerk.ml").get("/desk/search/", {"words": "路灯"}).content.decode()


def test_a_whole_number_opens_its_matter(desk: Desk) -> None:
    found = matters.registered("铁路小区路灯不亮")
    response = desk("clerk.lt").get("/desk/search/", {"words": found.number})
    assert (response.status_code, response["Location"]) == (302, f"/desk/appeal/{found.pk}/")


def test_the_workbench_leads_to_the_search_in_everything(desk: Desk) -> None:
    page = desk("clerk.lt").get("/desk/", {"words": "路灯 & 井盖"}).content.decode()
    assert "/desk/search/?words=%E8%B7%AF%E7%81%AF%20%26%20%E4%BA%95%E7%9B%96" in page


def test_the_dossier_asks_for_what_is_like_it(desk: Desk) -> None:
    one, other = matters.registered("铁路小区3号楼前路灯不亮"), matters.registered("铁路小区5号楼前路灯不亮了")
    clerk = desk("clerk.lt")
    assert f'hx-get="/desk/appeal/{one.pk}/alike/"' in clerk.get(f"/desk/appeal/{one.pk}/").content.decode()
    part = clerk.get(f"/desk/appeal/{one.pk}/alike/", headers={"hx-request": "true"}).content.decode()
    assert f"/desk/appeal/{other.pk}/" in part and "<html" not in part
    assert "<html" in clerk.get(f"/desk/appeal/{one.pk}/alike/").content.decode()
