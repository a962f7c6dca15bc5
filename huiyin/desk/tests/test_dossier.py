"""The dossier: thread, clock, slips, why-not, who may read the contact data, what is printed."""

from collections.abc import Callable
from typing import Any

from huiyin.appeals.workflow import ratings, triage
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.people.actors import resident
from huiyin.people.models import ContactReading
from tests.journeys.steps import go, who

Budget = Callable[[int], Any]


def test_the_dossier_tells_the_whole_story(desk: Desk) -> None:
    found = matters.to_rate()
    ratings.rate(resident(found.pk), found.pk, Judgement(4, "很快"))
    page = desk("clerk.lt").get(f"/desk/appeal/{found.pk}/").content.decode()
    order = [
        "路灯不亮",
        "文晓燕 · 受理",
        "文晓燕 · 派单",
        "先行联系",
        "已更换灯具",
        "段守义 · 审核通过",
        "四方反馈完成",
    ]
    at = [page.index(words, page.index('class="thread"')) for words in order]
    assert at == sorted(at)
    assert "满意" in page and "很快" in page
    assert "王秀兰" not in page and "199 0000 1001" not in page and "19900001001" not in page


def test_the_count_can_be_checked_by_hand(desk: Desk) -> None:
    found = matters.accepted()
    page = desk("clerk.lt").get(f"/desk/appeal/{found.pk}/").content.decode()
    assert "最晚 3月9日（周一）答复，从 3月3日（周二）起数 5 个工作日" in page
    assert "3月7日（周六） 不算 周末" in " ".join(page.split())


def test_no_clock_runs_for_a_matter_that_has_ended(desk: Desk) -> None:
    found, clerk = matters.to_rate(), desk("clerk.lt")
    assert "这一步最晚" in clerk.get(f"/desk/appeal/{found.pk}/").content.decode()
    ratings.rate(resident(found.pk), found.pk, Judgement(4, "很快"))
    go("06-30 10:00")
    page = clerk.get(f"/desk/appeal/{found.pk}/")
    assert (page.context["clock"].light, page.context["row"].light) == ("none", "none")
    assert "这一步最晚" not in page.content.decode()
    preview = clerk.get(f"/desk/appeal/{found.pk}/", HTTP_HX_REQUEST="true").content.decode()
    assert "不计时" in preview and "逾期" not in preview


def test_a_slip_that_is_missing_keeps_delivery_shut_and_says_which(desk: Desk) -> None:
    found = matters.to_feed_back()
    page = desk("clerk.lt").get(f"/desk/appeal/{found.pk}/").content.decode()
    assert "还缺反馈凭证：诉求人、民意表达工作室、群众工作部。" in page
    assert f'href="/desk/appeal/{found.pk}/do/deliver/"' not in page


def test_the_dossier_takes_few_queries(desk: Desk, django_assert_max_num_queries: Budget) -> None:
    found, clerk = matters.to_rate(), desk("clerk.lt")
    clerk.get(f"/desk/appeal/{found.pk}/")
    with django_assert_max_num_queries(25):
        assert clerk.get(f"/desk/appeal/{found.pk}/").status_code == 200


def test_outside_the_territory_there_is_no_such_appeal(desk: Desk) -> None:
    found = matters.registered()
    for page in ("", "receipt/", "sheet/", "do/accept/"):
        assert desk("clerk.ml").get(f"/desk/appeal/{found.pk}/{page}").status_code == 404
    assert desk("clerk.ml").post(f"/desk/appeal/{found.pk}/contact/", {"purpose": "看看"}).status_code == 404


def test_contact_data_need_a_purpose_and_leave_a_trace(desk: Desk) -> None:
    found, clerk = matters.registered(), desk("clerk.lt")
    assert clerk.post(f"/desk/appeal/{found.pk}/contact/").status_code == 422
    answer = clerk.post(f"/desk/appeal/{found.pk}/contact/", {"purpose": "先行联系诉求人"})
    assert "王秀兰" in answer.content.decode() and answer["Cache-Control"] == "no-store, private"
    part = clerk.post(f"/desk/appeal/{found.pk}/contact/", {"purpose": "回访"}, HTTP_HX_REQUEST="true")
    assert part.content.decode().startswith('<div class="person">')
    assert [reading.purpose for reading in ContactReading.objects.order_by("pk")] == ["先行联系诉求人", "回访"]


def test_who_sees_the_matter_need_not_see_the_person(desk: Desk) -> None:
    found = matters.registered()
    leader = desk("leader.hq")
    assert "查看完整联系方式" not in leader.get(f"/desk/appeal/{found.pk}/").content.decode()
    assert leader.post(f"/desk/appeal/{found.pk}/contact/", {"purpose": "看看"}).status_code == 403


def test_the_sheet_is_masked_until_a_purpose_is_given(desk: Desk) -> None:
    found, clerk = matters.registered(), desk("clerk.lt")
    page = clerk.get(f"/desk/appeal/{found.pk}/sheet/").content.decode()
    assert "社情民意登记表" in page and "王**" in page and "王秀兰" not in page
    page = clerk.post(f"/desk/appeal/{found.pk}/sheet/", {"purpose": "打印登记表"}).content.decode()
    assert "王秀兰" in page and "19900001001" in page
    assert ContactReading.objects.get().purpose == "打印登记表"


def test_earlier_matters_of_the_same_phone_are_beside_it(desk: Desk) -> None:
    matters.registered("上个月的事")
    found = matters.registered("今天的事")
    page = desk("clerk.lt").get(f"/desk/appeal/{found.pk}/alike/").content.decode()
    assert "同一电话还说过" in page and "上个月的事" in page


def test_a_matter_both_alike_and_of_the_same_phone_is_named_once(desk: Desk) -> None:
    earlier = matters.registered()
    found = matters.registered("铁路小区 3 号楼前路灯还是不亮，晚上太黑")
    page = desk("clerk.lt").get(f"/desk/appeal/{found.pk}/alike/").content.decode()
    assert page.count(f'href="/desk/appeal/{earlier.pk}/"') == 1
    assert "同一电话" in page and "同一电话还说过" not in page


def test_every_stage_has_a_page(desk: Desk) -> None:
    asked = matters.registered("字迹不清")
    triage.request_info(who("clerk.lt"), asked.pk, missing="请说明楼号")
    go("03-03 09:00")
    clerk = desk("clerk.lt")
    for found in (asked, matters.handling_at_housing(), matters.replied(), matters.to_feed_back(), matters.to_rate()):
        assert clerk.get(f"/desk/appeal/{found.pk}/").status_code == 200
