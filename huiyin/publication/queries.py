"""Every read of notices: what everyone sees, and what waits for people of a territory."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from huiyin.access import policy
from huiyin.attachments import queries as attachments
from huiyin.attachments.models import Attachment
from huiyin.finding import queries as finding
from huiyin.kernel.errors import N_, NotFound
from huiyin.people.actors import Actor
from huiyin.publication.models import Notice
from huiyin.publication.wording import KIND

_ALIKE: Final = 0.2


def released(*, area_path: str = "", category: str = "", words: str = "") -> QuerySet[Notice]:
    """What is on the board, newest first, narrowed by place, category or words."""
    found = Notice.objects.filter(state=Notice.State.RELEASED)
    if area_path:
        found = found.filter(policy.below(area_path))
    if category:
        found = found.filter(appeal__category__code__startswith=category)
    if words.strip():
        found = found.filter(finding.says(KIND, words))
    return found.select_related("appeal__category", "appeal__lead_unit").order_by("-released_at", "-pk")


def released_notice(pk: int) -> Notice:
    """One released notice; raises NotFound for everything that is not public."""
    found = released().filter(pk=pk).first()
    if found is None:
        raise NotFound("unknown_notice", N_("没有这份公示，或已经撤下。"))
    return found


def photos(notice: Notice) -> QuerySet[Attachment]:
    """The masked photos of a notice, of each original the newest copy: the only pictures that are ever public."""
    copies = attachments.of_subjects("notice", [notice.pk]).filter(purpose=Attachment.Purpose.MASKED)
    return copies.order_by("masked_from", "-pk").distinct("masked_from")


def waiting(actor: Actor) -> QuerySet[Notice]:
    """Drafts to be prepared and prepared notices to be released in the actor's territory, oldest first."""
    reach = policy.notice_q(actor, "notice.prepare") | policy.notice_q(actor, "notice.release")
    return (
        Notice.objects.filter(reach, state__in=(Notice.State.DRAFT, Notice.State.PREPARED))
        .select_related("appeal", "prepared_by")
        .order_by("drafted_at")
    )


def notice(actor: Actor, pk: int) -> Notice:
    """One notice of the actor's territory in any state; raises NotFound outside."""
    reach = policy.notice_q(actor, "notice.prepare") | policy.notice_q(actor, "notice.release")
    found = Notice.objects.filter(reach, pk=pk).select_related("appeal__contact", "appeal__area", "prepared_by").first()
    if found is None:
        raise NotFound("unknown_notice", N_("没有找到这份公示稿，或不在您的职责范围内。"))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A released notice as it stands beside somebody's words; it holds nothing that is not public."""

    pk: int
    title: str
    place: str
    released_at: datetime | None
    persons_count: int


def alike(words: str, *, area_path: str = "", most: int = 12) -> list[Told]:
    """The released notices of a territory, or of the whole district, about something like these words, best first."""
    scope = policy.below(area_path) if area_path else policy.EVERYTHING
    places = {each.subject_id: at for at, each in enumerate(_alike(words, scope, most))}
    rows = released(area_path=area_path).filter(pk__in=list(places))
    found = rows.values_list("pk", "title", "place", "released_at", "appeal__persons_count")
    return sorted((Told(*row) for row in found), key=lambda told: places[told.pk])


def _alike(words: str, scope: Q, most: int) -> list[finding.Alike]:
    return finding.alike(KIND, words, scope=scope, least=_ALIKE, most=most)
