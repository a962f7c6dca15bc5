"""The only writer of notices: drafted from a closed appeal, prepared by one person, released by another."""

from django.db import transaction

from huiyin.access import policy
from huiyin.access.rules import holds
from huiyin.appeals import lookups
from huiyin.attachments import queries as attachments
from huiyin.attachments import workflow as attachment_workflow
from huiyin.attachments.checks import Checked
from huiyin.attachments.models import Attachment
from huiyin.journal import workflow as journal
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, NotAllowed, NotFound, RuleBroken, WrongStage
from huiyin.people.actors import Actor
from huiyin.publication import wording
from huiyin.publication.models import Notice

State = Notice.State
KIND = "notice"


def _locked(actor: Actor, pk: int, right: str, *states: str) -> Notice:
    notice = Notice.objects.select_for_update().filter(pk=pk).first()
    if notice is None or not _reaches(actor, notice):
        raise NotFound("unknown_notice", N_("没有找到这份公示稿，或不在您的职责范围内。"))
    if not holds(policy.notice_q(actor, right), notice):
        raise NotAllowed("not_allowed", N_("您的岗位不能做这一步。需要时请联系本社区的受理人员。"))
    if notice.state not in states:
        raise WrongStage(
            "notice_state", N_("这份公示稿现在是「%(state)s」，不能再做这一步。"), state=State(notice.state).label
        )
    return notice


def _reaches(actor: Actor, notice: Notice) -> bool:
    rights = ("notice.prepare", "notice.release")
    return any(holds(policy.notice_q(actor, right), notice) for right in rights)


@transaction.atomic
def prepare(actor: Actor, pk: int, *, title: str, place: str, said: str, answer: str) -> Notice:
    """整理: a person settles the words after comparing the draft with the original."""
    notice = _locked(actor, pk, "notice.prepare", State.DRAFT, State.PREPARED)
    if not title.strip() or not answer.strip():
        raise RuleBroken("notice_incomplete", N_("公示稿要有标题和办理结果。"))
    notice.title, notice.place = title.strip(), place.strip()
    notice.said, notice.answer = said.strip(), answer.strip()
    notice.state, notice.prepared_by_id, notice.prepared_at = State.PREPARED, actor.user_id, clock.now()
    notice.save(update_fields=["title", "place", "said", "answer", "state", "prepared_by", "prepared_at"])
    journal.record(actor, "notice.prepare", kind=KIND, subject_id=pk, sealed={"title": notice.title, "answer": answer})
    return notice


@transaction.atomic
def add_masked_photo(actor: Actor, pk: int, *, file: Checked, masked_from_id: int) -> Attachment:
    """遮盖后的照片: a copy on which faces and plates are covered; the original is never published."""
    notice = _locked(actor, pk, "notice.prepare", State.DRAFT, State.PREPARED)
    original = attachments.attachment(masked_from_id)
    if _appeal_of(original) != notice.appeal_id:
        raise NotFound("unknown_file", N_("没有找到这个文件。"))
    kept = attachment_workflow.keep(
        actor, (file,), kind=KIND, subject_id=pk, purpose=Attachment.Purpose.MASKED, masked_from_id=masked_from_id
    )
    journal.record(
        actor, "notice.mask_photo", kind=KIND, subject_id=pk, data={"file": kept[0].pk, "of": masked_from_id}
    )
    if notice.state == State.PREPARED:
        notice.prepared_by_id, notice.prepared_at = actor.user_id, clock.now()
        notice.save(update_fields=["prepared_by", "prepared_at"])
    return kept[0]


def _appeal_of(file: Attachment) -> int | None:
    """The appeal a photo was said or answered with."""
    match file.subject_kind:
        case "appeal":
            return file.subject_id
        case "reply":
            return lookups.appeal_of_reply(file.subject_id)
        case _:
            return None


@transaction.atomic
def release(actor: Actor, pk: int) -> Notice:
    """公示: a second person has compared original and masked words side by side; now everyone can read it."""
    notice = _locked(actor, pk, "notice.release", State.PREPARED)
    if notice.prepared_by_id == actor.user_id:
        raise RuleBroken("same_person", N_("整理和核对不能是同一个人，请另一位同事核对后公示。"))
    notice.state, notice.released_by_id, notice.released_at = State.RELEASED, actor.user_id, clock.now()
    notice.save(update_fields=["state", "released_by", "released_at"])
    wording.refresh(pk)
    journal.record(
        actor,
        "notice.release",
        kind=KIND,
        subject_id=pk,
        data={"appeal": notice.appeal_id},
        sealed={"title": notice.title, "said": notice.said, "answer": notice.answer},
    )
    return notice


@transaction.atomic
def send_back(actor: Actor, pk: int) -> Notice:
    """退回整理: the second person found something that must not be shown."""
    notice = _locked(actor, pk, "notice.release", State.PREPARED)
    notice.state = State.DRAFT
    notice.save(update_fields=["state"])
    journal.record(actor, "notice.send_back", kind=KIND, subject_id=pk)
    return notice


@transaction.atomic
def withhold(actor: Actor, pk: int, *, reason: str) -> Notice:
    """不公开: only for a listed reason (secret, privacy, third party, minor, stability)."""
    notice = _locked(actor, pk, "notice.release", State.DRAFT, State.PREPARED)
    if reason not in Notice.Reason.values:
        raise RuleBroken("reason_missing", N_("不公开要选一条理由。"))
    notice.state, notice.withheld_reason = State.WITHHELD, reason
    notice.save(update_fields=["state", "withheld_reason"])
    journal.record(actor, "notice.withhold", kind=KIND, subject_id=pk, data={"reason": reason})
    return notice


@transaction.atomic
def retract(actor: Actor, pk: int) -> Notice:
    """撤下: a released notice is taken off the board to be prepared again."""
    notice = _locked(actor, pk, "notice.release", State.RELEASED)
    notice.state, notice.released_by_id, notice.released_at = State.DRAFT, None, None
    notice.save(update_fields=["state", "released_by", "released_at"])
    wording.refresh(pk)
    journal.record(actor, "notice.retract", kind=KIND, subject_id=pk)
    return notice
