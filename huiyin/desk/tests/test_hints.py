"""Hints on replies: for the reviewer beside the reply, for the unit while it writes; they stop nothing."""

from django.utils import translation

from huiyin.appeals.workflow import handling
from huiyin.desk import hints
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.desk.tests.test_acts import do, stage
from tests.journeys.steps import who

GOOD = (
    "您反映的铁路小区 3 号楼前路灯不亮，根据《城市道路照明设施管理规定》由我局维护，3月2日已更换灯具并恢复照明。"
    "下一步每周巡查一次，如有问题请拨打 0550-3000000。"
)


def test_the_reviewer_sees_the_reply_and_what_it_may_lack(desk: Desk) -> None:
    found = matters.replied()
    page = desk("director.lt").get(f"/desk/appeal/{found.pk}/do/pass_reply/").content.decode()
    assert "要审的答复" in page and "已更换灯具，当晚恢复照明。" in page
    assert "没有写明依据" in page and "提示不影响通过" in page
    assert "要审的答复" in desk("director.lt").get(f"/desk/appeal/{found.pk}/do/fail_reply/").content.decode()
    assert do(desk("director.lt"), found, "pass_reply", text="") == 302
    assert stage(found) == "feedback_due"


def test_the_unit_sees_hints_while_it_writes_and_nothing_is_sent(desk: Desk) -> None:
    found, unit = matters.handling_at_housing(), desk("contact.housing")
    handling.contact(who("contact.housing"), found.pk, text="电话联系。")
    url = f"/desk/appeal/{found.pk}/do/submit_reply/"
    page = unit.get(url).content.decode()
    assert 'hx-target="#hints"' in page and "先看提示" in page and "提交前看一眼" not in page
    given = {"seen_version": matters.again(found).version, "result": "resolved", "text": "已处理。", "look": "1"}
    part = unit.post(url, given, HTTP_HX_REQUEST="true").content.decode()
    assert part.startswith('<div class="hints') and "没有日期" in part and "请写明查了什么" in part
    whole = unit.post(url, given).content.decode()
    assert "没有日期" in whole and "已处理。" in whole and "<html" in whole
    assert "还差一点" not in whole
    assert stage(found) == "handling"


def test_a_whole_reply_gets_no_hint(desk: Desk) -> None:
    assert not hints.on(matters.handling_at_housing(), GOOD).lines


def test_hints_speak_the_language_of_the_page(desk: Desk) -> None:
    found = matters.handling_at_housing()
    with translation.override("en"):
        assert any("No date" in line.sentence for line in hints.on(found, "好的").lines)
    assert any("没有日期" in line.sentence for line in hints.on(found, "好的").lines)


def test_looking_needs_the_right_to_write(desk: Desk) -> None:
    found = matters.handling_at_housing()
    url = f"/desk/appeal/{found.pk}/do/submit_reply/"
    assert desk("clerk.lt").post(url, {"text": "好", "look": "1"}).status_code == 403
