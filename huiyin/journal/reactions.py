"""The register of reactions, and how one event is given to them: at least once, its effects exactly once."""

from collections.abc import Callable
from typing import Final, TypeAlias

import structlog
from django.db import connection, transaction

from huiyin.journal.models import Delivery, Event, Failure
from huiyin.kernel import clock

Reaction: TypeAlias = Callable[[Event], None]

MAX_ATTEMPTS: Final = 5
Condition: TypeAlias = Callable[[Event], bool]
_REACTIONS: Final[dict[str, list[Reaction]]] = {}
_CONDITIONS: Final[dict[Reaction, Condition]] = {}
_log = structlog.get_logger(__name__)


class ReactionFailed(Exception):
    """At least one reaction to an event failed; the job is tried again."""


def on(*verbs: str, when: Condition | None = None) -> Callable[[Reaction], Reaction]:
    """Register a reaction to verbs; it must be safe to run twice and touches its own package's rows only.

    `when` reads the event's own facts and tells whether the reaction has anything to do with it.
    """

    def register(reaction: Reaction) -> Reaction:
        for verb in verbs:
            _REACTIONS.setdefault(verb, []).append(reaction)
        if when is not None:
            _CONDITIONS[reaction] = when
        return reaction

    return register


def concerned(event: Event) -> list[Reaction]:
    """The reactions that have something to do with an event."""
    return [
        reaction
        for reaction in _REACTIONS.get(event.verb, ())
        if reaction not in _CONDITIONS or _CONDITIONS[reaction](event)
    ]


def name_of(reaction: Reaction) -> str:
    """The name under which deliveries of a reaction are kept."""
    return f"{reaction.__module__.removeprefix('huiyin.')}.{reaction.__name__}"


def deliver(event: Event) -> None:
    """Give an event to every reaction that has not had it; raises ReactionFailed when one of them failed."""
    reactions = concerned(event)
    failed = [reaction for reaction in reactions if not _deliver_one(event, reaction)]
    done = [name_of(reaction) for reaction in reactions if reaction not in failed]
    Failure.objects.filter(event=event, reaction__in=done, resolved_at=None).update(resolved_at=clock.now())
    if failed:
        raise ReactionFailed(", ".join(name_of(reaction) for reaction in failed))


def _deliver_one(event: Event, reaction: Reaction) -> bool:
    name = name_of(reaction)
    try:
        with transaction.atomic():
            if _takes_delivery(event, name):
                reaction(event)
    except Exception as error:  # noqa: BLE001  the boundary of foreign reactions: kept as a row, shown, tried again
        _log.warning("reaction_failed", event_id=event.pk, reaction=name, error=type(error).__name__)
        _keep_failure(event, name, error)
        return False
    return True


def _takes_delivery(event: Event, name: str) -> bool:
    """Write the one delivery row of an event and a reaction; false when it was written before."""
    table = Delivery._meta.db_table  # noqa: SLF001  Django's public way to a table's name
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" (event_id, reaction, done_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING',  # noqa: S608  our own table's name
            [event.pk, name, clock.now()],
        )
        return int(cursor.rowcount) == 1


def _keep_failure(event: Event, name: str, error: Exception) -> None:
    failure, _ = Failure.objects.get_or_create(
        event=event, reaction=name, defaults={"error": "", "failed_at": clock.now()}
    )
    failure.attempts += 1
    failure.error = type(error).__name__
    failure.failed_at = clock.now()
    failure.resolved_at = None
    failure.save(update_fields=["attempts", "error", "failed_at", "resolved_at"])
