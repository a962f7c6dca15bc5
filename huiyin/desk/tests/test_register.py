"""Register at the counter: one screen, every way of saying it, nothing lost, nothing twice."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.appeals import queries
from huiyin.appeals.models import Appeal
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.kernel import clock
from huiyin.people import queries as people
from huiyin.territory import queries as territory
from tests.journeys.steps import who


def said(**more: object) -> dict[str, object]:
    """What the browser sends for a walk-in."""
    return {
        "key": str(uuid4()),
        "detail": "铁路小区 3 号楼前路灯不亮",
        "place_text": "铁路小区3号楼",
        "name": "王秀兰",
        "phone": "199 0000 1001",
        "urgency": "normal",
        "channel": "room_visit",
        "persons_count": "1",
    } | more


def only() -> Appeal:
    """The one appeal there is, as the clerk sees it."""
    return queries.in_list(who("clerk.lt"), "all").get()


def test_a_walk_in_is_registered_and_the_next_one_waits(desk: Desk) -> None:
    answer = desk("clerk.lt").post("/desk/register/", said(), follow=True)
    found = only()
    assert (found.area.code, found.channel.code, found.is_anonymous) == ("lt-tielu-03", "room_visit", False)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == f"/desk/register/?saved={found.pk}&channel=room_visit"
    assert "最晚 3月9日（周一） 答复" in page and 'data-draft-done="register"' in page
    assert "王秀兰" not in page and "19900001001" not in page.replace(" ", "")


def test_register_and_print_shows_number_code_and_date(desk: Desk) -> None:
    answer = desk("clerk.lt").post("/desk/register/", said(then="print"), follow=True)
    page, found = answer.content.decode(), only()
    assert f"{found.number[:4]} {found.number[4:8]} {found.number[8:]}" in page
    assert queries.query_code(found) in page.replace(" ", "")
    assert "最晚 3月9日（周一）答复您" in page and "从 3月3日（周二）起数 5 个工作日" in page
    assert "<svg" in page and answer["Cache-Control"] == "no-store, private"


def test_a_double_click_registers_once(desk: Desk) -> None:
    clerk, form = desk("clerk.lt"), said()
    clerk.post("/desk/register/", form)
    clerk.post("/desk/register/", form)
    assert only().detail == form["detail"]


def test_the_same_form_with_other_words_is_told(desk: Desk) -> None:
    clerk, form = desk("clerk.lt"), said()
    clerk.post("/desk/register/", form)
    answer = clerk.post("/desk/register/", form | {"detail": "另一件事"})
    assert answer.status_code == 409
    assert "另一件事" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"detail": ""}, 422, "请写下诉求人说的事"),
        ({"detail": "路" * 20000}, 422, "最多能登记 5000 字"),
        ({"is_anonymous": "on"}, 422, "选了匿名就不用留姓名和电话"),
        ({"channel": "smoke"}, 422, "smoke"),
        ({"area_id": "999999"}, 404, "没有找到这个地点"),
    ],
)
def test_refusals_keep_the_words(desk: Desk, given: dict[str, str], status: int, words: str) -> None:
    answer = desk("clerk.lt").post("/desk/register/", said(**given))
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page and "王秀兰" in page
    assert not queries.in_list(who("clerk.lt"), "all").exists()


def test_a_place_outside_the_territory_is_forbidden(desk: Desk) -> None:
    other = territory.area_by_code("990101001002").pk
    assert desk("clerk.lt").post("/desk/register/", said(area_id=other)).status_code == 403


def test_several_places_are_asked_back(desk: Desk) -> None:
    answer = desk("clerk.lt").post("/desk/register/", said(place_text="铁路小区"))
    first = answer.content.decode()
    if answer.status_code == 422:
        assert "请选一个" in first and 'name="area_id"' in first
    answer = desk("clerk.lt").post("/desk/register/", said(place_text="铁路小区", area_id="none"))
    assert answer.status_code == 302


def test_anonymous_proxy_and_collective(desk: Desk) -> None:
    clerk = desk("clerk.lt")
    clerk.post("/desk/register/", said(name="", phone="", is_anonymous="on", detail="建议增设座椅"))
    clerk.post("/desk/register/", said(proxy_note="母亲", persons_count="6", detail="楼道堆物"))
    found = {row.detail: row for row in queries.in_list(who("clerk.lt"), "all")}
    assert found["建议增设座椅"].is_anonymous and found["建议增设座椅"].contact_id is None
    assert (found["楼道堆物"].proxy_note, found["楼道堆物"].persons_count) == ("母亲", 6)


def test_the_collector_is_kept(desk: Desk) -> None:
    post = people.representatives(clock.today(), area_path=who("clerk.lt").area_path)[0]
    desk("clerk.lt").post("/desk/register/", said(collector_id=post.user_id))
    assert only().collector_id == post.user_id


def test_a_disguised_upload_is_refused_and_the_words_stay(desk: Desk) -> None:
    bad = SimpleUploadedFile("照片.jpg", b"MZ not a picture", content_type="image/jpeg")
    answer = desk("clerk.lt").post("/desk/register/", said(photos=bad))
    assert answer.status_code == 422
    assert "不是能打开的照片" in answer.content.decode() and "路灯不亮" in answer.content.decode()


def test_a_huge_upload_has_its_own_status(desk: Desk) -> None:
    huge = SimpleUploadedFile("照片.jpg", b"0" * (13 * 1024 * 1024), content_type="image/jpeg")
    answer = desk("clerk.lt").post("/desk/register/", said(photos=huge))
    assert answer.status_code == 413
    assert "超过 12 MB" in answer.content.decode()


def test_the_parts_beside_the_screen(desk: Desk) -> None:
    found = matters.registered()
    clerk = desk("clerk.lt")
    places = clerk.post("/desk/register/places/", {"place_text": "铁路小区3号楼"}).content.decode()
    assert "铁路小区3号楼" in places and 'name="area_id"' in places
    same = clerk.post("/desk/register/same-phone/", {"phone": "19900001001"}).content.decode()
    assert "同一电话之前说过" in same and found.subject in same
    hints = clerk.post("/desk/register/suggested/", {"detail": "路灯不亮"}).content.decode()
    assert "住建局" in hints and "「路灯」" in hints
    assert clerk.post("/desk/register/suggested/", {"detail": "你好"}).content.decode().strip() == ""


def test_a_category_stays_chosen_while_more_is_typed_and_when_something_is_missing(desk: Desk) -> None:
    clerk = desk("clerk.lt")
    chosen = re.compile(r'value="(\d*)" form="register" checked')
    for words in ("路灯不亮", "你好"):
        page = clerk.post("/desk/register/suggested/", {"detail": words, "category": "010101"}).content.decode()
        assert chosen.findall(page) == ["010101"], words
    assert chosen.findall(clerk.post("/desk/register/suggested/", {"detail": "路灯不亮"}).content.decode()) == [""]
    refused = clerk.post("/desk/register/", said(category="010101", is_anonymous="on"))
    assert refused.status_code == 422 and chosen.findall(refused.content.decode()) == ["010101"]
    clerk.post("/desk/register/", said(category="010101"))
    assert str(only().category) == "路灯不亮"


def test_earlier_matters_outside_the_territory_stay_unseen(desk: Desk) -> None:
    matters.registered()
    part = desk("clerk.ml").post("/desk/register/same-phone/", {"phone": "19900001001"}).content.decode()
    assert "路灯" not in part


def test_who_may_not_register_is_told(desk: Desk) -> None:
    assert desk("leader.hq").get("/desk/register/").status_code == 403
