"""Every read of messages: an actor's own box, and whom the actor's territory still has to tell."""

from django.db.models import QuerySet

from huiyin.access import policy
from huiyin.kernel.errors import N_, NotFound
from huiyin.messaging.models import Message
from huiyin.people.actors import Actor


def box(actor: Actor) -> QuerySet[Message]:
    """The messages to the actor, newest first."""
    return Message.objects.filter(to_user_id=actor.user_id)


def unread_count(actor: Actor) -> int:
    """How many messages the actor has not looked at."""
    return box(actor).filter(state=Message.State.DELIVERED).count()


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
