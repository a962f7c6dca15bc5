"""Original and public side by side, for the two people who answer for a notice: words, masked stretches, photos."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from huiyin.access import policy
from huiyin.appeals import belongings
from huiyin.attachments import queries as attachments
from huiyin.attachments.models import Attachment
from huiyin.people.actors import Actor
from huiyin.publication import redaction
from huiyin.publication.models import Notice
from huiyin.text.mask.findings import Masked, Span

State = Notice.State


@dataclass(frozen=True, slots=True)
class Words:
    """One field of a notice: what was said, what the machine masked in it, and what stands in the notice now."""

    field: str
    original: str
    masked: Masked
    final: str
    left_over: tuple[Span, ...]


def words(notice: Notice) -> list[Words]:
    """The words of a notice beside their originals, with what still looks like personal data in the final ones."""
    appeal = notice.appeal
    parties = redaction.parties_of(appeal)
    originals = {
        "title": (appeal.subject, notice.title),
        "said": (appeal.detail, notice.said),
        "answer": (belongings.answer_given(appeal), notice.answer),
    }
    return [
        Words(name, said, redaction.masked(said, parties), final, redaction.masked(final, parties).spans)
        for name, (said, final) in originals.items()
    ]


def is_too_deep(place: str) -> bool:
    """Whether a public place names more than the estate: a building, a unit, a door (scenario S01)."""
    return bool(redaction.masked(place, []).spans)


def originals(notice: Notice) -> list[Attachment]:
    """The photos of the appeal and of its replies; they are never public themselves."""
    said = [
        file for file in attachments.of_subject("appeal", notice.appeal_id) if file.purpose == Attachment.Purpose.SAID
    ]
    replies = [reply.pk for reply in belongings.answers(notice.appeal)]
    answered = attachments.of_subjects("reply", replies).filter(purpose=Attachment.Purpose.REPLY)
    return [file for file in (*said, *answered) if file.media_type.startswith("image/")]


def masked_photos(notice_ids: Iterable[int]) -> QuerySet[Attachment]:
    """The masked photos of some notices: of each original the newest copy, for an older one may show too much."""
    copies = attachments.of_subjects("notice", notice_ids).filter(purpose=Attachment.Purpose.MASKED)
    return copies.order_by("subject_id", "masked_from_id", "-pk").distinct("subject_id", "masked_from_id")


def public_photo(pk: int) -> Attachment | None:
    """A masked photo that is public now: the newest copy, of a released notice; else None."""
    file = Attachment.objects.filter(pk=pk, subject_kind="notice", purpose=Attachment.Purpose.MASKED).first()
    if file is None or not Notice.objects.filter(pk=file.subject_id, state=State.RELEASED).exists():
        return None
    return file if file.pk in {each.pk for each in masked_photos([file.subject_id])} else None


def recent(actor: Actor, *, limit: int = 10) -> list[Notice]:
    """The notices of the actor's territory that were released last, to be looked at again or taken down."""
    reach = policy.notice_q(actor, "notice.release")
    found = Notice.objects.filter(reach, state=State.RELEASED).select_related("prepared_by", "released_by")
    return list(found.order_by("-released_at", "-pk")[:limit])
