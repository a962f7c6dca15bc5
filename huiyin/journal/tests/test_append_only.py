"""Events are never changed or deleted, and their hash covers what was said."""

import pytest
from django.db import DatabaseError, connection, transaction

from huiyin.journal import reactions, rules, workflow
from huiyin.journal.models import Delivery, Event, Failure
from huiyin.journal.reactions import ReactionFailed
from huiyin.people.actors import SYSTEM


@pytest.fixture
def event(db: None) -> Event:
    return workflow.record(SYSTEM, "test.said", kind="test", subject_id=1, data={"n": 1}, sealed={"text": "路灯"})


@pytest.mark.parametrize(
    "change", ["UPDATE journal_event SET verb = 'x'", "DELETE FROM journal_event", "TRUNCATE journal_event CASCADE"]
)
def test_the_database_refuses_to_change_or_delete_an_event(event: Event, change: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Event.objects.filter(pk=event.pk, verb="test.said").exists()


def test_the_hash_covers_facts_and_sealed_words(event: Event) -> None:
    facts = workflow.facts_of(event, {"text": "路灯"})
    assert rules.digest(facts, bytes(event.salt)) == event.digest
    assert rules.digest(workflow.facts_of(event, {"text": "路灯坏"}), bytes(event.salt)) != event.digest
    assert "路灯" not in str(event.data)


def test_a_reaction_has_its_effect_once_however_often_it_is_given(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setattr(reactions, "_REACTIONS", {"test.said": [lambda given: seen.append(given.pk)]})
    reactions.deliver(event)
    reactions.deliver(event)
    assert seen == [event.pk]
    assert Delivery.objects.filter(event=event).count() == 1


def test_a_failed_reaction_is_kept_does_not_stop_the_others_and_can_succeed_later(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def breaks(_given: Event) -> None:
        if not seen:
            raise ValueError("not yet")

    def works(given: Event) -> None:
        seen.append(given.pk)

    monkeypatch.setattr(reactions, "_REACTIONS", {"test.said": [breaks, works]})
    with pytest.raises(ReactionFailed):
        reactions.deliver(event)
    failure = Failure.objects.get(event=event)
    assert (failure.error, failure.attempts, failure.resolved_at) == ("ValueError", 1, None)
    assert seen == [event.pk]
    reactions.deliver(event)
    failure.refresh_from_db()
    assert failure.resolved_at is not None
    assert seen == [event.pk]
