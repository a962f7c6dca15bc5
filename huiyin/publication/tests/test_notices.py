"""A notice is masked, prepared by one person, released by another, and nothing of it is public before."""

import pytest
from django.db import IntegrityError, transaction

from huiyin.appeals.models import Appeal
from huiyin.journal.models import Event
from huiyin.kernel.errors import DomainError, NotAllowed, NotFound, RuleBroken, WrongStage
from huiyin.publication import comparison, queries, reactions, redaction, workflow
from huiyin.publication.models import Notice
from huiyin.publication.tests.conftest import who
from huiyin.territory import queries as territory

WORDS = {"title": "路灯不亮", "place": "铁路小区", "said": "楼前路灯不亮", "answer": "已更换灯具。"}


def prepared(draft: Notice) -> Notice:
    return workflow.prepare(who("clerk.lt"), draft.pk, **WORDS)


def test_the_draft_names_no_person_no_number_and_no_building(draft: Notice) -> None:
    for text in (draft.title, draft.said, draft.answer, draft.place):
        for secret in ("王秀兰", "19900001001", "502", "3 号楼"):
            assert secret not in text
    assert draft.place == "铁路小区" and "路灯不亮" in draft.said and "更换" in draft.answer
    assert redaction.public_place(territory.area_by_code("lt-tielu-03")) == "铁路小区"
    assert comparison.is_too_deep("铁路小区 3 号楼 502") and not comparison.is_too_deep("铁路小区")


def test_the_reaction_may_run_twice_and_drafts_once(draft: Notice, closed: Appeal) -> None:
    reactions.draft_notice(Event.objects.get(subject_kind="appeal", subject_id=closed.pk, after="closed"))
    assert Notice.objects.count() == 1


def test_nothing_is_public_before_a_second_person_released_it(draft: Notice) -> None:
    with pytest.raises(WrongStage):
        workflow.release(who("director.lt"), draft.pk)
    prepared(draft)
    with pytest.raises(RuleBroken, match="同一个人"):
        workflow.release(who("clerk.lt"), draft.pk)
    with pytest.raises(NotFound):
        queries.released_notice(draft.pk)
    workflow.release(who("director.lt"), draft.pk)
    assert queries.released_notice(draft.pk).said == WORDS["said"]
    assert list(queries.released(area_path=draft.area_path, category="01", words="路灯 灯具")) == [draft]
    assert not queries.released(words="路灯 电梯").exists()
    workflow.retract(who("director.lt"), draft.pk)
    with pytest.raises(NotFound):
        queries.released_notice(draft.pk)


def test_the_events_hold_no_words(draft: Notice) -> None:
    prepared(draft)
    workflow.release(who("director.lt"), draft.pk)
    for event in Event.objects.filter(subject_kind="notice"):
        assert WORDS["said"] not in str(event.data) and WORDS["answer"] not in str(event.data)


def test_others_may_not_touch_it(draft: Notice) -> None:
    for outsider in ("clerk.ml", "contact.housing"):
        with pytest.raises(NotFound):
            workflow.prepare(who(outsider), draft.pk, **WORDS)
        assert not queries.waiting(who(outsider)).exists()
    with pytest.raises(NotAllowed):
        workflow.prepare(who("review.nsl"), draft.pk, **WORDS)


def test_it_is_sent_back_or_withheld_for_a_listed_reason_only(draft: Notice) -> None:
    prepared(draft)
    workflow.send_back(who("director.lt"), draft.pk)
    with pytest.raises(RuleBroken):
        workflow.withhold(who("director.lt"), draft.pk, reason="不想公开")
    with pytest.raises(RuleBroken):
        workflow.prepare(who("clerk.lt"), draft.pk, **{**WORDS, "answer": " "})
    workflow.withhold(who("director.lt"), draft.pk, reason="privacy")
    with pytest.raises(DomainError):
        prepared(draft)
    assert not queries.released().exists() and not queries.waiting(who("clerk.lt")).exists()


@pytest.mark.parametrize(
    ("state", "name"),
    [("released", "released_notice_has_two_people"), ("withheld", "withheld_notice_has_reason")],
)
def test_the_database_itself_refuses_a_notice_without_its_people(draft: Notice, state: str, name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Notice.objects.filter(pk=draft.pk).update(state=state)
