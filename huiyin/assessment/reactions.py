"""Every rating becomes an entry of the ledger."""

from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import RATED
from huiyin.assessment.models import Entry
from huiyin.journal.models import Event
from huiyin.journal.reactions import on


@on(*RATED)
def add_to_ledger(event: Event) -> None:
    """Append the rating of an event to the ledger of the unit that led the matter."""
    appeal = Appeal.objects.only("lead_unit", "area_path").get(pk=event.subject_id)
    Entry.objects.get_or_create(
        event_id=event.pk,
        defaults={
            "appeal": appeal,
            "unit_id": appeal.lead_unit_id,
            "area_path": appeal.area_path,
            "round": event.data["round"],
            "rater": event.data["rater"],
            "grade": event.data["grade"],
            "entry": event.data["entry"],
            "rated_at": event.at,
        },
    )
