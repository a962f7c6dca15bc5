"""One turn of an appeal: lock, policy, stage, then the verb's own guards, a narrow save and one event."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.access import policy
from huiyin.appeals import clocks
from huiyin.appeals.models import Appeal, Remark
from huiyin.appeals.stages import Stage
from huiyin.appeals.steps import STEPS
from huiyin.journal import workflow as journal
from huiyin.journal.models import Event
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, NotAllowed, NotFound, Overtaken, WrongStage
from huiyin.people.actors import Actor

KIND = "appeal"


@dataclass(slots=True)
class Turn:
    """What a verb changes while it holds the row: fields to save, words said, facts for the event."""

    actor: Actor
    verb: str
    appeal: Appeal
    now: datetime
    before: str
    data: dict[str, Any] = field(default_factory=dict)
    sealed: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    _fields: set[str] = field(default_factory=set)

    def set(self, **values: Any) -> None:
        """Change fields of the appeal; only these are saved."""
        for name, value in values.items():
            setattr(self.appeal, name, value)
        self._fields.update(values)

    def move(self, stage: Stage) -> None:
        """Enter a stage and start its limit."""
        assert stage in STEPS[self.verb].targets, f"{self.verb} does not lead to {stage}"
        self.appeal.stage = stage
        clocks.start_stage(self.appeal, at=self.now)
        self._fields.update(("stage", "stage_since", "stage_due_at", "stage_amber_at"))

    def start_answer(self, code: str, *, since: datetime | None = None) -> clocks.Running:
        """Start the limit of the answer anew, from now or from an earlier instant."""
        running = clocks.start_answer(self.appeal, code, at=since or self.now)
        self._fields.update(("answer_limit", "answer_started_at", "answer_due_at", "answer_due_on", "first_due_at"))
        self.data["answer_due_on"] = running.due.on.isoformat()
        return running

    def say(self, kind: str, text: str, *, is_public: bool = False, ground_id: int | None = None) -> Remark:
        """Keep words with the appeal; the event holds them only in its hash."""
        remark = Remark(
            appeal=self.appeal,
            kind=kind,
            text=text,
            is_public=is_public,
            ground_id=ground_id,
            author_id=self.actor.user_id,
            said_at=self.now,
        )
        self.remarks.append(remark)
        self.sealed[kind] = text
        return remark

    def finish(self) -> Event:
        """Save what changed, append the one event and bind the words to it."""
        self.appeal.version += 1
        self.appeal.save(update_fields=sorted({*self._fields, "version"}))
        event = journal.record(
            self.actor,
            f"{KIND}.{self.verb}",
            kind=KIND,
            subject_id=self.appeal.pk,
            before=self.before,
            after=self.appeal.stage,
            data=self.data,
            sealed=self.sealed,
        )
        for remark in self.remarks:
            remark.event_id = event.pk
        if self.remarks:
            Remark.objects.bulk_create(self.remarks)
        return event


def locked(actor: Actor, pk: int) -> Appeal:
    """Lock one appeal the actor sees; raises NotFound for any other, so that nobody learns what exists."""
    appeal = Appeal.objects.select_for_update().filter(pk=pk).first()
    if appeal is None or not sees(actor, appeal):
        raise NotFound("unknown_appeal", N_("没有找到这件诉求，或不在您的职责范围内。"))
    return appeal


def sees(actor: Actor, appeal: Appeal) -> bool:
    """Whether the actor sees the appeal; the system sees all."""
    return actor.kind == "system" or policy.reaches(actor, "appeal.see", appeal)


@contextmanager
def turn(actor: Actor, pk: int, verb: str, *, seen_version: int | None = None) -> Iterator[Turn]:
    """Run one verb on one appeal in one transaction.

    Raises NotFound, NotAllowed, WrongStage; Overtaken when the appeal is no longer the version the actor saw.
    """
    step = STEPS[verb]
    with transaction.atomic():
        appeal = locked(actor, pk)
        if not policy.reaches(actor, step.right, appeal):
            raise NotAllowed("not_allowed", N_("您的岗位不能对这件诉求做「%(verb)s」。"), verb=step.label)
        if seen_version is not None and seen_version != appeal.version:
            raise Overtaken(
                "overtaken",
                N_("这件诉求刚刚被别人办理过，您的这一步没有执行，写的内容已保留。请看最新情况后再决定。"),
            )
        if appeal.stage not in step.sources:
            raise WrongStage(
                "wrong_stage",
                N_("这件诉求现在是「%(stage)s」，不能「%(verb)s」。"),
                stage=Stage(appeal.stage).label,
                verb=step.label,
            )
        held = Turn(actor, verb, appeal, clock.now(), appeal.stage)
        yield held
        held.finish()


def follow_up(held: Turn, verb: str, **data: Any) -> Turn:
    """Begin the verb that follows in the same transaction (the row is held already)."""
    assert held.appeal.stage in STEPS[verb].sources, f"{verb} does not follow {held.verb}"
    return Turn(held.actor, verb, held.appeal, held.now, held.appeal.stage, data=dict(data))
