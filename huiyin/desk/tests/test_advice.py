"""Suggestions beside the form of accepting: reasons, three choices, one key, and what people change."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.appeals import reading
from huiyin.appeals.models import Appeal
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.desk.tests.test_acts import do
from huiyin.journal import tasks as journal_tasks
from huiyin.journal.models import Event
from huiyin.kernel import held
from huiyin.triage import queries
from tests.journeys.steps import who

WORDS = "路灯不亮，铁路小区 3 号楼前的路灯坏了三天，晚上太黑"


@pytest.fixture(autouse=True)
def _held_reactions() -> Iterator[None]:
    journal_tasks.hold_reactions()
    yield
    journal_tasks.release_reactions()


def read(words: str = WORDS, **more: object) -> Appeal:
    """A matter the worker has read."""
    found = matters.registered(words, **more)
    reading.suggest_new()
    return found


def form_of(desk: Desk, found: Appeal, **headers: str) -> str:
    """The form of accepting as the clerk sees it."""
    return desk("clerk.lt").get(f"/desk/appeal/{found.pk}/do/accept/", **headers).content.decode()  # type: ignore[arg-type]  # headers of the test client


def test_a_suggestion_shows_its_reason_and_how_sure_it_is_in_words(desk: Desk) -> None:
    found = read()
    page = form_of(desk, found)
    assert "系统建议" in page and "路灯不亮（市政设施）" in page
    assert "「路灯」" in page and ("很有把握" in page or "比较有把握" in page)
    assert "根据事项分类的词表" in page
    assert "住建局" in page
    likely = [choice for choice in queries.of_appeal(found.pk)["category"].choices if choice["p"] >= 0.05]
    assert page.count('type="radio" name="suggested"') == len(likely)


def test_one_key_accepts_what_is_suggested_and_needs_no_script(desk: Desk) -> None:
    found = read()
    page = form_of(desk, found)
    assert 'accesskey="a"' in page and "<kbd>a</kbd>" in page and "desk/advice.js" in page
    kind = queries.of_appeal(found.pk)["kind"].best
    taken = {
        "is_taken": "1",
        "category": "010101",
        "appeal_type": kind,
        "urgency": "normal",
        "place": found.area.full_name,
        "subject": found.subject,
    }
    for name, value in taken.items():
        assert f'name="{name}" value="{value}"' in page
    assert do(desk("clerk.lt"), found, "accept", **taken) == 302
    journal_tasks.run_held_reactions()
    row = queries.of_appeal(found.pk)["category"]
    assert (row.is_taken, row.chosen, row.rank) == (True, "010101", 0)
    assert Event.objects.get(verb="suggestion.take").actor_id == who("clerk.lt").user_id


def test_one_key_sends_it_where_the_catalogue_says(desk: Desk) -> None:
    found = matters.accepted()
    page = desk("clerk.lt").get(f"/desk/appeal/{found.pk}/do/dispatch/").content.decode()
    assert "data-key-take" in page and "<kbd>a</kbd>" in page
    assert "data-key-take" not in desk("clerk.lt").get(f"/desk/appeal/{found.pk}/do/note/").content.decode()


def test_what_is_changed_is_kept_as_a_correction_and_not_as_taken(desk: Desk) -> None:
    found = read()
    changed = {
        "is_taken": "1",
        "suggested": "010101",
        "category": "010103",
        "appeal_type": "suggestion",
        "urgency": "normal",
        "place": found.area.full_name,
        "subject": "装灯",
    }
    assert do(desk("clerk.lt"), found, "accept", **changed) == 302
    journal_tasks.run_held_reactions()
    row = queries.of_appeal(found.pk)["category"]
    assert (row.is_taken, row.best, row.chosen) == (False, "010101", "010103")
    assert matters.again(found).appeal_type == "suggestion"


def test_one_of_the_three_can_be_chosen(desk: Desk) -> None:
    found = read()
    given = {"appeal_type": "help", "place": found.area.full_name, "urgency": "normal", "subject": "灯"}
    assert do(desk("clerk.lt"), found, "accept", category="", **given) == 422
    assert do(desk("clerk.lt"), found, "accept", suggested="999999", **given) == 422
    second = queries.of_appeal(found.pk)["category"].choices[1]["code"]
    assert do(desk("clerk.lt"), found, "accept", suggested=second, **given) == 302
    assert matters.again(found).category.code == second  # type: ignore[union-attr]  # it was accepted


def test_words_being_typed_are_read_as_they_will_be_stored(desk: Desk) -> None:
    found = read()
    typed = desk("clerk.lt").post("/desk/register/suggested/", {"detail": WORDS}).content.decode()
    likely = [choice["code"] for choice in queries.of_appeal(found.pk)["category"].choices if choice["p"] >= 0.05]
    assert re.findall(r'name="category" value="(\d+)"', typed) == likely
    assert "住建局" in typed and "「路灯」" in typed


def test_without_a_clear_word_a_person_decides(desk: Desk) -> None:
    page = form_of(desk, read("请来人看看"))
    assert "这件系统拿不准，请您来定。" in page
    assert "data-key-take" not in page


def test_before_the_worker_has_read_it_the_keywords_hint(desk: Desk) -> None:
    page = form_of(desk, matters.registered(WORDS))
    assert "这件刚登记，建议还没有存好" in page and "路灯不亮（市政设施）" in page
    assert "data-key-take" not in page


def test_an_anonymous_matter_is_not_suggested_to_be_a_claim(desk: Desk) -> None:
    found = read(name="", phone="", is_anonymous=True)
    page = form_of(desk, found)
    assert 'type="hidden" name="appeal_type"' not in page
    assert 'value="report" id="id_appeal_type_3" checked' in page


def test_words_are_escaped(desk: Desk) -> None:
    page = form_of(desk, read("路灯<script>不亮</script>，太黑，路灯坏了"))
    assert "<script>不亮" not in page


def test_the_form_asks_a_fixed_number_of_queries(desk: Desk) -> None:
    found, clerk = read(), desk("clerk.lt")
    clerk.get(f"/desk/appeal/{found.pk}/do/accept/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            clerk.get(f"/desk/appeal/{found.pk}/do/accept/", HTTP_HX_REQUEST="true")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    suggestions = [query for query in asked.captured_queries if "triage_suggestion" in query["sql"]]
    assert len(suggestions) == 1
    held.forget_all()
