"""A closed appeal that was answered becomes the draft of a notice."""

from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import COUNTED_OUTCOMES, MAY_HAVE_CLOSED, Stage
from huiyin.journal.models import Event
from huiyin.journal.reactions import on
from huiyin.kernel import clock
from huiyin.publication import redaction
from huiyin.publication.models import Notice


@on(*MAY_HAVE_CLOSED, when=lambda event: event.after == Stage.CLOSED)
def draft_notice(event: Event) -> None:
    """Draft the notice of an answered matter once it is closed; default is public and de-identified (D1)."""
    appeal = Appeal.objects.select_related("contact", "area__estate", "area__parent").get(pk=event.subject_id)
    if appeal.outcome not in COUNTED_OUTCOMES:
        return
    draft = redaction.draft_of(appeal)
    Notice.objects.get_or_create(
        appeal=appeal,
        defaults={
            "title": draft.title,
            "place": draft.place,
            "said": draft.said,
            "answer": draft.answer,
            "area_path": appeal.area_path,
            "drafted_at": clock.now(),
        },
    )
