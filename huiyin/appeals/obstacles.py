"""Why a step of the table is not open yet although the stage and the post allow it: what a page says beside it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from huiyin.appeals import rules
from huiyin.appeals.models import Appeal, Remark
from huiyin.appeals.stages import OrderStage, Party, Stage
from huiyin.appeals.workflow.triage import REMINDERS
from huiyin.design.sentences import series
from huiyin.kernel import clock
from huiyin.people.actors import Actor

Obstacle = Callable[[Actor, Appeal], str]


def why_not(actor: Actor, found: Appeal, verb: str) -> str:
    """The sentence that says what has to come first; empty when nothing is in the way."""
    obstacle = _OBSTACLES.get(verb)
    return obstacle(actor, found) if obstacle is not None else ""


def missing_slips(found: Appeal) -> list[str]:
    """The parties whose slip of the present round has no evidence yet."""
    rows = found.slips.filter(round=found.round).values_list("party", "delivered_at")
    states = [rules.SlipState(party, delivered_at is not None) for party, delivered_at in rows]
    return rules.missing_slips(states, [party.value for party in Party])


def _deliver(actor: Actor, found: Appeal) -> str:  # noqa: ARG001  every obstacle is asked alike
    absent = missing_slips(found)
    if not absent:
        return ""
    return _("还缺反馈凭证：%(parties)s。") % {"parties": series(Party(party).label for party in absent)}


def _drop_incomplete(actor: Actor, found: Appeal) -> str:  # noqa: ARG001
    if found.stage_due_at is None or clock.now() >= found.stage_due_at:
        return _not_reminded(found)
    last = clock.local_date(found.stage_due_at - timedelta(microseconds=1))
    return _("补正期到 %(day)s 才满。") % {"day": last.isoformat()}


def _not_reminded(found: Appeal) -> str:
    reminded = found.remarks.filter(kind=Remark.Kind.REMINDER).count()
    return "" if reminded >= REMINDERS else _("终止前要提醒诉求人两次，请先记录提醒。")


def _refuse(actor: Actor, found: Appeal) -> str:
    proposed = found.remarks.filter(kind=Remark.Kind.REFUSAL, is_public=False).last()
    if proposed is None:
        return _("要先由受理员提请，写明情形和理由。")
    return _("是您提请的，须由另一位审核人确认。") if proposed.author_id == actor.user_id else ""


def _submit_reply(actor: Actor, found: Appeal) -> str:  # noqa: ARG001
    if found.contact_id is None:
        return ""
    open_orders = found.assignments.exclude(stage__in=(OrderStage.DONE, OrderStage.CANCELLED))
    waits = open_orders.filter(is_lead=True, contacted_at=None).exists()
    return _("要先联系诉求人并记录。") if waits else ""


def _review(actor: Actor, found: Appeal) -> str:
    reply = found.replies.last()
    own = reply is not None and reply.submitted_by_id == actor.user_id
    return _("答复是您提交的，须由另一位审核人审核。") if own else ""


def _rate(actor: Actor, found: Appeal) -> str:  # noqa: ARG001
    opened = found.rating_rounds.filter(number=found.round, ended_at=None, ends_at__gt=clock.now()).exists()
    return "" if opened else _("这一轮评议已经结束。")


def _rate_on_paper(actor: Actor, found: Appeal) -> str:
    if found.lead_unit_id in actor.unit_ids:
        return _("承办单位的人不能录入对本单位的评议。")
    return _rate(actor, found)


def _close(actor: Actor, found: Appeal) -> str:  # noqa: ARG001
    if found.stage == Stage.NOT_ACCEPTED and found.stage_due_at is not None and clock.now() < found.stage_due_at:
        return _("不予受理的异议期还没有满。")
    if found.stage != Stage.RATING:
        return ""
    opened = found.rating_rounds.filter(number=found.round).first()
    if opened is not None and opened.ended_at is None and clock.now() < opened.ends_at:
        return _("评议期还没有满，请等诉求人和代表评议。")
    ended = opened is not None and opened.ended_at is not None
    return _("诉求人不满意，须由审核人写明已尽办的情况后办结。") if ended else ""


def _close_unsatisfied(actor: Actor, found: Appeal) -> str:  # noqa: ARG001
    ended = found.rating_rounds.filter(number=found.round, ended_at__isnull=False).exists()
    return "" if ended and found.redo_count >= rules.MAX_REDOS else _("还可以重办，不能按「已尽办」办结。")


_OBSTACLES: Final[Mapping[str, Obstacle]] = {
    "deliver": _deliver,
    "drop_incomplete": _drop_incomplete,
    "refuse": _refuse,
    "submit_reply": _submit_reply,
    "pass_reply": _review,
    "fail_reply": _review,
    "rate": _rate,
    "rate_collected": _rate,
    "rate_on_paper": _rate_on_paper,
    "close": _close,
    "close_unsatisfied": _close_unsatisfied,
}
