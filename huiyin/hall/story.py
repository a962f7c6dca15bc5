"""The story of one appeal in plain words: where it is now, and what was said and done, oldest first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.appeals import belongings
from huiyin.appeals.models import Appeal, RatingRound, Remark, Reply
from huiyin.appeals.stages import Grade, Outcome, Party, Result, Stage, Way
from huiyin.attachments import queries as attachments
from huiyin.attachments.models import Attachment
from huiyin.design.templatetags.parts import day as day_words
from huiyin.journal import queries as journal
from huiyin.journal.models import Event
from huiyin.kernel import clock
from huiyin.kernel.errors import N_

OWN_PURPOSES: Final = (Attachment.Purpose.SAID, Attachment.Purpose.SCAN)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of the thread."""

    name: str
    url: str
    size: str


@dataclass(slots=True)
class Entry:
    """One line of the thread, as the part `thread` reads it."""

    who: str
    at: datetime
    what: str
    role: str = ""
    mine: bool = False
    is_system: bool = False
    files: list[FileLine] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """Everything the thread is told from, read once."""

    found: Appeal
    events: list[Event]
    remarks: Mapping[int, Remark]
    replies: Mapping[int, Reply]
    files: list[Attachment]
    rounds: list[RatingRound]

    @property
    def unit(self) -> str:
        """Who handles it."""
        return self.found.lead_unit.name if self.found.lead_unit else _("承办单位")

    @property
    def counter(self) -> str:
        """Who keeps it at the counter."""
        return self.found.studio.name if self.found.studio else _("受理人员")

    @property
    def open_round(self) -> RatingRound | None:
        """The round in which the petitioner may rate now."""
        last = self.rounds[-1] if self.rounds else None
        if last is None or last.ended_at is not None or not last.invites_petitioner or clock.now() >= last.ends_at:
            return None
        return last if self.found.stage == Stage.RATING else None

    def own_grade(self) -> int | None:
        """What the petitioner gave in the last round."""
        last = self.rounds[-1] if self.rounds else None
        given = [] if last is None else [row.grade for row in last.ratings.all() if row.rater == "petitioner"]
        return given[0] if given else None

    def entries(self) -> list[Entry]:
        """The thread, oldest first; what is only among staff is left out."""
        lines = []
        promised = ""
        for event in self.events:
            teller = TELLERS.get(event.verb.removeprefix("appeal."))
            entry = teller(self, event) if teller else None
            due_on = str(event.data.get("answer_due_on", ""))
            if entry is not None:
                if promised and due_on and due_on != promised:
                    entry.what += "\n" + _moved(event, date.fromisoformat(due_on))
                lines.append(entry)
            promised = due_on or promised
        return lines

    def words(self, event: Event) -> str:
        """What was said with an event, as far as petitioners read it."""
        said = self.remarks.get(event.pk)
        return said.text if said else ""

    def files_said(self, event: Event) -> list[FileLine]:
        """The petitioner's own files of one submission: those kept up to the event and after the one before."""
        told = [row for row in self.events if row.verb in ("appeal.submit", "appeal.supply_info")]
        index = next(n for n, row in enumerate(told) if row.pk == event.pk)
        begin = told[index - 1].at if index else None
        own = [row for row in self.files if row.subject_kind == "appeal" and row.kept_at <= event.at]
        return [line(row) for row in own if begin is None or row.kept_at > begin]

    def files_of_reply(self, pk: int) -> list[FileLine]:
        """The photos of one reply."""
        return [line(row) for row in self.files if row.subject_kind == "reply" and row.subject_id == pk]


def last_day(ends_at: datetime) -> date:
    """The last day of a window whose end is exclusive."""
    return clock.local_date(ends_at - timedelta(microseconds=1))


def line(row: Attachment) -> FileLine:
    """One file with its address and size."""
    kilobytes = max(1, round(row.size_bytes / 1024))
    size = f"{kilobytes} kB" if kilobytes < 1000 else f"{kilobytes / 1024:.1f} MB"
    return FileLine(row.name, reverse("hall:file", args=[row.pk]), size)


def of(found: Appeal) -> Story:
    """Read the story of an appeal the session has proved: at most seven queries."""
    replies = belongings.answers(found)
    subjects = {"appeal": [found.pk], "reply": [row.pk for row in replies]}
    shown = (*OWN_PURPOSES, Attachment.Purpose.REPLY)
    return Story(
        found=found,
        events=journal.history("appeal", found.pk),
        remarks={row.event_id: row for row in belongings.public_remarks(found) if row.event_id},
        replies={row.pk: row for row in replies},
        files=list(attachments.of_each(subjects).filter(purpose__in=shown)),
        rounds=belongings.rating_rounds(found),
    )


def _moved(event: Event, due_on: date) -> str:
    """That the promised date moved, and why."""
    named = {"day": day_words(due_on)}
    match event.verb.removeprefix("appeal."):
        case "accept":
            return _("按事情的类型，答复日期是%(day)s。") % named
        case "dispatch":
            return _("交给单位以后重新数，答复日期改为%(day)s。") % named
        case "supply_info":
            return _("补齐以后重新数，答复日期改为%(day)s。") % named
        case _:
            return _("重办要在%(day)s以前答复。") % named


Teller = Callable[[Story, Event], Entry | None]


def _submit(story: Story, event: Event) -> Entry:
    return Entry(_("您"), event.at, story.found.detail, mine=True, files=story.files_said(event))


def _own(story: Story, event: Event) -> Entry:
    files = story.files_said(event) if event.verb == "appeal.supply_info" else []
    return Entry(_("您"), event.at, story.words(event), role=_own_act(event), mine=True, files=files)


def _own_act(event: Event) -> str:
    return _("补充") if event.verb == "appeal.supply_info" else _("撤回")


def _counter(said: str, story: Story, event: Event) -> Entry:
    words = story.words(event)
    text = _(said)
    return Entry(story.counter, event.at, f"{text}\n{words}" if words else text)


def _told_off(said: str, story: Story, event: Event) -> Entry:
    remark = story.remarks.get(event.pk)
    ground = remark.ground.name if remark is not None and remark.ground is not None else ""
    return Entry(story.counter, event.at, "\n".join(filter(None, (_(said), ground, story.words(event)))))


def _unit(said: str, story: Story, event: Event) -> Entry:
    words = story.words(event)
    text = _(said)
    return Entry(story.unit, event.at, f"{text}\n{words}" if words else text)


def _dispatch(story: Story, event: Event) -> Entry:
    return Entry(story.counter, event.at, _("交给%(unit)s办理。") % {"unit": story.unit})


def _sign(story: Story, event: Event) -> Entry:
    if event.actor_id is None:
        text = _("%(unit)s没有按时签收，系统到点自动签收，照样计时。") % {"unit": story.unit}
        return Entry(_("系统"), event.at, text, is_system=True)
    return Entry(story.unit, event.at, _("已签收，开始办。"))


def _submit_reply(story: Story, event: Event) -> Entry:
    return Entry(story.unit, event.at, _("交来办理结果，由另一个人审核后告诉您。"))


def _pass_reply(story: Story, event: Event) -> Entry | None:
    passed = [row for row in story.replies.values() if row.reviewed_at is not None and row.reviewed_at <= event.at]
    if not passed:
        return None
    reply = passed[-1]
    told = f"{Result(reply.result).label}。\n{reply.text}"
    return Entry(story.unit, event.at, told, role=_("答复"), files=story.files_of_reply(reply.pk))


def _answer_now(story: Story, event: Event) -> Entry:
    return Entry(story.counter, event.at, story.words(event), role=_("当场答复"))


def _slip(story: Story, event: Event) -> Entry | None:
    if event.data.get("party") != Party.ASKER:
        return None
    way = Way(event.data["way"]).label if event.data.get("way") in Way.values else ""
    return Entry(story.counter, event.at, _("已把结果告诉您：%(way)s。") % {"way": way})


def _deliver(story: Story, event: Event) -> Entry:
    if not story.rounds:
        return Entry(story.counter, event.at, _("结果已经告诉各方。"))
    number = event.data.get("round")
    opened = next((row for row in story.rounds if row.number == number), story.rounds[-1])
    if not (opened.invites_petitioner or opened.invites_representative):
        return Entry(story.counter, event.at, _("没有留联系方式，结果在公示栏公布。"))
    return Entry(
        story.counter,
        event.at,
        _("结果已经告诉各方，请评议，到%(day)s止。") % {"day": day_words(last_day(opened.ends_at))},
    )


def _rated(who: str, story: Story, event: Event) -> Entry:  # noqa: ARG001  every teller is asked alike
    is_own = event.data.get("rater") == "petitioner"
    grade = Grade(event.data["grade"]).label if event.data.get("grade") in Grade.values else ""
    name = _("您") if is_own else _(who)
    text = _("评为「%(grade)s」。") % {"grade": grade}
    if event.after == Stage.REWORK:
        text += _("有人不满意，退回重新办理。")
    return Entry(name, event.at, text, role=_("评议"), mine=is_own)


def _redo(story: Story, event: Event) -> Entry:
    return Entry(
        story.unit,
        event.at,
        _("负责人签了字，第 %(count)s 次重新办理。") % {"count": event.data.get("redo_count", 1)},
    )


def _close(story: Story, event: Event) -> Entry:
    words = story.words(event)
    text = _("办结：%(outcome)s。") % {"outcome": Outcome(story.found.outcome).label if story.found.outcome else ""}
    return Entry(story.counter, event.at, f"{text}\n{words}" if words else text)


def _archive(story: Story, event: Event) -> Entry:
    return Entry(story.counter, event.at, _("材料归档。"), is_system=True)


TELLERS: Final[Mapping[str, Teller]] = {
    "submit": _submit,
    "request_info": partial(_counter, N_("还缺一点材料，请您补上：")),
    "remind": partial(_counter, N_("提醒补正：")),
    "supply_info": _own,
    "redirect": partial(_told_off, N_("这件事要到别处办：")),
    "refuse": partial(_told_off, N_("这件事没有受理：")),
    "accept": partial(_counter, N_("已受理。")),
    "answer_now": _answer_now,
    "dispatch": _dispatch,
    "sign": _sign,
    "contact": partial(_unit, N_("和您联系过：")),
    "submit_reply": _submit_reply,
    "pass_reply": _pass_reply,
    "fail_reply": partial(_counter, N_("答复没有通过审核，退回重新办。")),
    "redo": _redo,
    "record_slip": _slip,
    "deliver": _deliver,
    "rate": partial(_rated, N_("您")),
    "rate_collected": partial(_rated, N_("收集代表")),
    "rate_on_paper": partial(_rated, N_("收集代表")),
    "close": _close,
    "close_unsatisfied": _close,
    "withdraw": _own,
    "drop_incomplete": partial(_counter, N_("一直没有等到补充的材料，先停下。您可以随时再说一次。")),
    "archive": _archive,
}
