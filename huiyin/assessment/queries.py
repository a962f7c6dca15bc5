"""Every read of the ledger, through the policy."""

from django.db.models import QuerySet

from huiyin.access import policy
from huiyin.assessment.models import Entry
from huiyin.people.actors import Actor


def ledger(actor: Actor) -> QuerySet[Entry]:
    """The entries of the units and territories an actor may read, newest first."""
    return Entry.objects.filter(policy.ledger_q(actor)).select_related("appeal", "unit")
