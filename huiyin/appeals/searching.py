"""Finds among everything an actor sees: by words, newest first; by likeness to what is being said, best first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from huiyin.access import policy
from huiyin.appeals import lookups, queries
from huiyin.appeals.models import Appeal
from huiyin.appeals.queries import COUNT_LIMIT, PAGE_ROWS, Page
from huiyin.appeals.wording import KIND
from huiyin.finding import queries as finding
from huiyin.finding import reach
from huiyin.finding.queries import Found
from huiyin.people import rules, vault
from huiyin.people.actors import Actor

DRAFT_ALIKE: Final = 0.22
Finder: TypeAlias = Callable[[int | None, int], Found]


def search(actor: Actor, typed: str, *, after: str = "") -> Page:
    """The next 25 appeals the actor sees that say every word typed, newest first, with the total up to a thousand.

    Words stand apart by spaces, a phrase in quotes; a whole number leads to its one appeal. Ended, withdrawn and
    archived matters are found too, as in the lists.
    """
    direct = lookups.by_number(actor, typed)
    if direct is not None:
        return Page(_rows(actor, [direct.pk]), 1, is_more_than_total=False, after="", before=after)
    words, scope = finding.words_of(typed), policy.scope_q(actor, "appeal.see")

    def by_keys(before: int | None, enough: int) -> Found:
        return finding.newest(KIND, words, scope=scope, before=before, enough=enough)

    def one_by_one(before: int | None, enough: int) -> Found:
        return _seen(actor, by_keys, before, enough)

    page = _page(actor, by_keys, after) if reach.is_told(scope) else None
    return page or _page(actor, one_by_one, after) or Page([], 0, is_more_than_total=False, after="", before=after)


def _page(actor: Actor, found: Finder, after: str) -> Page | None:
    """One page of what is found; None when some row of it is not the actor's: a change is being taken up."""
    counted = found(None, COUNT_LIMIT + 1)
    before = int(after) if after.isdigit() else None
    ids = [pk for pk in counted.ids if before is None or pk < before][: PAGE_ROWS + 1]
    if len(ids) <= PAGE_ROWS and not counted.is_all and before is not None:
        ids = found(before, PAGE_ROWS + 1).ids
    rows = _rows(actor, ids[:PAGE_ROWS])
    if len(rows) < len(ids[:PAGE_ROWS]):
        return None
    more = str(ids[PAGE_ROWS - 1]) if len(ids) > PAGE_ROWS else ""
    return Page(rows, min(len(counted.ids), COUNT_LIMIT), not counted.is_all, more, after)


def _seen(actor: Actor, found: Finder, before: int | None, enough: int) -> Found:
    """What is found, the right asked of every single one."""
    seen: list[int] = []
    while True:
        several = found(before, enough)
        seen += queries.visible(actor).filter(finding.among(several.ids)).order_by("-pk").values_list("pk", flat=True)
        if several.is_all or len(seen) >= enough or not several.ids:
            return Found(seen[:enough], several.is_all and len(seen) < enough)
        before = several.ids[-1]


def _rows(actor: Actor, ids: list[int]) -> list[Appeal]:
    within = queries.visible(actor).filter(finding.among(ids))
    return queries.named_rows(within.order_by("-pk"))


@dataclass(frozen=True, slots=True)
class Alike:
    """An appeal that says something like what is being said, and whether the same phone number said it."""

    appeal: Appeal
    score: float
    is_same_phone: bool


def alike(actor: Actor, words: str, *, phone: str = "", most: int = 4) -> list[Alike]:
    """Appeals the actor sees that are like the words: first those from the same phone number, then the most alike."""
    bare = rules.normal_phone(phone)
    digest = vault.blind(bare, about="phone") if len(bare) >= 5 else None
    return _alike(actor, words, digest, most=most)


def alike_to(actor: Actor, found: Appeal, *, most: int = 4) -> list[Alike]:
    """Other appeals the actor sees that are like one that is registered."""
    digest = found.contact.phone_digest if found.contact is not None else None
    several = _alike(actor, found.detail, bytes(digest) if digest is not None else None, most=most + 1)
    return [each for each in several if each.appeal.pk != found.pk][:most]


def _alike(actor: Actor, words: str, digest: bytes | None, *, most: int) -> list[Alike]:
    same = {row.pk for row in lookups.of_phone_digest(actor, digest)} if digest is not None else set()
    scope = policy.scope_q(actor, "appeal.see")
    likely = finding.alike(KIND, words, scope=scope, also=same, least=DRAFT_ALIKE, most=most)
    scores = {each.subject_id: each.score for each in likely}
    rows = {row.pk: row for row in _rows(actor, list(scores))}
    found = [Alike(rows[pk], score, pk in same) for pk, score in scores.items() if pk in rows]
    return sorted(found, key=lambda each: (not each.is_same_phone, -each.score))
