"""The only writer of events: one per verb, in the transaction of what the verb did."""

import os
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from huiyin.journal import reactions, rules, tasks
from huiyin.journal.models import Event, Failure
from huiyin.kernel import clock
from huiyin.people.actors import Actor

_SALT_BYTES: Final = 16


def record(
    actor: Actor,
    verb: str,
    *,
    kind: str,
    subject_id: int,
    before: str = "",
    after: str = "",
    data: Mapping[str, Any] | None = None,
    sealed: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event and defer its reactions, in the caller's transaction.

    `data` is stored and must hold no personal data; `sealed` (words of people) is only part of the hash.
    """
    assert transaction.get_connection().in_atomic_block, "an event belongs to the transaction of its verb"
    salt = os.urandom(_SALT_BYTES)
    seat = actor.seats[0] if actor.seats else None
    event = Event(
        at=clock.now(),
        verb=verb,
        subject_kind=kind,
        subject_id=subject_id,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        post_id=seat.post_id if seat else None,
        before=before,
        after=after,
        data=dict(data or {}),
        salt=salt,
    )
    event.digest = rules.digest(facts_of(event, sealed or {}), salt)
    event.save(force_insert=True)
    if reactions.concerned(event):
        tasks.defer_reactions(event)
    return event


def facts_of(event: Event, sealed: Mapping[str, Any]) -> dict[str, Any]:
    """What an event's hash covers: every fact of the row and the sealed words of its verb."""
    return {
        "at": event.at.isoformat(),
        "verb": event.verb,
        "subject": [event.subject_kind, event.subject_id],
        "actor": [str(event.actor_kind), event.actor_id, event.post_id],
        "stage": [event.before, event.after],
        "data": event.data,
        "sealed": dict(sealed),
    }


@transaction.atomic
def retry(actor: Actor, failure_id: int) -> None:
    """Give a stuck reaction's event to its reactions again."""
    failure = Failure.objects.select_for_update().get(pk=failure_id)
    failure.attempts = 0
    failure.save(update_fields=["attempts"])
    record(actor, "journal.retry", kind="event", subject_id=failure.event_id, data={"reaction": failure.reaction})
    tasks.defer_reactions(failure.event)
