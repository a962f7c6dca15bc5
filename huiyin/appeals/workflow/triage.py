"""Triage: complete, redirect, refuse, accept, answer on the spot, dispatch by the catalogue."""

from datetime import timedelta
from typing import Final

from huiyin.appeals import clocks, rules
from huiyin.appeals.models import Assignment, Remark
from huiyin.appeals.stages import Result, Stage
from huiyin.appeals.turn import Turn, turn
from huiyin.appeals.workflow.feedback import open_slips
from huiyin.attachments import workflow as attachments
from huiyin.attachments.checks import Checked
from huiyin.attachments.models import Attachment
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import AppealType
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, RuleBroken
from huiyin.people import queries as people
from huiyin.people.actors import Actor
from huiyin.people.models import Unit
from huiyin.territory import queries as territory

Kind = Remark.Kind
REMINDERS: Final = 2


def say_required(held: Turn, kind: str, text: str, *, sentence: str, is_public: bool = True) -> None:
    """Keep words that the field requires; raises RuleBroken with the sentence when there are none."""
    if not text.strip():
        raise RuleBroken("words_missing", sentence)
    held.say(kind, text.strip(), is_public=is_public)


def request_info(actor: Actor, pk: int, *, missing: str, seen_version: int | None = None) -> None:
    """告知补正: ask once for everything that is missing (L02); the petitioner has seven days (L03)."""
    with turn(actor, pk, "request_info", seen_version=seen_version) as held:
        say_required(held, Kind.INFO_REQUEST, missing, sentence=N_("请一次列清还缺什么，居民只跑一趟。"))
        held.move(Stage.INFO_NEEDED)


def supply_info(
    actor: Actor, pk: int, *, text: str, files: tuple[Checked, ...] = (), seen_version: int | None = None
) -> None:
    """补正: what was missing is there; the limits of acceptance and answer start again."""
    with turn(actor, pk, "supply_info", seen_version=seen_version) as held:
        say_required(held, Kind.INFO_SUPPLIED, text, sentence=N_("请写下补充的内容。"))
        attachments.keep(actor, files, kind="appeal", subject_id=pk, purpose=Attachment.Purpose.SAID)
        held.start_answer("L13")
        held.move(Stage.REGISTERED)


def remind(actor: Actor, pk: int, *, text: str, seen_version: int | None = None) -> None:
    """提醒补正: how the petitioner was reminded, by whom, with what answer; a matter is dropped only after two."""
    with turn(actor, pk, "remind", seen_version=seen_version) as held:
        say_required(held, Kind.REMINDER, text, sentence=N_("请写下怎么提醒的，例如「10:05 电话，无人接听」。"))


def drop_incomplete(actor: Actor, pk: int, *, seen_version: int | None = None) -> None:
    """逾期不补正终止: only after the time to supply has ended; does not count as 不满意, can be raised again."""
    with turn(actor, pk, "drop_incomplete", seen_version=seen_version) as held:
        due_at = held.appeal.stage_due_at
        if due_at is not None and held.now < due_at:
            raise RuleBroken(
                "still_time_to_supply",
                N_("补正期到 %(day)s 才满，还不能终止。"),
                day=clock.local_date(due_at - timedelta(seconds=1)).isoformat(),
            )
        if held.appeal.remarks.filter(kind=Kind.REMINDER).count() < REMINDERS:
            raise RuleBroken("not_reminded", N_("终止前要提醒诉求人两次，请先记录提醒。"))
        held.move(Stage.TERMINATED)


def redirect(actor: Actor, pk: int, *, ground: str, text: str, seen_version: int | None = None) -> None:
    """告知法定途径 or 转紧急: say which listed ground applies and where to go (L04, R-JS-05)."""
    code = catalogue.refusal_code(ground)
    with turn(actor, pk, "redirect", seen_version=seen_version) as held:
        if not code.is_redirect:
            raise RuleBroken("not_a_redirect", N_("这种情形属于不予受理，请改用「提请不予受理」。"))
        if not text.strip():
            raise RuleBroken("place_missing", N_("请写明应当去哪里办、带什么、怎么联系。"))
        held.say(Kind.REDIRECTION, text.strip(), is_public=True, ground_id=code.pk)
        held.data["ground"] = code.code
        held.move(Stage.REDIRECTED)


def propose_refusal(actor: Actor, pk: int, *, ground: str, text: str, seen_version: int | None = None) -> None:
    """提请不予受理: the first of two people names the listed ground and the reason (L05)."""
    code = catalogue.refusal_code(ground)
    with turn(actor, pk, "propose_refusal", seen_version=seen_version) as held:
        if code.is_redirect:
            raise RuleBroken("not_a_refusal", N_("这种情形应当告知去处，请改用「告知法定途径」。"))
        if not text.strip():
            raise RuleBroken("reason_missing", N_("请写明不予受理的理由，居民会看到。"))
        held.say(Kind.REFUSAL, text.strip(), is_public=False, ground_id=code.pk)
        held.data["ground"] = code.code


def refuse(actor: Actor, pk: int, *, seen_version: int | None = None) -> None:
    """不予受理: a second person confirms what was proposed; the petitioner gets the reason and how to object."""
    with turn(actor, pk, "refuse", seen_version=seen_version) as held:
        proposed = held.appeal.remarks.filter(kind=Kind.REFUSAL, is_public=False).select_related("ground").last()
        if proposed is None or proposed.ground is None:
            raise RuleBroken("refusal_not_proposed", N_("不予受理要先由受理员选情形、写理由提请，再由另一人审核。"))
        if proposed.author_id == actor.user_id:
            raise RuleBroken("same_person", N_("提请和审核不能是同一个人，请另一位审核人确认。"))
        held.say(Kind.REFUSAL, proposed.text, is_public=True, ground_id=proposed.ground_id)
        held.data["ground"] = proposed.ground.code
        held.move(Stage.NOT_ACCEPTED)


def accept(
    actor: Actor,
    pk: int,
    *,
    appeal_type: str,
    category: str,
    area_id: int | None = None,
    urgency: str = "normal",
    subject: str = "",
    seen_version: int | None = None,
) -> None:
    """受理: it is ours; type, category and place are settled, the promised date follows the type (L05, L13)."""
    with turn(actor, pk, "accept", seen_version=seen_version) as held:
        if appeal_type not in AppealType.values:
            raise RuleBroken("type_missing", N_("请先选定类型：咨询、求助、投诉、举报、建议或表扬。"))
        if held.appeal.is_anonymous and not rules.may_anonymous(appeal_type):
            raise RuleBroken(
                "anonymous_claim",
                N_("匿名件只受理建议、表扬和隐患举报；个人诉求没有可答复的人。请改为补正联系方式，或按建议受理。"),
            )
        row = catalogue.category(category)
        held.set(appeal_type=appeal_type, category=row, urgency=urgency, accepted_at=held.now)
        if subject.strip():
            held.set(subject=subject.strip()[:60])
        if area_id and area_id != held.appeal.area_id:
            area = territory.area(area_id)
            held.set(area=area, area_path=area.path, studio=people.studio_for(area.path, clock.local_date(held.now)))
        held.data |= {"type": appeal_type, "category": row.code, "area": held.appeal.area.code}
        _promise_by_type(held)
        held.move(Stage.ACCEPTED)


def _promise_by_type(held: Turn) -> None:
    """The limit that fits the type now known, still counted from where the promise began."""
    held.start_answer("L13", since=held.appeal.answer_started_at)


def answer_now(
    actor: Actor, pk: int, *, text: str, result: str = Result.EXPLAINED, seen_version: int | None = None
) -> None:
    """当场答复或解决 (L07): the words of the answer, then the four slips like any other answer."""
    with turn(actor, pk, "answer_now", seen_version=seen_version) as held:
        say_required(held, Kind.ANSWER, text, sentence=N_("请写下当场答复的内容，四方都会收到。"))
        held.set(result=_result(result), replied_at=held.now)
        held.move(Stage.ANSWERED_ON_SPOT)
        open_slips(held)


def _result(result: str) -> str:
    if result not in Result.values:
        raise RuleBroken("result_missing", N_("请选择办理结果：已解决、部分解决、解释说明或不予支持。"))
    return result


def dispatch(
    actor: Actor, pk: int, *, unit_id: int, reason: str, note: str = "", seen_version: int | None = None
) -> None:
    """派单: one lead unit by the 派单目录, with the reason; the limit of handling starts (L13).

    Guards in the order of D1: community only for its own list (R-JS-11), catalogue, one lead, a contact in the unit.
    """
    with turn(actor, pk, "dispatch", seen_version=seen_version) as held:
        today = clock.local_date(held.now)
        unit = people.unit(unit_id)
        _check_unit(held, unit)
        if not reason.strip():
            raise RuleBroken("dispatch_reason_missing", N_("请写明为什么派给这个单位（职责依据）。"))
        if not people.has_contact_person(unit.pk, today):
            raise RuleBroken(
                "unit_without_contact",
                N_("「%(unit)s」还没有联络员，派过去没有人签收。请先为它设联络员。"),
                unit=unit.name,
            )
        running = held.start_answer("L13")
        held.set(lead_unit=unit, dispatched_at=held.now)
        order = _order(held, unit, reason.strip(), running)
        if note.strip():
            held.say(Kind.DISPATCH, note.strip())
        held.data |= {"unit": unit.code, "limit": running.limit.pk}
        held.move(Stage.DISPATCHED)
        order.save(force_insert=True)


def _check_unit(held: Turn, unit: Unit) -> None:
    category = held.appeal.category
    if unit.kind == Unit.Kind.COMMUNITY_COMMITTEE and not (category and category.on_community_list):
        raise RuleBroken(
            "not_on_community_list",
            N_("「%(category)s」不在社区职责清单内，不能派给社区主办（接诉即办条例第十七条）。请派给职能部门。"),
            category=str(category) if category else "",
        )


def _order(held: Turn, unit: Unit, reason: str, running: clocks.Running) -> Assignment:
    signing = clocks.start("L10s_max", held.appeal, at=held.now)
    return Assignment(
        appeal=held.appeal,
        unit=unit,
        reason=reason[:300],
        limit=running.limit,
        sent_at=held.now,
        sign_due_at=signing.due.at,
        due_at=running.due.at,
    )


def note(actor: Actor, pk: int, *, text: str) -> None:
    """内部备注: words among staff; the petitioner does not read them."""
    with turn(actor, pk, "note") as held:
        say_required(held, Kind.NOTE, text, sentence=N_("备注是空的，请写点什么。"), is_public=False)


def supervise(actor: Actor, pk: int, *, text: str) -> None:
    """督办: press for a matter that is late, repeated or grave; a flag beside the stage, not a stage."""
    with turn(actor, pk, "supervise") as held:
        say_required(held, Kind.NOTE, text, sentence=N_("请写明督办要求。"), is_public=False)
        held.set(supervised_at=held.now)
