"""Rating: asker and representative, each once per round; the first 不满意 ends the round."""

from dataclasses import dataclass

from django.db import transaction

from huiyin.appeals import rules
from huiyin.appeals.models import Appeal, Rating, RatingRound, Remark
from huiyin.appeals.rules import AfterRound, RoundEnd
from huiyin.appeals.stages import Grade, Outcome, Rater, Stage
from huiyin.appeals.turn import Turn, locked, turn
from huiyin.appeals.workflow.handling import to_rework
from huiyin.attachments import workflow as attachments
from huiyin.attachments.checks import Checked
from huiyin.attachments.models import Attachment
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, NotAllowed, RuleBroken
from huiyin.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rater says of an answer: the grade and, for 不满意, why."""

    grade: int
    remark: str = ""


def rate(actor: Actor, pk: int, judgement: Judgement, *, seen_version: int | None = None) -> None:
    """诉求人评议, by number and code; changeable until the round ends."""
    _refuse_ended(actor, pk)
    with turn(actor, pk, "rate", seen_version=seen_version) as held:
        _enter(held, Rater.PETITIONER, judgement, entry=Rating.Entry.WEB)


def rate_collected(actor: Actor, pk: int, judgement: Judgement, *, seen_version: int | None = None) -> None:
    """代表评议 of a matter the representative collected."""
    _refuse_ended(actor, pk)
    with turn(actor, pk, "rate_collected", seen_version=seen_version) as held:
        _enter(held, Rater.REPRESENTATIVE, judgement, entry=Rating.Entry.WEB)


def rate_on_paper(
    actor: Actor,
    pk: int,
    judgement: Judgement,
    *,
    rater: str,
    entry: str,
    evidence: str,
    file: Checked | None = None,
    seen_version: int | None = None,
) -> None:
    """代录评议: a rating given on paper or by phone, entered by the studio with its evidence.

    Nobody of the handling unit may enter it. Raises NotAllowed, RuleBroken.
    """
    _refuse_ended(actor, pk)
    with turn(actor, pk, "rate_on_paper", seen_version=seen_version) as held:
        if held.appeal.lead_unit_id in actor.unit_ids:
            raise NotAllowed("unit_enters_rating", N_("承办单位的人不能录入对本单位的评议。"))
        if entry not in (Rating.Entry.PAPER, Rating.Entry.PHONE) or rater not in Rater.values:
            raise RuleBroken("entry_unknown", N_("请选择谁评议的、纸质还是电话。"))
        if not evidence.strip():
            raise RuleBroken("rating_evidence_missing", N_("代录评议要写凭证：纸质评议单编号或通话录音编号。"))
        if entry == Rating.Entry.PAPER and file is None:
            raise RuleBroken("rating_slip_missing", N_("纸质评议要附评议单照片。"))
        kept = attachments.keep(
            actor, (file,) if file else (), kind="appeal", subject_id=pk, purpose=Attachment.Purpose.EVIDENCE
        )
        held.sealed["files"] = [row.sha256 for row in kept]
        _enter(held, Rater(rater), judgement, entry=entry, evidence=evidence.strip())


def _refuse_ended(actor: Actor, pk: int) -> None:
    """A rating after the end of its round is told so in the field's words (「本轮已结束」)."""
    with transaction.atomic():
        appeal = locked(actor, pk)
        last = appeal.rating_rounds.last()
    if last is not None and (last.ended_at is not None or clock.now() >= last.ends_at):
        raise RuleBroken("round_ended", N_("本轮已结束，这次评议没有记入。重办后会再请您评议。"))


def _enter(held: Turn, rater: Rater, judgement: Judgement, *, entry: str, evidence: str = "") -> None:
    if judgement.grade not in Grade.values:
        raise RuleBroken("grade_missing", N_("请选择一个评价。"))
    if judgement.grade < rules.SATISFIED_FROM and not judgement.remark.strip():
        raise RuleBroken("why_missing", N_("请说说哪里不满意，我们照着重办。"))
    opened = held.appeal.rating_rounds.get(number=held.appeal.round)
    if not _is_invited(opened, rater):
        raise RuleBroken("not_invited", N_("这件诉求没有收集代表，不需要代表评议。"))
    Rating.objects.update_or_create(
        round=opened,
        rater=rater,
        defaults={
            "grade": judgement.grade,
            "remark": judgement.remark.strip(),
            "entry": entry,
            "evidence": evidence,
            "entered_by_id": held.actor.user_id,
            "rated_at": held.now,
        },
    )
    held.data |= {"rater": rater, "grade": judgement.grade, "round": opened.number, "entry": entry}
    held.sealed["remark"] = judgement.remark.strip()
    settle(held, opened)


def _is_invited(opened: RatingRound, rater: Rater) -> bool:
    return opened.invites_petitioner if rater is Rater.PETITIONER else opened.invites_representative


def invited(opened: RatingRound) -> list[str]:
    """Who is asked to rate in a round."""
    asked = ((Rater.PETITIONER, opened.invites_petitioner), (Rater.REPRESENTATIVE, opened.invites_representative))
    return [rater.value for rater, is_asked in asked if is_asked]


def settle(held: Turn, opened: RatingRound) -> RoundEnd:
    """End the round if it is to end, and lead the matter on: rework, close, or wait for the reviewer's words."""
    grades = dict(opened.ratings.values_list("rater", "grade"))
    end = rules.round_end(grades, invited(opened), is_over=held.now >= opened.ends_at)
    if end is RoundEnd.OPEN:
        return end
    opened.ended_at, opened.end = held.now, end.value
    opened.save(update_fields=["ended_at", "end"])
    held.data["round_end"] = end.value
    match rules.after_round(end, redo_count=held.appeal.redo_count):
        case AfterRound.REWORK:
            to_rework(held)
        case AfterRound.CLOSE:
            held.set(closed_at=held.now, outcome=Outcome.SATISFIED if grades else Outcome.UNRATED)
            held.move(Stage.CLOSED)
        case AfterRound.EXPLAIN:
            held.data["needs_explanation"] = True
    return end


def close_unsatisfied(
    actor: Actor, pk: int, *, text: str, is_unfounded: bool = False, seen_version: int | None = None
) -> None:
    """不满意但已尽办: a reviewer explains and points to coordination or mediation; counts as 不满意.

    Only after two redos, or when the reviewer finds the demand unfounded (认定诉求缺乏依据, D1 rate_bad_final).
    """
    with turn(actor, pk, "close_unsatisfied", seen_version=seen_version) as held:
        opened = held.appeal.rating_rounds.get(number=held.appeal.round)
        is_exhausted = held.appeal.redo_count >= rules.MAX_REDOS or is_unfounded
        if opened.end != RatingRound.End.DISSATISFIED or not is_exhausted:
            raise RuleBroken(
                "not_exhausted", N_("还可以重办，不能按「已尽办」办结；认定诉求缺乏依据的请勾选，并写明理由。")
            )
        if not text.strip():
            raise RuleBroken(
                "closing_words_missing", N_("请写明已经尽到哪些努力，以及还可以走的途径（协调会、人民调解等）。")
            )
        held.say(Remark.Kind.CLOSING, text.strip(), is_public=True)
        held.set(closed_at=held.now, outcome=Outcome.UNSATISFIED)
        held.data["unfounded"] = is_unfounded
        held.move(Stage.CLOSED)


def expire(actor: Actor, appeal: Appeal) -> None:
    """期满: the window has ended; who has not rated stays 未评价, never 满意 (L17)."""
    with turn(actor, appeal.pk, "close") as held:
        opened = held.appeal.rating_rounds.get(number=held.appeal.round)
        if opened.ended_at is None:
            if held.now < opened.ends_at:
                raise RuleBroken("rating_still_open", N_("评议期还没有满，请等诉求人和代表评议。"))
            settle(held, opened)
        elif held.appeal.redo_count >= rules.MAX_REDOS:
            raise RuleBroken("needs_explanation", N_("诉求人不满意，须由审核人写明已尽办的情况后办结。"))
