"""What belongs to one appeal the actor sees: words, orders, replies, slips, rounds of rating."""

from typing import Final

from django.db.models import prefetch_related_objects

from huiyin.appeals.models import Appeal, Assignment, RatingRound, Remark, Reply, Slip
from huiyin.catalogue import queries as catalogue
from huiyin.people import queries as people
from huiyin.rows import NO_ROW, Kept

_REMARKS: Final = Kept(lambda pk: Remark.objects.filter(appeal_id=pk), mark=NO_ROW)
_REPLIES: Final = Kept(lambda pk: Reply.objects.filter(appeal_id=pk), mark=NO_ROW)
_ORDERS: Final = Kept(lambda pk: Assignment.objects.filter(appeal_id=pk), mark=NO_ROW)
_SLIPS: Final = Kept(lambda pk: Slip.objects.filter(appeal_id=pk), mark=NO_ROW)
_ROUNDS: Final = Kept(lambda pk: RatingRound.objects.filter(appeal_id=pk), mark=NO_ROW)


def remarks(found: Appeal) -> list[Remark]:
    """Words said in the course of an appeal with their authors and grounds, oldest first."""
    said = _with_grounds(_REMARKS.of(found.pk))
    authors = people.users(row.author_id for row in said)
    for row in said:
        row.author = authors.get(row.author_id or 0)
    return said


def public_remarks(found: Appeal) -> list[Remark]:
    """Words that the petitioner reads too, with their grounds, oldest first; they are told without a person's name."""
    return _with_grounds([row for row in _REMARKS.of(found.pk) if row.is_public])


def _with_grounds(said: list[Remark]) -> list[Remark]:
    for row in said:
        if row.ground_id is not None:
            row.ground = catalogue.refusal_code_by_id(row.ground_id)
    return said


def replies(found: Appeal) -> list[Reply]:
    """The replies of all rounds with their orders and people, oldest first; only a dispatched matter has them."""
    if found.dispatched_at is None:
        return []
    given = _REPLIES.of(found.pk)
    of_order = {order.pk: order for order in orders(found)} if given else {}
    named = people.users(pk for row in given for pk in (row.submitted_by_id, row.reviewed_by_id))
    for row in given:
        row.assignment = of_order.get(row.assignment_id or 0)
        row.submitted_by = named.get(row.submitted_by_id or 0)
        row.reviewed_by = named.get(row.reviewed_by_id or 0)
    return given


def answers(found: Appeal) -> list[Reply]:
    """The replies that passed review, without people: what a petitioner reads once feedback has begun."""
    given = _REPLIES.of(found.pk) if found.dispatched_at is not None else []
    return [reply for reply in given if reply.verdict == Reply.Verdict.PASSED]


def answer_given(found: Appeal) -> str:
    """The answer as the petitioner got it: the last reply that passed, else what was answered on the spot; or ""."""
    passed = [reply.text for reply in answers(found)]
    on_spot = [said.text for said in _REMARKS.of(found.pk) if said.kind == Remark.Kind.ANSWER]
    return next(iter(passed[-1:] or on_spot[-1:]), "")


def orders(found: Appeal) -> list[Assignment]:
    """The assignments of an appeal with their units and limits, oldest first."""
    if found.dispatched_at is None:
        return []
    sent = _ORDERS.of(found.pk)
    units = people.units_by_id(order.unit_id for order in sent)
    for order in sent:
        order.unit = units[order.unit_id]
        order.limit = catalogue.limit_by_id(order.limit_id)
    return sent


def slips(found: Appeal) -> list[Slip]:
    """The four slips of the present round with those who delivered them; there are none before an answer."""
    if found.replied_at is None:
        return []
    now = [slip for slip in _SLIPS.of(found.pk) if slip.round == found.round]
    named = people.users(slip.delivered_by_id for slip in now)
    for slip in now:
        slip.delivered_by = named.get(slip.delivered_by_id or 0)
    return now


def rating_rounds(found: Appeal) -> list[RatingRound]:
    """The rounds of rating with their ratings; they open with the feedback."""
    opened = _ROUNDS.of(found.pk) if found.answered_at is not None else []
    prefetch_related_objects(opened, "ratings")
    return opened
