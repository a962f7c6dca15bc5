"""Handling by the unit: sign, first contact, reply with photos, review of the reply, redo."""

from django.db.models import Q

from huiyin.appeals import clocks
from huiyin.appeals.models import Assignment, Remark, Reply
from huiyin.appeals.stages import OrderStage, Result, Stage
from huiyin.appeals.turn import Turn, turn
from huiyin.appeals.workflow.feedback import open_slips
from huiyin.attachments import workflow as attachments
from huiyin.attachments.checks import Checked
from huiyin.attachments.models import Attachment
from huiyin.kernel.errors import N_, RuleBroken
from huiyin.people.actors import Actor

OPEN_ORDER = ~Q(stage__in=(OrderStage.DONE, OrderStage.CANCELLED))


def open_order(held: Turn) -> Assignment:
    """The lead's open order of an appeal; there is exactly one while a unit has the matter."""
    return held.appeal.assignments.get(OPEN_ORDER, is_lead=True)


def sign(actor: Actor, pk: int, *, seen_version: int | None = None) -> None:
    """签收: the unit confirms the order; first-receiver duty and the limit of first contact start (L10)."""
    with turn(actor, pk, "sign", seen_version=seen_version) as held:
        sign_order(held)


def sign_order(held: Turn) -> None:
    """Sign the open order of an appeal, by the unit or, when the limit is over, by the system."""
    order = open_order(held)
    order.stage = OrderStage.SIGNED
    order.signed_at = held.now
    order.is_signed_by_system = held.actor.user_id is None
    order.contact_due_at = clocks.start("L10c", held.appeal, at=held.now).due.at
    order.save(update_fields=["stage", "signed_at", "is_signed_by_system", "contact_due_at"])
    held.data["on_time"] = held.now < order.sign_due_at
    held.move(Stage.HANDLING)


def contact(actor: Actor, pk: int, *, text: str, way: str = "phone", seen_version: int | None = None) -> None:
    """先行联系: that and how the petitioner was contacted first, within one working day of signing (L10)."""
    with turn(actor, pk, "contact", seen_version=seen_version) as held:
        if not text.strip():
            raise RuleBroken("contact_words_missing", N_("请写下怎么联系的、诉求人怎么说。"))
        order = open_order(held)
        held.say(Remark.Kind.CONTACT, text.strip(), is_public=True)
        if order.contacted_at is None:
            order.contacted_at = held.now
            order.stage = OrderStage.CONTACTED
            order.save(update_fields=["contacted_at", "stage"])
        on_time = order.contact_due_at is not None and order.contacted_at < order.contact_due_at
        held.data |= {"way": way, "on_time": on_time}


def submit_reply(
    actor: Actor,
    pk: int,
    *,
    result: str,
    text: str,
    late_reason: str = "",
    files: tuple[Checked, ...] = (),
    seen_version: int | None = None,
) -> None:
    """提交办理结果: one of four results with the words of the reply; late only with the reason (D1, D2 finish_late).

    An appeal with a contact needs a record of first contact before the reply.
    """
    with turn(actor, pk, "submit_reply", seen_version=seen_version) as held:
        order = open_order(held)
        _check_reply(held, order, result, text, late_reason)
        reply = Reply.objects.create(
            appeal=held.appeal,
            assignment=order,
            round=held.appeal.round,
            result=result,
            text=text.strip(),
            late_reason=late_reason.strip(),
            due_at=held.appeal.answer_due_at,
            submitted_by_id=actor.user_id,
            submitted_at=held.now,
        )
        kept = attachments.keep(actor, files, kind="reply", subject_id=reply.pk, purpose=Attachment.Purpose.REPLY)
        order.stage, order.done_at = OrderStage.DONE, held.now
        order.save(update_fields=["stage", "done_at"])
        held.set(result=result)
        if held.appeal.replied_at is None:
            held.set(replied_at=held.now)
        held.sealed["reply"] = text.strip()
        held.sealed["files"] = [file.sha256 for file in kept]
        held.data |= {"reply": reply.pk, "result": result, "late": reply.is_late, "round": held.appeal.round}
        held.move(Stage.REPLY_REVIEW)


def _check_reply(held: Turn, order: Assignment, result: str, text: str, late_reason: str) -> None:
    if result not in Result.values:
        raise RuleBroken("result_missing", N_("请选择办理结果：已解决、部分解决、解释说明或不予支持。"))
    if not text.strip():
        raise RuleBroken("reply_missing", N_("请写下答复：做了什么、依据是什么、接下来怎样。"))
    if order.contacted_at is None and held.appeal.contact_id is not None:
        raise RuleBroken("no_first_contact", N_("还没有先行联系的记录。请先联系诉求人并记录，再提交办理结果。"))
    if held.now >= held.appeal.answer_due_at and not late_reason.strip():
        raise RuleBroken("late_reason_missing", N_("已过办结期限，请写明逾期原因。"))


def pass_reply(actor: Actor, pk: int, *, text: str = "", seen_version: int | None = None) -> None:
    """审核通过: the reply answers the matter, has a basis and names the remedy; four slips are opened."""
    with turn(actor, pk, "pass_reply", seen_version=seen_version) as held:
        _review(held, Reply.Verdict.PASSED)
        if text.strip():
            held.say(Remark.Kind.REVIEW, text.strip())
        held.move(Stage.FEEDBACK_DUE)
        open_slips(held)


def fail_reply(actor: Actor, pk: int, *, text: str, seen_version: int | None = None) -> None:
    """审核退回: what should have been done was not, or the question was not answered; the unit handles it again."""
    with turn(actor, pk, "fail_reply", seen_version=seen_version) as held:
        if not text.strip():
            raise RuleBroken("review_words_missing", N_("请写明哪里没办到、要怎么改，承办单位才能重办。"))
        _review(held, Reply.Verdict.FAILED)
        held.say(Remark.Kind.REVIEW, text.strip())
        to_rework(held)


def _review(held: Turn, verdict: str) -> None:
    reply = held.appeal.replies.latest("pk")
    if reply.submitted_by_id == held.actor.user_id:
        raise RuleBroken("own_reply", N_("不能审核自己提交的答复，请另一位审核人处理。"))
    earlier = held.appeal.replies.filter(round=held.appeal.round - 1, verdict=Reply.Verdict.PASSED).last()
    if earlier is not None and earlier.reviewed_by_id == held.actor.user_id and reply.round > 1:
        raise RuleBroken("same_reviewer", N_("上一轮就是您审核通过的，评议不满意后须换审核人。"))
    reply.verdict, reply.reviewed_by_id, reply.reviewed_at = verdict, held.actor.user_id, held.now
    reply.save(update_fields=["verdict", "reviewed_by", "reviewed_at"])


def to_rework(held: Turn) -> None:
    """Send a matter back to its unit: the limit of the redo starts; the second redo is supervised by itself (L18)."""
    held.start_answer("L18")
    held.move(Stage.REWORK)
    if held.appeal.redo_count >= 1:
        held.set(supervised_at=held.now)
        held.data["supervised"] = True


def redo(actor: Actor, pk: int, *, text: str, seen_version: int | None = None) -> None:
    """重新办理: the unit's head signs the redo; a new order of the same unit, the limit runs since the return (L18)."""
    with turn(actor, pk, "redo", seen_version=seen_version) as held:
        if not text.strip():
            raise RuleBroken("redo_words_missing", N_("请主要负责人写明重办要求：谁去办、改什么。"))
        held.say(Remark.Kind.REDO, text.strip())
        unit = held.appeal.lead_unit
        assert unit is not None, "a matter in rework has its lead unit"
        Assignment.objects.create(
            appeal=held.appeal,
            unit=unit,
            reason=text.strip()[:300],
            stage=OrderStage.CONTACTED,
            limit_id=held.appeal.answer_limit_id,
            sent_at=held.now,
            sign_due_at=held.now,
            signed_at=held.now,
            contacted_at=held.now,
            due_at=held.appeal.answer_due_at,
        )
        held.set(redo_count=held.appeal.redo_count + 1, round=held.appeal.round + 1)
        held.data |= {"redo_count": held.appeal.redo_count, "round": held.appeal.round}
        held.move(Stage.HANDLING)
