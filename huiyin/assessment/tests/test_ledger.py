"""Every rating is one entry of the ledger of the unit that led the matter; who may read it, and how it is narrowed."""

from datetime import timedelta

import pytest

from huiyin.appeals.models import Appeal
from huiyin.assessment import queries, reactions
from huiyin.assessment.models import Entry
from huiyin.assessment.queries import Chosen
from huiyin.assessment.tests.conftest import who
from huiyin.journal import tasks as journal_tasks
from huiyin.journal.models import Event
from huiyin.kernel import clock
from huiyin.people.actors import NOBODY


@pytest.fixture
def entry(closed: Appeal) -> Entry:
    """The one entry of a matter rated 满意 by its petitioner."""
    journal_tasks.run_held_reactions()
    return Entry.objects.get()


def test_a_rating_is_one_entry_however_often_its_event_is_given(entry: Entry) -> None:
    reactions.add_to_ledger(Event.objects.get(pk=entry.event_id))
    assert Entry.objects.count() == 1
    assert (entry.rater, entry.grade, entry.round) == ("petitioner", 4, 1)
    assert entry.unit is not None and entry.unit.code == "housing"
    assert entry.rated_at == clock.now()


@pytest.mark.parametrize("login", ["clerk.lt", "contact.housing", "leader.hq"])
def test_its_territory_and_its_unit_read_it(entry: Entry, login: str) -> None:
    assert list(queries.ledger(who(login))) == [entry]


@pytest.mark.parametrize("login", ["clerk.ml", "contact.water", "rep1.lt"])
def test_others_do_not(entry: Entry, login: str) -> None:
    assert not queries.ledger(who(login)).exists() and not queries.ledger(NOBODY).exists()


def test_it_is_narrowed_by_place_unit_rater_grade_and_local_days(entry: Entry) -> None:
    found, day = queries.ledger(who("leader.hq")), clock.today()
    kept = (
        Chosen(),
        Chosen(area_path=entry.area_path, unit_id=entry.unit_id, rater="petitioner", grade=4),
        Chosen(since=day, until=day),
    )
    left_out = (
        Chosen(grade=3),
        Chosen(rater="representative"),
        Chosen(unit_id=-1),
        Chosen(since=day + timedelta(days=1)),
        Chosen(until=day - timedelta(days=1)),
    )
    assert [queries.narrowed(found, chosen).count() for chosen in kept] == [1] * len(kept)
    assert [queries.narrowed(found, chosen).count() for chosen in left_out] == [0] * len(left_out)


def test_the_summary_counts_by_rater(entry: Entry) -> None:
    counted = queries.summary(queries.ledger(who("leader.hq")))
    assert counted == {"all": 1, "residents": 1, "residents_well": 1, "representatives": 0, "representatives_well": 0}
    assert queries.last_grades([entry.appeal_id, 0]) == {entry.appeal_id: 4}
