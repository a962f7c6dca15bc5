"""What follows from an appeal's events elsewhere: messages to those who have to know."""

from typing import Final

from huiyin.appeals.models import Appeal
from huiyin.appeals.turn import KIND
from huiyin.journal.models import Event
from huiyin.journal.reactions import on
from huiyin.kernel import clock
from huiyin.messaging import workflow as messaging
from huiyin.people import queries as people
from huiyin.people.roles import Role

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


@on("appeal.rate", "appeal.rate_collected", "appeal.rate_on_paper", when=lambda event: event.after == "rework")
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
