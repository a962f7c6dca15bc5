"""S02 民意箱开箱: paper equals digital; anonymous rules; one request for everything that is missing."""

import io
from datetime import date
from functools import partial

import pytest
from PIL import Image

from huiyin.appeals import belongings, queries
from huiyin.appeals.models import Appeal, BoxOpening, Remark
from huiyin.appeals.stages import Outcome, Party, Stage
from huiyin.appeals.workflow import feedback, handling, intake, ratings, triage
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.attachments import checks
from huiyin.attachments import queries as attachments
from huiyin.figures import queries as figures
from huiyin.figures.rules import month
from huiyin.kernel import clock
from huiyin.kernel.errors import NotAllowed, RuleBroken
from huiyin.people import queries as people
from huiyin.people.actors import Actor
from huiyin.territory import queries as territory
from tests.journeys.steps import go, who
from tests.journeys.steps import intake as said


def scan(name: str = "slip.jpg") -> checks.Checked:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "JPEG")
    return checks.check(name, out.getvalue())


def open_box(clerk: Actor) -> BoxOpening:
    area = territory.area_by_code("990101001001")
    with pytest.raises(RuleBroken) as alone:
        intake.open_box(clerk, area_id=area.pk, second_opener_id=None, seal_number="F-0304", slips_count=3)
    assert "双人" in str(alone.value) or "两人" in str(alone.value)
    with pytest.raises(RuleBroken):
        intake.open_box(clerk, area_id=area.pk, second_opener_id=clerk.user_id, seal_number="F-0304", slips_count=3)
    second = who("liaison.lt").user_id
    with pytest.raises(RuleBroken):
        intake.open_box(clerk, area_id=area.pk, second_opener_id=second, seal_number=" ", slips_count=3)
    assert not BoxOpening.objects.exists()
    return intake.open_box(
        clerk, area_id=area.pk, second_opener_id=who("liaison.lt").user_id, seal_number="F-0304", slips_count=3
    )


def test_s02_three_slips_from_one_box(haiqing: None) -> None:
    go("03-04 09:30")
    clerk = who("clerk.lt")
    opening = open_box(clerk)
    named = slip(clerk, opening, "楼道里堆了好多旧家具，过不去人", "lt-tielu-02", name="赵德福", feedback_way="visit")
    nameless = slip(clerk, opening, "建议在小花园增设几张带靠背的座椅", "990101001001")
    unclear = slip(clerk, opening, "（字迹不清，只能认出门牌：铁路小区 5 号楼）", "lt-tielu-05")
    assert opening.appeals.count() == opening.slips_count == 3
    assert {appeal.channel.code for appeal in opening.appeals.select_related("channel")} == {"opinion_box"}
    for appeal in (named, nameless, unclear):
        assert [file.purpose for file in attachments.of_subject("appeal", appeal.pk)] == ["scan"]

    slip_one_on_paper(clerk, named.pk)
    slip_two_anonymous(clerk, nameless.pk)
    slip_three_incomplete(clerk, unclear.pk)


def slip(
    clerk: Actor, opening: BoxOpening, words: str, place: str, *, name: str = "", feedback_way: str = ""
) -> Appeal:
    """Register one slip of the box with its scan; without a name it is anonymous."""
    return intake.register(
        clerk,
        said(
            words,
            place=place,
            name=name,
            channel="opinion_box",
            is_anonymous=not name,
            box_opening_id=opening.pk,
            files=(scan(),),
            feedback_way=feedback_way,
        ),
    )


def slip_one_on_paper(clerk: Actor, pk: int) -> None:
    triage.accept(clerk, pk, appeal_type="help", category=category_of("楼道"))
    triage.dispatch(clerk, pk, unit_id=people.unit_by_code("urban_mgmt").pk, reason="占用公共通道的执法职责")
    appeal = queries.appeal(clerk, pk)
    assert appeal.answer_due_on == date(2026, 3, 11)
    unit = who("contact.urbanmgmt")
    handling.sign(unit, pk)
    handling.contact(unit, pk, text="上门联系赵某，当面确认位置。", way="visit")
    go("03-06 15:00")
    handling.submit_reply(unit, pk, result="resolved", text="已清运，并与楼组长约定每周查看。")
    handling.pass_reply(who("director.lt"), pk)
    with pytest.raises(RuleBroken) as unsigned:
        feedback.record_slip(clerk, pk, party=Party.ASKER, way="visit", evidence="本人在家")
    assert "签收单" in str(unsigned.value)
    feedback.record_slip(clerk, pk, party=Party.ASKER, way="visit", evidence="赵某签收", file=scan("signed.jpg"))
    for party in (Party.STUDIO, Party.WORK_DEPARTMENT):
        feedback.record_slip(clerk, pk, party=party, way="internal", evidence="站内送达 03-06 15:20")
    feedback.deliver(clerk, pk)
    on_paper = partial(ratings.rate_on_paper, rater="petitioner", entry="paper")
    with pytest.raises(NotAllowed):
        on_paper(unit, pk, Judgement(4), evidence="评议单 12 号")
    for evidence, file in (("", scan()), ("评议单 12 号", None)):
        with pytest.raises(RuleBroken):
            on_paper(clerk, pk, Judgement(4), evidence=evidence, file=file)
    on_paper(clerk, pk, Judgement(4), evidence="评议单 12 号", file=scan())
    (opened,) = belongings.rating_rounds(queries.appeal(clerk, pk))
    rating = opened.ratings.get()
    assert (rating.get_entry_display(), rating.entered_by_id) == ("纸质代录", clerk.user_id)


def slip_two_anonymous(clerk: Actor, pk: int) -> None:
    with pytest.raises(RuleBroken):
        triage.accept(clerk, pk, appeal_type="help", category=category_of("座椅"))
    triage.accept(clerk, pk, appeal_type="suggestion", category=category_of("座椅"))
    triage.answer_now(clerk, pk, text="采纳，四月增设四张座椅。", result="explained")
    appeal = queries.appeal(clerk, pk)
    slips = {slip.party: slip for slip in belongings.slips(appeal)}
    assert slips[Party.ASKER].note == "匿名-公告"
    for party in (Party.STUDIO, Party.WORK_DEPARTMENT):
        feedback.record_slip(clerk, pk, party=party, way="internal", evidence="站内送达")
    feedback.deliver(clerk, pk)
    appeal.refresh_from_db()
    assert (appeal.stage, appeal.outcome) == (Stage.CLOSED, Outcome.NOBODY_TO_RATE)


def slip_three_incomplete(clerk: Actor, pk: int) -> None:
    go("03-06 16:00")
    triage.request_info(clerk, pk, missing="一、要反映什么事；二、怎么联系您。请联络员上门核实。")
    with pytest.raises(RuleBroken) as early:
        triage.drop_incomplete(clerk, pk)
    assert "2026-03-13" in str(early.value)
    triage.remind(who("liaison.lt"), pk, text="03-09 上门，邻居说没人认得这张纸条")
    go("03-16 09:00")
    with pytest.raises(RuleBroken) as once:
        triage.drop_incomplete(clerk, pk)
    assert "两次" in str(once.value)
    triage.remind(who("liaison.lt"), pk, text="03-16 楼下张贴提醒，无人联系")
    triage.drop_incomplete(clerk, pk)
    appeal = queries.appeal(clerk, pk)
    assert appeal.stage == Stage.TERMINATED
    assert belongings.public_remarks(appeal)[0].kind == Remark.Kind.INFO_REQUEST
    leader = who("leader.hq")
    period = month(clock.today())
    good, rated = figures.satisfaction(figures.scope(leader), period, "petitioner")
    assert (good, rated) == (1, 1)


def category_of(words: str) -> str:
    from_words = {"楼道": "090102", "座椅": "010402"}
    return from_words[words]
