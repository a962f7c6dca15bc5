"""Every read of messages: an actor's own box, and whom the actor's territory still has to tell."""

from typing import Final

from django.db.models import QuerySet

from huiyin.access import policy
from huiyin.kernel.errors import N_, NotFound
from huiyin.kernel.held import HeldByKey
from huiyin.messaging.models import Message
from huiyin.people.actors import Actor


def box(actor: Actor) -> QuerySet[Message]:
    """The messages to the actor, newest first."""
    return Message.objects.filter(to_user_id=actor.user_id)


_UNREAD: Final[HeldByKey[int, int]] = HeldByKey(seconds=10)


def unread_count(actor: Actor) -> int:
    """How many messages the actor has not looked at; at most ten seconds old."""
    if actor.user_id is None:
        return 0
    return _UNREAD.get(actor.user_id, lambda: box(actor).filter(state=Message.State.DELIVERED).count())


def forget_unread() -> None:
    """Count unread messages anew, because some were just read."""
    _UNREAD.forget()


def to_tell(actor: Actor) -> QuerySet[Message]:
    """Petitioners of the actor's territory who still have to be told something, oldest first."""
    waiting = Message.objects.filter(policy.message_q(actor), to_contact__isnull=False, state=Message.State.WAITING)
    return waiting.select_related("to_contact").order_by("created_at")


def one_to_tell(actor: Actor, pk: int) -> Message:
    """One petitioner of the actor's territory who still has to be told; raises NotFound."""
    found = to_tell(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("unknown_message", N_("这条告知已经处理，或不在您的职责范围内。"))
    return found
