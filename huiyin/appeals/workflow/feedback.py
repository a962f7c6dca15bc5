"""Feedback: four slips, each with evidence or 「无」 with its reason; rating opens once none is missing."""

from datetime import datetime
from typing import Final

from django.db import transaction

from huiyin.appeals import rules
from huiyin.appeals.models import RatingRound, Slip
from huiyin.appeals.stages import Outcome, Party, Stage, Way
from huiyin.appeals.turn import Turn, follow_up, turn
from huiyin.attachments import workflow as attachments
from huiyin.attachments.checks import Checked
from huiyin.attachments.models import Attachment
from huiyin.design.sentences import series
from huiyin.kernel.errors import N_, RuleBroken
from huiyin.people.actors import Actor

NO_COLLECTOR: Final = "本件没有收集代表"
ANONYMOUS: Final = "匿名-公告"


def open_slips(held: Turn) -> None:
    """Open the four slips of a round; without a collecting representative that slip is 「无」 by itself.

    An anonymous asker has nobody to be told: the result is published on the board (「匿名-公告」).
    """
    appeal = held.appeal
    slips = {party: Slip(appeal=appeal, round=appeal.round, party=party) for party in Party}
    if appeal.collector_id is None:
        _settle(slips[Party.REPRESENTATIVE], Way.NONE, NO_COLLECTOR, held.now)
    if appeal.is_anonymous:
        _settle(slips[Party.ASKER], Way.BOARD, ANONYMOUS, held.now)
    Slip.objects.bulk_create(slips.values())


def _settle(slip: Slip, way: Way, note: str, now: datetime) -> None:
    slip.way, slip.note, slip.delivered_at = way, note, now


def record_slip(
    actor: Actor,
    pk: int,
    *,
    party: str,
    way: str,
    evidence: str = "",
    file: Checked | None = None,
    seen_version: int | None = None,
) -> None:
    """登记反馈凭证: how one party got the answer and the evidence of it (谁主管谁反馈, 谁提出反馈谁).

    Paper and visits need the photographed, signed slip; the other ways need a record number or words.
    """
    with turn(actor, pk, "record_slip", seen_version=seen_version) as held:
        slip = Slip.objects.filter(appeal=held.appeal, round=held.appeal.round, party=party).first()
        if slip is None or way not in Way.values or way == Way.NONE:
            raise RuleBroken("slip_unknown", N_("请选择反馈给谁、用什么方式。"))
        if way in (Way.VISIT, Way.PAPER) and file is None:
            raise RuleBroken("signed_slip_missing", N_("上门或书面反馈要上传签收单照片，才算送达。"))
        if not evidence.strip() and file is None:
            raise RuleBroken("evidence_missing", N_("请填写凭证，例如通话时间、短信编号或签收人。"))
        kept = attachments.keep(
            actor, (file,) if file else (), kind="appeal", subject_id=pk, purpose=Attachment.Purpose.EVIDENCE
        )
        slip.way, slip.delivered_at, slip.delivered_by_id = way, held.now, actor.user_id
        slip.evidence = evidence.strip() or (kept[0].name if kept else "")
        slip.attachment_id = kept[0].pk if kept else None
        slip.save(update_fields=["way", "delivered_at", "delivered_by", "evidence", "attachment_id"])
        held.data |= {"party": party, "way": way, "round": held.appeal.round}
        held.sealed["evidence"] = slip.evidence


def missing(held: Turn) -> list[str]:
    """The parties whose slip of this round has no evidence yet."""
    slips = Slip.objects.filter(appeal=held.appeal, round=held.appeal.round)
    states = [rules.SlipState(slip.party, slip.delivered_at is not None) for slip in slips]
    return rules.missing_slips(states, [party.value for party in Party])


@transaction.atomic
def deliver(actor: Actor, pk: int, *, seen_version: int | None = None) -> None:
    """四方反馈完成: all four slips are there, the round of rating opens (L17); nobody to rate closes it at once."""
    with turn(actor, pk, "deliver", seen_version=seen_version) as held:
        absent = missing(held)
        if absent:
            raise RuleBroken(
                "slips_missing",
                N_("还缺反馈凭证：%(parties)s。补齐后才能办结。"),
                parties=series(Party(party).label for party in absent),
            )
        if held.appeal.answered_at is None:
            held.set(answered_at=held.now)
        held.move(Stage.RATING)
        assert held.appeal.stage_due_at is not None, "the rating window has a limit"
        opened = RatingRound.objects.create(
            appeal=held.appeal,
            number=held.appeal.round,
            opened_at=held.now,
            ends_at=held.appeal.stage_due_at,
            invites_petitioner=not held.appeal.is_anonymous,
            invites_representative=held.appeal.collector_id is not None,
        )
        nobody = not (opened.invites_petitioner or opened.invites_representative)
        held.data |= {"round": held.appeal.round, "invites": _invited(opened)}
        if nobody:
            opened.ended_at, opened.end = held.now, RatingRound.End.EXPIRED
            opened.save(update_fields=["ended_at", "end"])
    if nobody:
        _close_unrateable(held)


def _invited(opened: RatingRound) -> int:
    return int(opened.invites_petitioner) + int(opened.invites_representative)


def _close_unrateable(held: Turn) -> None:
    closing = follow_up(held, "close")
    closing.set(closed_at=held.now, outcome=Outcome.NOBODY_TO_RATE)
    closing.move(Stage.CLOSED)
    closing.finish()
