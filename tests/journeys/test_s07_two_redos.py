"""S07 居民不满意、代表满意: dual rating, rounds, limits on redo."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from huiyin.appeals import belongings, queries
from huiyin.appeals.models import RatingRound
from huiyin.appeals.stages import Outcome, Rater, Stage
from huiyin.appeals.workflow import feedback, handling, intake, ratings, triage
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.assessment.models import Entry
from huiyin.figures import queries as figures
from huiyin.figures.rules import month
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock
from huiyin.kernel.errors import NotAllowed, RuleBroken
from huiyin.people import queries as people
from huiyin.people.actors import resident
from tests.journeys.steps import go, who
from tests.journeys.steps import intake as said


def answer(pk: int, *, submitted: str, delivered: str, reviewer: str) -> None:
    housing = who("contact.housing")
    go(submitted)
    handling.submit_reply(housing, pk, result="explained", text=f"第 {submitted} 次答复：已查勘并说明。")
    go(delivered)
    handling.pass_reply(who(reviewer), pk)
    for party in ("asker", "representative", "studio", "work_department"):
        feedback.record_slip(housing, pk, party=party, way="phone", evidence="通话记录")
    feedback.deliver(housing, pk)


PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture
def answered(haiqing: None) -> int:
    """A matter a deputy collected, whose first answer was delivered on 03-10."""
    journal_tasks.hold_reactions()
    go("03-04 09:00")
    deputy = who("rep1.lt")
    appeal = intake.register(
        deputy,
        said(
            "停车位划得太少，晚上没地方停",
            place="lt-tielu-01",
            name="冯大海",
            phone="19900001099",
            channel="rep_reception",
        ),
    )
    clerk = who("clerk.lt")
    triage.accept(clerk, appeal.pk, appeal_type="complaint", category="0102")
    triage.dispatch(clerk, appeal.pk, unit_id=people.unit_by_code("housing").pk, reason="停车设施职责")
    housing = who("contact.housing")
    handling.sign(housing, appeal.pk)
    handling.contact(housing, appeal.pk, text="电话联系。")
    answer(appeal.pk, submitted="03-09 15:00", delivered="03-10 10:00", reviewer="director.lt")
    return appeal.pk


def test_s07_dissatisfied_resident_satisfied_deputy_two_redos(answered: int) -> None:
    pk, asker = answered, resident(answered)
    go("03-11 09:00")
    with pytest.raises(RuleBroken):
        ratings.rate(asker, pk, Judgement(2))
    ratings.rate(asker, pk, Judgement(2, "没说什么时候增加车位"))
    deputy = who("rep1.lt")
    appeal = queries.appeal(deputy, pk)
    assert (appeal.stage, appeal.answer_due_on) == (Stage.REWORK, date(2026, 3, 16))
    go("03-12 10:00")
    with pytest.raises(RuleBroken) as ended:
        ratings.rate_collected(deputy, pk, Judgement(4))
    assert "本轮已结束" in str(ended.value)

    redo(pk, "03-12 11:00")
    go("03-16 10:00")
    handling.submit_reply(who("contact.housing"), pk, result="partly", text="增划 6 个车位。")
    go("03-16 11:00")
    with pytest.raises(RuleBroken) as same:
        handling.pass_reply(who("director.lt"), pk)
    assert "换审核人" in str(same.value)
    deliver_reviewed(pk, "03-16 11:10", reviewer="review.nsl")
    ratings.rate_collected(who("rep1.lt"), pk, Judgement(3))
    go("03-17 09:00")
    ratings.rate(asker, pk, Judgement(2, "还是不够"))
    appeal.refresh_from_db()
    assert (appeal.stage, appeal.answer_due_on) == (Stage.REWORK, date(2026, 3, 20))
    assert appeal.supervised_at == clock.now(), "the second redo is supervised by itself"

    redo(pk, "03-17 10:00")
    answer(pk, submitted="03-20 10:00", delivered="03-20 15:00", reviewer="director.lt")
    ratings.rate_collected(who("rep1.lt"), pk, Judgement(4))
    ratings.rate(asker, pk, Judgement(1, "不接受"))
    appeal.refresh_from_db()
    assert appeal.stage == Stage.RATING, "the third round ends with a reviewer's words, not by itself"
    go("03-23 10:00")
    with pytest.raises(RuleBroken):
        ratings.close_unsatisfied(who("officer.hq"), pk, text="")
    ratings.close_unsatisfied(who("officer.hq"), pk, text="部分诉求缺乏依据；建议召开协调会或申请人民调解。")
    after(pk)


def redo(pk: int, when: str) -> None:
    go(when)
    with pytest.raises(NotAllowed):
        handling.redo(who("contact.housing"), pk, text="再去看看")
    handling.redo(who("head.housing"), pk, text="由分管副局长带队现场办。")


def deliver_reviewed(pk: int, when: str, *, reviewer: str) -> None:
    go(when)
    handling.pass_reply(who(reviewer), pk)
    housing = who("contact.housing")
    for party in ("asker", "representative", "studio", "work_department"):
        feedback.record_slip(housing, pk, party=party, way="phone", evidence="通话记录")
    feedback.deliver(housing, pk)


def after(pk: int) -> None:
    appeal = queries.appeal(who("clerk.lt"), pk)
    assert (appeal.stage, appeal.outcome, appeal.redo_count) == (Stage.CLOSED, Outcome.UNSATISFIED, 2)
    rounds = list(RatingRound.objects.filter(appeal_id=pk))
    assert [(found.number, found.end) for found in rounds] == [
        (1, "dissatisfied"),
        (2, "dissatisfied"),
        (3, "dissatisfied"),
    ]
    journal_tasks.run_held_reactions()
    assert Entry.objects.filter(appeal_id=pk).count() == 5, "the ledger keeps all three rounds"
    found, period = figures.scope(who("leader.hq")), month(clock.today())
    assert figures.satisfaction(found, period, Rater.PETITIONER) == (0, 1)
    assert figures.satisfaction(found, period, Rater.REPRESENTATIVE) == (1, 1)
    assert figures.counts(found, period, now=clock.now())["redone"] == 1


def test_s07_the_deputy_reads_on_the_page_that_the_round_has_ended(answered: int, settings: Any) -> None:
    settings.STORAGES, settings.WHITENOISE_AUTOREFRESH = PLAIN, True
    go("03-11 09:00")
    deputy = Client()
    deputy.force_login(people.user_by_login("rep1.lt"), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/desk/appeal/{answered}/do/rate_collected/"
    seen = queries.appeal(who("rep1.lt"), answered).version
    assert deputy.get(address).status_code == 200
    ratings.rate(resident(answered), answered, Judgement(2, "没说什么时候增加车位"))
    go("03-12 10:00")
    late = deputy.post(address, {"grade": "4", "remark": "说得清楚", "seen_version": seen})
    assert late.status_code in (409, 422)
    page = late.content.decode()
    assert "本轮已结束" in page and "说得清楚" in page
    (opened,) = belongings.rating_rounds(queries.appeal(who("rep1.lt"), answered))
    assert opened.ratings.count() == 1
