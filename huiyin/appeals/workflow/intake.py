"""Register: a matter gets its number, its promised date and its keeper, exactly once."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from huiyin.access import policy
from huiyin.appeals import clocks, rules, wording
from huiyin.appeals.models import Appeal, BoxOpening
from huiyin.appeals.stages import Stage
from huiyin.appeals.turn import KIND
from huiyin.attachments import workflow as attachments
from huiyin.attachments.checks import Checked
from huiyin.attachments.models import Attachment
from huiyin.catalogue import queries as catalogue
from huiyin.journal import workflow as journal
from huiyin.kernel import clock, numbers
from huiyin.kernel.errors import N_, NotAllowed, Overtaken, RuleBroken
from huiyin.people import queries as people
from huiyin.people import workflow as people_workflow
from huiyin.people.actors import Actor
from huiyin.people.roles import REPRESENTATIVES, Role
from huiyin.people.workflow import Reachable
from huiyin.rows import Kept
from huiyin.territory import queries as territory
from huiyin.territory.models import Area

CONTACT_PURPOSE: Final = "办理并答复诉求"
KEEPERS: Final = (Role.STUDIO_CLERK, Role.LIAISON_OFFICER, Role.STUDIO_DIRECTOR, Role.DISPATCHER, Role.WORK_DEPARTMENT)
_NUMBER_TRIES: Final = 5
_SAID_BEFORE: Final = Kept(lambda key: Appeal.objects.filter(submission_key=key), mark=UUID(int=0))


@dataclass(frozen=True, slots=True)
class Intake:
    """What somebody said, where, how to reach them, and how it came in; `key` is the form's own, made once."""

    key: UUID
    detail: str
    channel: str
    subject: str = ""
    area_id: int | None = None
    place_text: str = ""
    reachable: Reachable = field(default_factory=Reachable)
    is_anonymous: bool = False
    appeal_type: str = ""
    category: str = ""
    urgency: str = "normal"
    persons_count: int = 1
    proxy_note: str = ""
    feedback_way: str = ""
    collector_id: int | None = None
    keeper_id: int | None = None
    box_opening_id: int | None = None
    files: tuple[Checked, ...] = ()

    def digest(self) -> bytes:
        """What makes a repeated submission the same one: words, place, reach and files."""
        parts = [self.detail, self.subject, str(self.area_id), self.place_text, *_values(self.reachable)]
        parts += [sha256(file.data).hexdigest() for file in self.files]
        return sha256("\x1f".join(parts).encode()).digest()


def _values(reachable: Reachable) -> tuple[str, str, str]:
    return (reachable.name, reachable.phone, reachable.address)


def register(actor: Actor, intake: Intake) -> Appeal:
    """Register a matter: truthfully, at once (L01), once per key (R2), with number, keeper and promised date.

    The same key with the same words returns the appeal that exists; with other words it raises Overtaken (409).
    Raises RuleBroken for what is missing, NotFound for an unknown place, NotAllowed outside the actor's territory.
    """
    _check_words(intake)
    known = _known(intake)
    if known is not None:
        return known
    for _ in range(_NUMBER_TRIES):
        try:
            with transaction.atomic():
                return _register_once(actor, intake)
        except IntegrityError as error:
            known = _known(intake)
            if known is not None:
                return known
            if "number" not in str(error):
                raise
    raise RuleBroken("no_number", N_("暂时无法编号，请再点一次登记；您写的内容已保留。"))


def _known(intake: Intake) -> Appeal | None:
    appeal = _SAID_BEFORE.one(intake.key)
    if appeal is not None and bytes(appeal.submission_digest) != intake.digest():
        raise Overtaken(
            "same_key_other_words",
            N_("这份表单刚才已经登记过，内容和现在的不同。要登记另一件事，请重新打开登记页。"),
        )
    return appeal


def _check_words(intake: Intake) -> None:
    if not intake.detail.strip():
        raise RuleBroken("nothing_said", N_("请写下您想说的事，一句话也可以。"))
    if len(intake.detail) > rules.DETAIL_LENGTH:
        raise RuleBroken(
            "too_long",
            N_(
                "您写了 %(count)s 字，最多能登记 %(limit)s 字。"
                "请先说最要紧的，其余可以作为照片或扫描件附上；您写的内容已保留。"
            ),
            count=len(intake.detail),
            limit=rules.DETAIL_LENGTH,
        )
    if intake.is_anonymous and intake.reachable:
        raise RuleBroken("anonymous_with_contact", N_("选了匿名就不用留姓名和电话；要我们答复您，请取消匿名。"))


def _register_once(actor: Actor, intake: Intake) -> Appeal:
    area = territory.area(intake.area_id) if intake.area_id else _whole_territory(actor)
    if not policy.reaches_area(actor, "appeal.register", area.path):
        raise NotAllowed("outside_territory", N_("这个地点不在您的工作范围内，请选择本社区的地点，或请居民网上登记。"))
    appeal = _appeal(actor, intake, area, clock.now())
    clocks.start_answer(appeal, "L13", at=appeal.registered_at)
    clocks.start_stage(appeal, at=appeal.registered_at)
    if intake.reachable and not intake.is_anonymous:
        appeal.contact = people_workflow.keep_contact(intake.reachable, purpose=CONTACT_PURPOSE)
    appeal.save(force_insert=True)
    wording.keep(appeal)
    files = attachments.keep(actor, intake.files, kind=KIND, subject_id=appeal.pk, purpose=_purpose(intake))
    promised = appeal.answer_due_on.isoformat()
    journal.record(
        actor,
        "appeal.submit",
        kind=KIND,
        subject_id=appeal.pk,
        after=appeal.stage,
        data={
            "number": appeal.number,
            "channel": intake.channel,
            "answer_due_on": promised,
            "files": len(files),
            "keeper": appeal.keeper_id,
        },
        sealed={"detail": intake.detail, "files": [file.sha256 for file in files]},
    )
    return appeal


def _appeal(actor: Actor, intake: Intake, area: Area, now: datetime) -> Appeal:
    """The row of a matter as it is said: who keeps it, who heard it first, which studio answers for it."""
    today = clock.local_date(now)
    keeper_id = intake.keeper_id or _keeper(actor, area, now)
    return Appeal(
        number=numbers.new_number(today.year),
        submission_key=intake.key,
        submission_digest=intake.digest(),
        stage=Stage.REGISTERED,
        area=area,
        area_path=area.path,
        is_anonymous=intake.is_anonymous or not intake.reachable,
        collector_id=intake.collector_id or _collector(actor),
        studio=people.studio_for(area.path, today),
        first_receiver_id=actor.user_id or keeper_id,
        keeper_id=keeper_id,
        registered_at=now,
        **_said(intake),
    )


def _said(intake: Intake) -> dict[str, Any]:
    """What the form said, as columns."""
    return {
        "subject": rules.one_line(intake.subject, intake.detail),
        "detail": intake.detail,
        "channel": catalogue.channel(intake.channel),
        "box_opening_id": intake.box_opening_id,
        "appeal_type": intake.appeal_type,
        "category": catalogue.category(intake.category) if intake.category else None,
        "urgency": intake.urgency,
        "place_text": intake.place_text.strip(),
        "persons_count": intake.persons_count,
        "proxy_note": intake.proxy_note.strip(),
        "feedback_way": intake.feedback_way,
    }


def _purpose(intake: Intake) -> str:
    return Attachment.Purpose.SCAN if intake.box_opening_id else Attachment.Purpose.SAID


def _collector(actor: Actor) -> int | None:
    return actor.user_id if actor.roles & {*REPRESENTATIVES, Role.RESIDENT_REPRESENTATIVE} else None


def _whole_territory(actor: Actor) -> Area:
    """「说不清」: the highest territory of the actor, for residents the district; triage finds the place."""
    path = actor.area_path
    return territory.lineage(path)[-1] if path else territory.district()


def _keeper(actor: Actor, area: Area, now: datetime) -> int | None:
    if actor.user_id and policy.reaches_area(actor, "appeal.triage", area.path):
        return actor.user_id
    post = people.holders(KEEPERS, clock.local_date(now), area_path=area.path).first()
    return post.user_id if post else None


@transaction.atomic
def open_box(
    actor: Actor, *, area_id: int, second_opener_id: int | None, seal_number: str, slips_count: int
) -> BoxOpening:
    """Record the opening of an opinion box: two people, the seal's number, how many slips (民意箱开箱须双人).

    Raises RuleBroken when the second person, the seal or the slips are missing.
    """
    policy.require(actor, "box.open")
    assert actor.user_id is not None, "the right to open a box comes with a post"
    area = territory.area(area_id)
    if not policy.reaches_area(actor, "box.open", area.path):
        raise NotAllowed("outside_territory", N_("这个意见箱不在您的工作范围内。"))
    if second_opener_id is None or second_opener_id == actor.user_id:
        raise RuleBroken("second_opener_missing", N_("开箱须两人在场。请选择另一位开箱人，少一人不能保存。"))
    if not seal_number.strip():
        raise RuleBroken("seal_missing", N_("请填写封条号，再保存开箱记录。"))
    if slips_count < 0:
        raise RuleBroken("slips_missing", N_("请填写箱内共有几件，没有就填 0。"))
    opening = BoxOpening.objects.create(
        area=area,
        opened_at=clock.now(),
        first_opener_id=actor.user_id,
        second_opener_id=second_opener_id,
        seal_number=seal_number.strip(),
        slips_count=slips_count,
    )
    journal.record(
        actor,
        "box.open",
        kind="box",
        subject_id=opening.pk,
        data={"area": area.code, "slips": slips_count, "second_opener": second_opener_id},
    )
    return opening
