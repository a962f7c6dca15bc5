"""S02's box: opened by two with a seal, its slips registered one after another with scans."""

from uuid import uuid4

from huiyin.appeals import lookups
from huiyin.appeals.stages import Way
from huiyin.desk.tests.conftest import Desk
from huiyin.desk.tests.test_acts import photo
from huiyin.people import queries as people
from huiyin.territory import queries as territory
from tests.journeys.steps import go, who


def opening(**more: object) -> dict[str, object]:
    """What is written down at the box of 龙躺."""
    area = territory.area_by_code("990101001001").pk
    second = people.user_by_login("liaison.lt").pk
    return {"area_id": area, "second_opener_id": second, "seal_number": "LT-0304", "slips_count": "2"} | more


def slip(detail: str, **more: object) -> dict[str, object]:
    """One slip with its scan."""
    return {"key": str(uuid4()), "detail": detail, "photos": photo()} | more


def test_one_person_alone_cannot_open_the_box(desk: Desk) -> None:
    go("03-04 10:00")
    clerk = desk("clerk.lt")
    answer = clerk.post("/desk/box/", opening(second_opener_id=""))
    assert answer.status_code == 422
    assert "开箱须两人在场" in answer.content.decode() and "LT-0304" in answer.content.decode()
    me = people.user_by_login("clerk.lt").pk
    assert clerk.post("/desk/box/", opening(second_opener_id=me)).status_code == 422
    assert clerk.post("/desk/box/", opening(seal_number="")).status_code == 422
    assert not lookups.box_openings(who("clerk.lt")).exists()


def test_slips_are_registered_one_after_another(desk: Desk) -> None:
    go("03-04 10:00")
    clerk = desk("clerk.lt")
    first = clerk.post("/desk/box/", opening(), follow=True)
    page = first.request["PATH_INFO"]
    assert "第 1 件 / 共 2 件" in first.content.decode()
    without_scan = clerk.post(page, slip("楼道堆物", photos=""))
    assert without_scan.status_code == 422 and "每张纸条都要有扫描件" in without_scan.content.decode()
    second = clerk.post(page, slip("楼道堆物", name="赵某", phone="199 0000 1002", feedback_way=Way.VISIT), follow=True)
    assert "第 2 件 / 共 2 件" in second.content.decode()
    last = clerk.post(page, slip("建议增设座椅"), follow=True)
    assert "这一箱登记完了" in last.content.decode()
    opened = lookups.box_openings(who("clerk.lt")).get()
    named, unnamed = lookups.slips_of(opened)
    assert (named.is_anonymous, unnamed.is_anonymous) == (False, True)
    assert named.answer_due_on.isoformat() == "2026-03-11"
    assert named.area.code == "990101001001"
    assert "已登记 2 / 2 件" in clerk.get("/desk/box/").content.decode()


def test_an_empty_box_is_finished_at_once(desk: Desk) -> None:
    answer = desk("clerk.lt").post("/desk/box/", opening(slips_count="0"), follow=True)
    assert "箱里没有纸条" in answer.content.decode()


def test_boxes_of_others_are_not_there(desk: Desk) -> None:
    desk("clerk.lt").post("/desk/box/", opening())
    opened = lookups.box_openings(who("clerk.lt")).get()
    assert desk("clerk.ml").get(f"/desk/box/{opened.pk}/").status_code == 404
    assert desk("contact.housing").get("/desk/box/").status_code == 403
