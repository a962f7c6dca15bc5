"""The acts: a form for each verb, refusals that keep the words, and what others did meanwhile."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huiyin.access import policy
from huiyin.appeals import belongings, obstacles, queries
from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Stage
from huiyin.appeals.steps import STEPS
from huiyin.appeals.workflow import triage
from huiyin.desk.acts import ACTS, FIRST
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.people import queries as people
from tests.journeys.steps import go, who


def photo() -> SimpleUploadedFile:
    """A small picture as a phone sends it."""
    out = BytesIO()
    Image.new("RGB", (32, 24), "green").save(out, "JPEG")
    return SimpleUploadedFile("修后.jpg", out.getvalue(), content_type="image/jpeg")


def do(client: Client, found: Appeal, verb: str, **given: object) -> int:
    """Post the form of a verb as the browser does; returns the status."""
    seen = {"seen_version": queries.appeal(who("officer.hq"), found.pk).version}
    return client.post(f"/desk/appeal/{found.pk}/do/{verb}/", seen | given).status_code


def stage(found: Appeal) -> str:
    """Where the appeal is now."""
    return matters.again(found).stage


def test_every_verb_of_staff_has_its_act() -> None:
    staff = {step.verb for step in STEPS if step.sources and step.right != "appeal.rate_own"}
    assert staff == set(ACTS)
    assert set(FIRST) <= set(ACTS)


def test_s01_by_its_forms_alone(desk: Desk) -> None:
    found = matters.registered()
    clerk, housing, director = desk("clerk.lt"), desk("contact.housing"), desk("director.lt")
    form = clerk.get(f"/desk/appeal/{found.pk}/do/accept/").content.decode()
    assert 'name="seen_version" value="1"' in form and "「路灯」" in form
    accepting = {
        "appeal_type": "help",
        "category": "010101",
        "place": "铁路小区3号楼",
        "urgency": "normal",
        "subject": "路灯不亮",
    }
    assert do(clerk, found, "accept", **accepting) == 302
    form = clerk.get(f"/desk/appeal/{found.pk}/do/dispatch/").content.decode()
    assert "住建局（派单目录）" in form and "公共照明" in form
    assert do(clerk, found, "dispatch", by="catalogue") == 302
    assert matters.again(found).lead_unit_id == people.unit_by_code("housing").pk
    go("03-02 13:50")
    assert do(housing, found, "sign") == 302
    assert do(housing, found, "contact", way="phone", text="本人说明位置在 3 号楼东侧。") == 302
    assert do(housing, found, "submit_reply", result="resolved", text="已更换灯具。", photos=photo()) == 302
    assert do(director, found, "pass_reply", text="") == 302
    for party in ("asker", "studio", "work_department"):
        assert do(clerk, found, "record_slip", party=party, way="phone", evidence="03-02 15:00 通话") == 302
    assert do(clerk, found, "deliver") == 302
    rating = {"rater": "petitioner", "entry": "paper", "grade": "4", "evidence": "评议单 017"}
    assert do(clerk, found, "rate_on_paper", **rating) == 422
    assert do(clerk, found, "rate_on_paper", file=photo(), **rating) == 302
    assert (stage(found), matters.again(found).outcome) == (Stage.CLOSED, "satisfied")


def test_another_unit_needs_its_own_reason(desk: Desk) -> None:
    found, clerk = matters.accepted(), desk("clerk.lt")
    water = people.unit_by_code("water").pk
    assert do(clerk, found, "dispatch", by="other", unit_id=water, reason="") == 422
    assert do(clerk, found, "dispatch", by="other", unit_id=water, reason="灯杆在其泵站院内") == 302
    assert [order.reason for order in belongings.orders(matters.again(found))] == ["灯杆在其泵站院内"]


def test_an_overtaken_act_keeps_the_words_and_tells_what_happened(desk: Desk) -> None:
    found = matters.registered()
    triage.note(who("director.lt"), found.pk, text="先等等")
    answer = desk("clerk.lt").post(
        f"/desk/appeal/{found.pk}/do/request_info/", {"missing": "请说明楼号和楼层", "seen_version": found.version}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "请说明楼号和楼层" in page and "您打开以后，别人做了这些" in page and "段守义 · 内部备注" in page
    assert f'name="seen_version" value="{found.version + 1}"' in page
    assert stage(found) == Stage.REGISTERED


def test_two_who_accept_at_once_are_told_apart(desk: Desk) -> None:
    found, clerk = matters.registered(), desk("clerk.lt")
    triage.accept(who("dispatch.lt"), found.pk, appeal_type="help", category="010101")
    answer = clerk.post(
        f"/desk/appeal/{found.pk}/do/accept/",
        {"seen_version": "1", "appeal_type": "complaint", "category": "010101", "place": "铁路小区3号楼",
         "urgency": "normal", "subject": "路灯"},
    )  # fmt: skip
    assert answer.status_code == 409
    assert matters.again(found).appeal_type == "help"


@pytest.mark.parametrize(
    ("verb", "given", "words"),
    [
        ("request_info", {"missing": " "}, "请一次列清还缺什么"),
        ("redirect", {"ground": "N02", "text": ""}, "请写明应当去哪里办"),
        ("redirect", {"text": "去法院"}, "请先选择一项"),
        ("propose_refusal", {"ground": "N05", "text": ""}, "请写明不予受理的理由"),
        (
            "accept",
            {"appeal_type": "help", "category": "", "place": "火星", "urgency": "normal", "subject": "灯"},
            "没有找到「火星」",
        ),
        ("withdraw", {"text": "不用了", "evidence": ""}, "撤回只能出于诉求人本人意愿"),
        ("note", {"text": ""}, "备注是空的"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(desk: Desk, verb: str, given: dict[str, str], words: str) -> None:
    found = matters.registered()
    answer = desk("clerk.lt").post(f"/desk/appeal/{found.pk}/do/{verb}/", {"seen_version": "1"} | given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert stage(found) == Stage.REGISTERED


def test_a_step_that_is_not_open_says_what_comes_first(desk: Desk) -> None:
    found = matters.registered()
    clerk = desk("clerk.lt")
    assert clerk.get(f"/desk/appeal/{found.pk}/do/dispatch/").status_code == 409
    answer = desk("director.lt").get(f"/desk/appeal/{found.pk}/do/refuse/")
    assert answer.status_code == 422 and "要先由受理员提请" in answer.content.decode()
    assert clerk.get(f"/desk/appeal/{found.pk}/do/fly/").status_code == 404
    assert desk("grid1.lt").get(f"/desk/appeal/{found.pk}/do/accept/").status_code in (403, 404)


def test_a_refusal_takes_two_people(desk: Desk) -> None:
    found = matters.registered()
    director = desk("director.lt")
    assert do(director, found, "propose_refusal", ground="N05", text="属于邻里私事。") == 302
    page = director.get(f"/desk/appeal/{found.pk}/").content.decode()
    assert "是您提请的，须由另一位审核人确认。" in page
    assert do(director, found, "refuse") == 422
    assert do(desk("review.hq"), found, "refuse") == 302
    assert stage(found) == Stage.NOT_ACCEPTED


def test_grave_steps_have_a_page_of_their_own(desk: Desk) -> None:
    found, clerk = matters.registered(), desk("clerk.lt")
    page = clerk.get(f"/desk/appeal/{found.pk}/").content.decode()
    assert f'href="/desk/appeal/{found.pk}/do/redirect/"' in page
    assert f'hx-get="/desk/appeal/{found.pk}/do/redirect/"' not in page
    assert f'hx-get="/desk/appeal/{found.pk}/do/accept/"' in page
    part = clerk.get(f"/desk/appeal/{found.pk}/do/accept/", HTTP_HX_REQUEST="true").content.decode()
    assert part.startswith("<section") and "<html" not in part
    whole = clerk.get(f"/desk/appeal/{found.pk}/do/redirect/", HTTP_HX_REQUEST="true").content.decode()
    assert "<html" in whole and 'class="button danger"' in whole


def test_a_visit_needs_the_signed_slip(desk: Desk) -> None:
    found, clerk = matters.to_feed_back(), desk("clerk.lt")
    assert do(clerk, found, "record_slip", party="asker", way="visit", evidence="本人签收") == 422
    assert do(clerk, found, "record_slip", party="asker", way="visit", evidence="本人签收", file=photo()) == 302
    assert "asker" not in obstacles.missing_slips(found)


def test_the_unit_may_not_enter_ratings_of_its_own_work(desk: Desk) -> None:
    found = matters.to_rate()
    assert not policy.reaches(who("contact.housing"), "appeal.rate_on_paper", found)
    given = {"rater": "petitioner", "entry": "paper", "grade": "5", "evidence": "单 1"}
    assert do(desk("contact.housing"), found, "rate_on_paper", **given) == 403


def test_bad_rating_leads_to_rework_signed_by_the_head(desk: Desk) -> None:
    found = matters.to_rate()
    given = {"rater": "petitioner", "entry": "phone", "grade": "2", "evidence": "录音 12"}
    assert do(desk("clerk.lt"), found, "rate_on_paper", **given) == 422
    assert do(desk("clerk.lt"), found, "rate_on_paper", remark="还是一闪一闪", **given) == 302
    assert stage(found) == Stage.REWORK
    assert do(desk("head.housing"), found, "redo", text="换整流器，王工负责") == 302
    assert stage(found) == Stage.HANDLING


def test_a_liaison_brings_what_was_missing(desk: Desk) -> None:
    found = matters.registered("字迹不清，只有门牌", name="", phone="")
    assert do(desk("clerk.lt"), found, "request_info", missing="请说明是什么事、联系方式") == 302
    assert do(desk("liaison.lt"), found, "supply_info", text="上门核对：楼道灯坏了。", photos=photo()) == 302
    assert stage(found) == Stage.REGISTERED
    assert do(desk("clerk.lt"), found, "drop_incomplete") == 409


def test_incomplete_matters_end_only_when_their_time_is_over(desk: Desk) -> None:
    found, clerk = matters.registered(), desk("clerk.lt")
    do(clerk, found, "request_info", missing="楼号")
    assert do(clerk, found, "drop_incomplete") == 422
    go("03-12 09:00")
    assert do(clerk, found, "drop_incomplete") == 422
    assert do(clerk, found, "remind", text="10:05 电话，无人接听") == 302
    assert do(clerk, found, "remind", text="16:20 上门，不在家") == 302
    assert do(clerk, found, "drop_incomplete") == 302
    assert stage(found) == Stage.TERMINATED


def test_supervision_is_a_flag(desk: Desk) -> None:
    found = matters.handling_at_housing()
    assert do(desk("leader.hq"), found, "supervise", text="请本周内办好。") == 302
    assert "督办" in desk("contact.housing").get(f"/desk/appeal/{found.pk}/").content.decode()
