"""What is suggested at registering, settled by what people chose, taken with one key; which reader speaks."""

from copy import copy

import pytest
from django.db.models.base import ModelState

from huiyin.appeals import reading
from huiyin.appeals.models import Appeal
from huiyin.appeals.workflow import intake, triage
from huiyin.catalogue.models import Track
from huiyin.journal import tasks as journal_tasks
from huiyin.journal.models import Event
from huiyin.kernel import clock
from huiyin.kernel.errors import NotFound, RuleBroken
from huiyin.people import queries as people
from huiyin.people.actors import SYSTEM
from huiyin.text.classify import training
from huiyin.text.classify.views import Appeal as Texts
from huiyin.triage import queries, readers, workflow
from huiyin.triage.models import Aspect, Reader, Suggestion
from huiyin.triage.tests.conftest import lessons_of_two_months
from huiyin.triage.thinking import Words
from tests.journeys.steps import go, who
from tests.journeys.steps import intake as said

WORDS = "铁路小区 3 号楼前路灯不亮，晚上太黑"


def another(reader: Reader, **more: object) -> Reader:
    """A second reader like the first, not stored yet."""
    again = copy(reader)
    again.pk, again._state = None, ModelState()
    for name, value in more.items():
        setattr(again, name, value)
    return again


def registered(words: str = WORDS) -> Appeal:
    """Said at the counter of 龙躺."""
    return intake.register(who("clerk.lt"), said(words, place="990101001001", name="王秀兰", channel="room_visit"))


@pytest.fixture
def reader(haiqing: None) -> Reader:
    """A reader of two months of lessons, its file in the store, not serving yet."""
    lessons = lessons_of_two_months(80)
    classifier = training.trained(
        [Texts(each.subject, each.detail) for each in lessons], [each.labels["category"] for each in lessons]
    )
    sha256, size_bytes = readers.keep(classifier)
    label_of = {code: code for code in classifier.labels}
    return Reader(
        aspect=Aspect.CATEGORY,
        trained_at=clock.now(),
        closed_count=80,
        lessons_count=80,
        labels_count=len(classifier.labels),
        sha256=sha256,
        size_bytes=size_bytes,
        learned={"label_of": label_of, "counts": dict.fromkeys(label_of, 20), "trust": 1.0},
        held_out_count=20,
        right_count=20,
        live_right_count=10,
        outcome=Reader.Outcome.LIVE,
    )


def test_a_new_matter_is_read_after_it_was_registered(haiqing: None, held_reactions: None) -> None:
    found = registered()
    assert not queries.of_appeal(found.pk)
    assert (reading.suggest_new(), reading.suggest_new()) == (1, 0)
    rows = queries.of_appeal(found.pk)
    category = rows["category"]
    assert category.best == "010101" and category.reader is None and not category.abstains
    assert "路灯" in category.choices[0]["words"]
    assert rows["unit"].best == "housing" and rows["unit"].choices[0]["words"] == ["010101"]
    assert rows["place"].best == "lt-tielu-03"
    assert rows["urgency"].best == "normal" and rows["kind"].best in {"help", "complaint"}


def test_misconduct_reports_are_not_read(haiqing: None, held_reactions: None) -> None:
    found = registered("举报某科长收受红包")
    Appeal.objects.filter(pk=found.pk).update(track=Track.MISCONDUCT_REPORT)
    reading.suggest_new()
    assert not queries.of_appeal(found.pk)


def test_what_people_chose_is_kept_beside_what_was_suggested(haiqing: None, held_reactions: None) -> None:
    found = registered()
    reading.suggest_new()
    second = queries.of_appeal(found.pk)["category"].choices[1]["code"]
    go("03-02 10:30")
    triage.accept(who("clerk.lt"), found.pk, appeal_type="complaint", category=second)
    journal_tasks.run_held_reactions()
    rows = queries.of_appeal(found.pk)
    assert (rows["category"].best, rows["category"].chosen, rows["category"].rank) == ("010101", second, 1)
    assert rows["category"].settled_at == clock.now()
    assert rows["kind"].chosen == "complaint" and rows["unit"].settled_at is None
    triage.dispatch(who("clerk.lt"), found.pk, unit_id=people.unit_by_code("water").pk, reason="泵站院内")
    journal_tasks.run_held_reactions()
    unit = queries.of_appeal(found.pk)["unit"]
    assert (unit.chosen, unit.rank) == ("water", None)


def test_a_matter_accepted_before_it_was_read_gets_no_suggestion(haiqing: None, held_reactions: None) -> None:
    found = registered()
    triage.accept(who("clerk.lt"), found.pk, appeal_type="help", category="010101")
    reading.suggest_new()
    journal_tasks.run_held_reactions()
    assert not queries.of_appeal(found.pk)


def test_reading_and_settling_twice_change_nothing(haiqing: None) -> None:
    words = Words("路灯不亮", WORDS)
    workflow.suggest(7, words, day=clock.today())
    workflow.suggest(7, words, day=clock.today())
    workflow.settle(7, {"category": "010101"})
    before = Suggestion.objects.get(appeal_id=7, aspect="category")
    go("03-03 10:00")
    workflow.settle(7, {"category": "010101"})
    assert Suggestion.objects.get(pk=before.pk).settled_at == before.settled_at
    workflow.settle(7, {"category": "020101"})
    assert Suggestion.objects.get(pk=before.pk).rank != 0
    assert Suggestion.objects.filter(appeal_id=7, aspect="category").count() == 1


def test_who_took_a_suggestion_is_the_journals_business(haiqing: None) -> None:
    workflow.suggest(7, Words("路灯不亮", WORDS), day=clock.today())
    workflow.take(who("clerk.lt"), 7)
    assert all(row.is_taken for row in queries.of_appeal(7).values() if row.aspect != "unit")
    assert Event.objects.get(verb="suggestion.take").actor_id == who("clerk.lt").user_id
    assert not [field for field in Suggestion._meta.get_fields() if field.is_relation and field.name != "reader"]


def test_the_reader_that_serves_is_asked(reader: Reader) -> None:
    kept = workflow.keep_reader(SYSTEM, reader)
    workflow.suggest(7, Words("水压低", "早晚水压低，3 号楼自来水小得洗不了菜"), day=clock.today())
    row = queries.of_appeal(7)["category"]
    assert (row.best, row.reader_id) == ("070102", kept.pk)
    assert row.probability > 0.6 and row.choices[0]["words"]


def test_a_reader_whose_file_is_gone_is_stood_in_for_by_the_starter(reader: Reader) -> None:
    workflow.keep_reader(SYSTEM, reader)
    readers.drop(reader.sha256)
    workflow.suggest(7, Words("路灯不亮", WORDS), day=clock.today())
    assert queries.of_appeal(7)["category"].reader is None


def test_one_command_brings_the_reader_before_back(reader: Reader) -> None:
    first = workflow.keep_reader(SYSTEM, reader)
    second = workflow.keep_reader(SYSTEM, another(reader))
    assert queries.live()["category"].reader_id == second.pk
    assert workflow.go_back(SYSTEM, "category").reader_id == first.pk
    assert queries.serving()["category"].is_pinned
    assert workflow.go_back(SYSTEM, "category").reader is None
    assert "category" not in queries.live()
    assert workflow.use(SYSTEM, second.pk).reader_id == second.pk
    released = workflow.release(SYSTEM, "category")
    assert released is not None and not released.is_pinned and released.reader_id == second.pk
    verbs = list(Event.objects.filter(subject_kind="reader").order_by("pk").values_list("verb", flat=True))
    assert verbs[-4:] == ["reader.go_back", "reader.go_back", "reader.serve", "reader.release"]


def test_what_cannot_serve_is_refused(reader: Reader) -> None:
    with pytest.raises(NotFound):
        workflow.use(SYSTEM, 99)
    kept = workflow.keep_reader(SYSTEM, reader)
    readers.drop(kept.sha256)
    with pytest.raises(RuleBroken):
        workflow.use(SYSTEM, kept.pk)
    with pytest.raises(RuleBroken):
        workflow.go_back(SYSTEM, "kind")


def test_old_files_go_but_not_those_one_can_go_back_to(reader: Reader) -> None:
    kept = [workflow.keep_reader(SYSTEM, reader)]
    for number in range(6):
        pinned = another(reader, sha256=f"{number:064x}", outcome=Reader.Outcome.PINNED)
        kept.append(workflow.keep_reader(SYSTEM, pinned))
    assert workflow.drop_old_files() == 2
    left = set(queries.with_files().values_list("pk", flat=True))
    assert left == {kept[0].pk, *(row.pk for row in kept[3:])}
    assert readers.is_there(queries.reader(kept[0].pk).sha256)
