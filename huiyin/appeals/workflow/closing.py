"""The ends: close with its outcome, withdraw by the petitioner's will, archive; and what limits do alone."""

from datetime import datetime
from typing import Final

from huiyin.appeals.models import Appeal, Remark
from huiyin.appeals.stages import Outcome, Stage
from huiyin.appeals.turn import turn
from huiyin.appeals.workflow import ratings
from huiyin.appeals.workflow.handling import sign_order
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, RuleBroken
from huiyin.people.actors import SYSTEM, Actor, Kind

_OUTCOMES: Final = {
    Stage.REDIRECTED: Outcome.REDIRECTED,
    Stage.NOT_ACCEPTED: Outcome.REFUSED,
    Stage.WITHDRAWN: Outcome.WITHDRAWN,
    Stage.TERMINATED: Outcome.TERMINATED,
}


def close(actor: Actor, pk: int, *, seen_version: int | None = None) -> None:
    """办结: what was told, refused, withdrawn or terminated ends; a rating window that is over ends as rated or 未评价.

    A refusal waits for the time to object (L06). Raises RuleBroken when its time has not come.
    """
    appeal = Appeal.objects.filter(pk=pk).only("stage").first()
    if appeal is not None and appeal.stage == Stage.RATING:
        ratings.expire(actor, appeal)
        return
    with turn(actor, pk, "close", seen_version=seen_version) as held:
        if held.appeal.stage == Stage.NOT_ACCEPTED and not _is_past(held.appeal.stage_due_at, held.now):
            raise RuleBroken("objection_open", N_("不予受理的异议期还没有满，暂不能办结。"))
        held.set(closed_at=held.now, outcome=_OUTCOMES[Stage(held.appeal.stage)])
        held.move(Stage.CLOSED)


def _is_past(due_at: datetime | None, now: datetime) -> bool:
    return due_at is None or now >= due_at


def withdraw(actor: Actor, pk: int, *, text: str, evidence: str = "", seen_version: int | None = None) -> None:
    """撤回: the petitioner's own will, never by staff; a clerk who enters it needs the signed paper or recording."""
    with turn(actor, pk, "withdraw", seen_version=seen_version) as held:
        if actor.kind is not Kind.RESIDENT and not evidence.strip():
            raise RuleBroken("own_will_unproved", N_("撤回只能出于诉求人本人意愿。代为登记须写明书面材料或录音编号。"))
        words = text.strip() or str(evidence).strip()
        held.say(Remark.Kind.WITHDRAWAL, words or "—", is_public=True)
        held.sealed["evidence"] = evidence.strip()
        held.appeal.assignments.exclude(stage__in=("done", "cancelled")).update(stage="cancelled")
        held.move(Stage.WITHDRAWN)


def archive(actor: Actor, pk: int, *, seen_version: int | None = None) -> None:
    """归档: the file is complete and locked (L20)."""
    with turn(actor, pk, "archive", seen_version=seen_version) as held:
        held.set(archived_at=held.now)
        held.move(Stage.ARCHIVED)


def auto_sign(pk: int) -> None:
    """超时自动签收: the latest time to sign is over; the order counts as signed, late."""
    actor = SYSTEM
    with turn(actor, pk, "sign") as held:
        sign_order(held)


def sweep(now: datetime | None = None) -> int:
    """What limits do by themselves: sign late orders, end rating windows, close what only had to be told.

    Returns how many matters moved; safe to run at any time and twice.
    """
    at = now or clock.now()
    moved = 0
    late = Appeal.objects.filter(stage=Stage.DISPATCHED, assignments__stage="sent", assignments__sign_due_at__lte=at)
    for pk in list(late.values_list("pk", flat=True)):
        auto_sign(pk)
        moved += 1
    over = Appeal.objects.filter(
        stage=Stage.RATING, rating_rounds__ended_at__isnull=True, rating_rounds__ends_at__lte=at
    )
    told = Appeal.objects.filter(stage__in=(Stage.REDIRECTED, Stage.WITHDRAWN, Stage.TERMINATED))
    refused = Appeal.objects.filter(stage=Stage.NOT_ACCEPTED, stage_due_at__lte=at)
    for found in (over, told, refused):
        for pk in list(found.values_list("pk", flat=True)):
            close(SYSTEM, pk)
            moved += 1
    return moved
