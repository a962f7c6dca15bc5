"""The only writer of messages: sent once per key, delivered with evidence."""

from collections.abc import Mapping
from typing import Any

from huiyin.access import policy
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, NotFound, RuleBroken
from huiyin.messaging import queries
from huiyin.messaging.models import Message
from huiyin.people.actors import Actor


def tell_user(key: str, user_id: int, *, template: str, subject: tuple[str, int], facts: Mapping[str, Any]) -> None:
    """Put one message into a staff member's box; the same key tells once. `facts` hold no personal data."""
    Message.objects.get_or_create(
        key=key,
        defaults={
            "to_user_id": user_id,
            "way": Message.Way.APP,
            "state": Message.State.DELIVERED,
            "template": template,
            "facts": dict(facts),
            "subject_kind": subject[0],
            "subject_id": subject[1],
            "created_at": clock.now(),
            "delivered_at": clock.now(),
        },
    )


def tell_petitioner(
    key: str, contact_id: int, *, template: str, subject: tuple[str, int], area_path: str, facts: Mapping[str, Any]
) -> None:
    """Put one message to a petitioner on the list of those to be told by phone or letter; the same key tells once."""
    Message.objects.get_or_create(
        key=key,
        defaults={
            "to_contact_id": contact_id,
            "way": Message.Way.PHONE,
            "template": template,
            "facts": dict(facts),
            "subject_kind": subject[0],
            "subject_id": subject[1],
            "area_path": area_path,
            "created_at": clock.now(),
        },
    )


def mark_told(actor: Actor, pk: int, *, way: str, evidence: str) -> Message:
    """A petitioner was told: how, and the evidence (call record, letter number). Raises NotFound, RuleBroken."""
    found = Message.objects.filter(
        policy.message_q(actor), pk=pk, to_contact__isnull=False, state=Message.State.WAITING
    ).first()
    if found is None:
        raise NotFound("unknown_message", N_("这条告知已经处理，或不在您的职责范围内。"))
    if way not in (Message.Way.PHONE, Message.Way.LETTER) or not evidence.strip():
        raise RuleBroken("evidence_missing", N_("请写明怎么告知的，例如「10:05 电话，本人接听」。"))
    found.way, found.evidence = way, evidence.strip()
    found.state, found.delivered_at, found.delivered_by_id = Message.State.DELIVERED, clock.now(), actor.user_id
    found.save(update_fields=["way", "evidence", "state", "delivered_at", "delivered_by"])
    return found


def mark_read(actor: Actor) -> int:
    """The actor has looked at their box."""
    waiting = Message.objects.filter(to_user_id=actor.user_id, state=Message.State.DELIVERED)
    queries.forget_unread()
    return waiting.update(state=Message.State.READ)
