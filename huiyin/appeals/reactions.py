"""What follows from an appeal's events elsewhere: messages, what became of suggestions, what is found."""

from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet

from huiyin.appeals import reading, wording
from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import COUNTED_OUTCOMES, MAY_HAVE_CLOSED, RATED, Stage
from huiyin.appeals.turn import KIND
from huiyin.journal.models import Event
from huiyin.journal.reactions import on
from huiyin.kernel import clock
from huiyin.messaging import workflow as messaging
from huiyin.people import queries as people
from huiyin.people.roles import Role
from huiyin.triage import lessons
from huiyin.triage import workflow as triage
from huiyin.triage.lessons import Lesson, Source
from huiyin.triage.models import Aspect

_AT_ONCE: Final = 500
_CHOSEN: Final = {
    Aspect.CATEGORY.value: "category__code",
    Aspect.KIND.value: "appeal_type",
    Aspect.URGENCY.value: "urgency",
    Aspect.PLACE.value: "area__code",
    Aspect.UNIT.value: "lead_unit__code",
}
_SETTLES: Final = ("appeal.accept", "appeal.dispatch")
_TELLS_UNIT: Final = ("appeal.dispatch", "appeal.fail_reply")
_TELLS_PETITIONER: Final = ("appeal.request_info", "appeal.redirect", "appeal.refuse", "appeal.drop_incomplete")


def _facts(appeal: Appeal, event: Event) -> dict[str, str | int]:
    return {"number": appeal.number, "verb": event.verb, "appeal": appeal.pk}


@on("appeal.submit", when=lambda event: event.data.get("keeper") not in (None, event.actor_id))
def tell_keeper(event: Event) -> None:
    """The keeper hears that a matter has come in, unless they registered it themselves."""
    appeal = Appeal.objects.get(pk=event.subject_id)
    assert appeal.keeper_id is not None, "only an appeal with a keeper is told of"
    messaging.tell_user(
        f"{event.pk}:{appeal.keeper_id}",
        appeal.keeper_id,
        template="came_in",
        subject=(KIND, appeal.pk),
        facts=_facts(appeal, event),
    )


@on(*_TELLS_UNIT)
def tell_unit(event: Event) -> None:
    """The contacts of the lead unit hear of a new order or of a reply sent back."""
    appeal = Appeal.objects.get(pk=event.subject_id)
    posts = people.holders((Role.UNIT_CONTACT,), clock.local_date(event.at), unit_id=appeal.lead_unit_id)
    for post in posts:
        messaging.tell_user(
            f"{event.pk}:{post.user_id}",
            post.user_id,
            template="order",
            subject=(KIND, appeal.pk),
            facts=_facts(appeal, event),
        )


@on(*RATED, when=lambda event: event.after == Stage.REWORK)
def tell_of_rework(event: Event) -> None:
    """The head of the lead unit hears that an answer was not good enough."""
    appeal = Appeal.objects.get(pk=event.subject_id)
    for post in people.holders((Role.UNIT_LEADER,), clock.local_date(event.at), unit_id=appeal.lead_unit_id):
        messaging.tell_user(
            f"{event.pk}:{post.user_id}",
            post.user_id,
            template="rework",
            subject=(KIND, appeal.pk),
            facts=_facts(appeal, event),
        )


@on("appeal.deliver")
def tell_collector(event: Event) -> None:
    """The collecting representative hears of the answer and is asked to rate it."""
    appeal = Appeal.objects.get(pk=event.subject_id)
    if appeal.collector_id:
        messaging.tell_user(
            f"{event.pk}:{appeal.collector_id}",
            appeal.collector_id,
            template="please_rate",
            subject=(KIND, appeal.pk),
            facts=_facts(appeal, event),
        )


@on(*_TELLS_PETITIONER)
def tell_petitioner(event: Event) -> None:
    """A petitioner with a phone number is put on the list of those to be told."""
    appeal = Appeal.objects.get(pk=event.subject_id)
    if appeal.contact_id:
        messaging.tell_petitioner(
            str(event.pk),
            appeal.contact_id,
            template=event.verb.removeprefix("appeal."),
            subject=(KIND, appeal.pk),
            area_path=appeal.area_path,
            facts=_facts(appeal, event),
        )


@on(*_SETTLES)
def settle(event: Event) -> None:
    """What people chose is kept beside what was suggested."""
    _settle(event)


@on(*MAY_HAVE_CLOSED, when=lambda event: event.after == Stage.CLOSED)
def settle_at_the_end(event: Event) -> None:
    """What a matter turned out to be takes the place of what it was first taken for."""
    _settle(event)


def _settle(event: Event) -> None:
    accepted = Appeal.objects.filter(pk=event.subject_id, accepted_at__isnull=False)
    row = accepted.values_list(*_CHOSEN.values()).first()
    if row is not None:
        triage.settle(event.subject_id, {aspect: code or "" for aspect, code in zip(_CHOSEN, row, strict=True)})


def _labels(appeal: Appeal) -> dict[str, str]:
    code = appeal.category.code if appeal.category is not None else ""
    return {Aspect.CATEGORY: code, Aspect.KIND: appeal.appeal_type, Aspect.URGENCY: appeal.urgency}


def _closed() -> QuerySet[Appeal]:
    """The appeals readers may learn from: accepted, answered and closed, none of a secret track."""
    closed = Appeal.objects.filter(outcome__in=COUNTED_OUTCOMES, closed_at__isnull=False, accepted_at__isnull=False)
    return closed.exclude(track__in=reading.UNREAD_TRACKS).exclude(category=None)


def _lessons() -> Iterator[Lesson]:
    rows = _closed().select_related("category").order_by("closed_at", "pk")
    columns = ("subject", "detail", "appeal_type", "urgency", "closed_at", "category__code")
    for appeal in rows.only(*columns).iterator(_AT_ONCE):
        assert appeal.closed_at is not None, "a lesson is closed"
        yield Lesson(appeal.pk, appeal.subject, appeal.detail, _labels(appeal), appeal.closed_at)


lessons.offer(Source(_lessons, lambda: _closed().count()))


@on(*_SETTLES, *MAY_HAVE_CLOSED, when=lambda event: event.verb in _SETTLES or event.after == Stage.CLOSED)
def refresh_wording(event: Event) -> None:
    """A matter is found by the subject and place that were settled, by its unit, and as open until it is closed."""
    wording.refresh(event.subject_id)
