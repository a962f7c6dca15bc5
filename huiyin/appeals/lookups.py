"""Reads that find appeals from what is at hand: a number, a phone, a reply, the slips of an opinion box."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Count, QuerySet

from huiyin.access import policy
from huiyin.appeals import queries
from huiyin.appeals.models import Appeal, BoxOpening, Remark, Reply
from huiyin.kernel import numbers
from huiyin.kernel.errors import N_, NotFound
from huiyin.people import rules, vault
from huiyin.people.actors import Actor


def by_number(actor: Actor, words: str) -> Appeal | None:
    """The appeal whose whole number was typed or read aloud, when the actor sees it."""
    digits = numbers.normalise(words)
    if len(digits) != numbers.NUMBER_DIGITS or not numbers.is_sound(digits):
        return None
    return queries.visible(actor).filter(number=digits).only("pk").first()


def own(actor: Actor, words: str) -> Appeal | None:
    """The appeal with this number as its petitioner follows it, when the session has proved it."""
    number = numbers.normalise(words)
    named = queries.visible(actor).select_related("area", "lead_unit", "studio", "answer_limit", "category")
    return named.filter(number=number).first() if numbers.is_sound(number) else None


def all_own(actor: Actor) -> list[Appeal]:
    """The appeals the session has proved, newest first."""
    return queries.named_rows(queries.visible(actor).order_by("-pk"))


def some(actor: Actor, pks: Iterable[int]) -> list[Appeal]:
    """Several appeals by row id, as far as the actor sees them, with the names their rows show."""
    return queries.named_rows(queries.visible(actor).filter(pk__in=list(pks)).order_by("pk"))


def of_phone(actor: Actor, phone: str, *, limit: int = 5) -> list[Appeal]:
    """The newest appeals said from a phone number that the actor sees; none for less than five digits."""
    bare = rules.normal_phone(phone)
    if len(bare) < 5:
        return []
    return of_phone_digest(actor, vault.blind(bare, about="phone"))[:limit]


def of_same_phone(actor: Actor, found: Appeal, *, limit: int = 5) -> list[Appeal]:
    """Other appeals from the same phone number that the actor sees, newest first."""
    if found.contact is None or found.contact.phone_digest is None:
        return []
    same = of_phone_digest(actor, bytes(found.contact.phone_digest))
    return [row for row in same[: limit + 1] if row.pk != found.pk][:limit]


def of_phone_digest(actor: Actor, digest: bytes) -> list[Appeal]:
    """The newest six appeals under one blind index of a phone number: number, subject and stage."""
    said = queries.visible(actor).filter(contact__phone_digest=digest)
    return list(said.only("number", "subject", "stage").order_by("-pk")[:6])


def appeal_of_reply(reply_id: int) -> int:
    """The row id of the appeal a reply belongs to; raises NotFound."""
    found = Reply.objects.filter(pk=reply_id).values_list("appeal_id", flat=True).first()
    if found is None:
        raise NotFound("unknown_file", N_("没有找到这个文件。"))
    return found


def box_openings(actor: Actor) -> QuerySet[BoxOpening]:
    """The openings of opinion boxes in the actor's territory, newest first, with how many slips are registered."""
    reach = policy.NOTHING
    for seat in actor.seats:
        if seat.area_path and policy.reaches_area(replace(actor, seats=(seat,)), "box.open", seat.area_path):
            reach |= policy.below(seat.area_path, column="area__path")
    return (
        BoxOpening.objects.filter(reach)
        .select_related("area", "first_opener", "second_opener")
        .annotate(registered_count=Count("appeals"))
        .order_by("-pk")
    )


def box_opening(actor: Actor, pk: int) -> BoxOpening:
    """One opening of an opinion box; raises NotFound outside the actor's territory."""
    found = box_openings(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("unknown_box", N_("没有找到这次开箱，或不在您的职责范围内。"))
    return found


def slips_of(opening: BoxOpening) -> list[Appeal]:
    """The appeals registered from one opening, in the order of registration."""
    return queries.named_rows(Appeal.objects.filter(box_opening=opening).order_by("pk"))


def public_words(appeal_ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """The last words of each kind that petitioners may read, by appeal and kind; the caller sees the appeals."""
    said = Remark.objects.filter(appeal_id__in=set(appeal_ids), is_public=True).order_by("pk")
    return {(pk, kind): text for pk, kind, text in said.values_list("appeal_id", "kind", "text")}
