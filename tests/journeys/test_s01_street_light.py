"""S01 路灯不亮: from the web page to the public notice, the plain happy path."""

from datetime import date

import pytest

from huiyin.appeals import belongings, obstacles, queries
from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Stage
from huiyin.appeals.workflow import feedback, handling, intake, ratings, triage
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.journal import queries as journal
from huiyin.kernel.errors import RuleBroken
from huiyin.people import queries as people
from huiyin.people.actors import NOBODY, resident
from tests.journeys.steps import go, who
from tests.journeys.steps import intake as said


def test_s01_from_the_web_page_to_a_rated_answer(haiqing: None) -> None:
    go("03-02 10:00")
    appeal = intake.register(
        NOBODY, said("铁路小区 3 号楼前路灯不亮", place="lt-tielu-03", name="王秀兰", phone="199 0000 1001")
    )
    assert appeal.answer_due_on == date(2026, 3, 9)
    assert queries.appeal_by_code(appeal.number, queries.query_code(appeal)).pk == appeal.pk

    go("03-02 10:20")
    clerk = who("clerk.lt")
    triage.accept(clerk, appeal.pk, appeal_type="help", category="010101")
    go("03-02 10:30")
    triage.dispatch(clerk, appeal.pk, unit_id=people.unit_by_code("housing").pk, reason="道路照明养护职责")
    appeal.refresh_from_db()
    assert (appeal.stage, appeal.answer_due_on) == (Stage.DISPATCHED, date(2026, 3, 9))

    handle_in_time(appeal)
    feed_back_to_four(appeal)

    go("03-06 17:00")
    ratings.rate(resident(appeal.pk), appeal.pk, Judgement(4))
    appeal.refresh_from_db()
    assert (appeal.stage, appeal.outcome) == (Stage.CLOSED, "satisfied")
    verbs = [event.verb for event in journal.history("appeal", appeal.pk)]
    assert verbs[0] == "appeal.submit"
    assert verbs[-1] == "appeal.rate"
    assert Appeal.objects.filter(stage=Stage.CLOSED).count() == 1


def handle_in_time(appeal: Appeal) -> None:
    """Signed, contacted and replied within the limits; the reply passes review."""
    housing = who("contact.housing")
    go("03-02 13:50")
    handling.sign(housing, appeal.pk)
    go("03-02 14:30")
    handling.contact(housing, appeal.pk, text="电话联系，本人说明位置在 3 号楼东侧。")
    (order,) = belongings.orders(appeal)
    assert order.signed_at is not None and order.signed_at < order.sign_due_at
    assert order.contacted_at is not None and order.contact_due_at is not None
    assert order.contacted_at < order.contact_due_at
    go("03-05 16:00")
    handling.submit_reply(housing, appeal.pk, result="resolved", text="已更换灯具，当晚恢复照明。")

    go("03-06 10:00")
    handling.pass_reply(who("director.lt"), appeal.pk)


def feed_back_to_four(appeal: Appeal) -> None:
    """Three slips with evidence and one 「无」; nothing closes while one is missing, and it says which."""
    go("03-06 11:00")
    housing = who("contact.housing")
    appeal.refresh_from_db()
    assert obstacles.missing_slips(appeal) == ["asker", "studio", "work_department"]
    with pytest.raises(RuleBroken) as refused:
        feedback.deliver(housing, appeal.pk)
    assert "诉求人" in str(refused.value)
    for party, way in (("asker", "phone"), ("studio", "internal"), ("work_department", "internal")):
        feedback.record_slip(housing, appeal.pk, party=party, way=way, evidence="03-06 11:00 通话 3 分钟")
    feedback.deliver(housing, appeal.pk)
