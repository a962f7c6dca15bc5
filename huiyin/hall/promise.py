"""The promised date in words: by when, how it was counted day by day, by which rule, and the clock of it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.appeals import clocks, queries, rules
from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Stage
from huiyin.catalogue.models import Mark
from huiyin.design.templatetags.parts import day as day_words
from huiyin.hall import terms
from huiyin.kernel import clock
from huiyin.territory.rules import CountedDay, Due, Unit

SATURDAY = 5
ANSWERED = (Stage.FEEDBACK_DUE, Stage.ANSWERED_ON_SPOT, Stage.RATING, Stage.CLOSED, Stage.ARCHIVED)
ENDED_UNANSWERED = (
    Stage.REDIRECTED,
    Stage.NOT_ACCEPTED,
    Stage.WITHDRAWN,
    Stage.TERMINATED,
    Stage.CLOSED,
    Stage.ARCHIVED,
)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the count: its ordinal when it counts, else why it does not."""

    day: date
    ordinal: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Promise:
    """The promised date of an appeal as a petitioner reads and checks it."""

    due_on: date
    counted: str
    days: list[DayLine]
    rule: str
    is_default: bool
    used: int
    amount: int
    light: str
    is_kept: bool

    @property
    def headline(self) -> str:
        """By when, and the count: 最晚 3月9日（周一）答复，从 3月3日（周二）起数 5 个工作日."""
        named = {"day": day_words(self.due_on), "count": self.counted}
        return _("最晚 %(day)s答复，%(count)s。") % named if self.counted else _("最晚 %(day)s答复。") % named


def is_running(found: Appeal) -> bool:
    """Whether the promise still means something: not once a matter ended without an answer."""
    return found.answered_at is not None or found.stage not in ENDED_UNANSWERED


def of(found: Appeal) -> Promise:
    """The promise of an appeal as it stands now; raises BeyondCalendar when its days are no longer loaded."""
    due = queries.due_explained(found)
    now = clock.now()
    is_kept = found.stage in ANSWERED
    until = clock.local_date(found.answered_at if found.answered_at and is_kept else now)
    light = rules.light(now, amber_at=clocks.answer_amber_at(found), due_at=None if is_kept else found.answer_due_at)
    return Promise(
        due_on=found.answer_due_on,
        counted=_counted(due),
        days=[_line(row) for row in due.counted],
        rule=_rule(found),
        is_default=found.answer_limit.mark == Mark.DEF,
        used=sum(row.day <= until for row in due.counted if row.ordinal is not None),
        amount=due.amount,
        light=light.value,
        is_kept=is_kept,
    )


def _counted(due: Due) -> str:
    first = next((row.day for row in due.counted), None)
    if first is None:
        return ""
    start = next((row.day for row in due.counted if row.ordinal == 1), first)
    named = {"day": day_words(start), "amount": due.amount}
    if due.unit is Unit.WORKDAYS:
        return _("从 %(day)s起数 %(amount)s 个工作日") % named
    return _("从 %(day)s起数 %(amount)s 天") % named


def _line(row: CountedDay) -> DayLine:
    if row.ordinal is not None:
        return DayLine(row.day, row.ordinal, _("调休上班") if row.day.weekday() >= SATURDAY else "")
    return DayLine(row.day, None, row.reason or _("周末"))


def _rule(found: Appeal) -> str:
    first = "" if found.appeal_type else _("受理时才定类型，现在先按「求助」数。")
    return first + _ground(found)


def _ground(found: Appeal) -> str:
    limit = found.answer_limit
    name = limit.name_en if (get_language() or "zh").startswith("en") else limit.name
    if limit.mark == Mark.DEF:
        return _("「%(name)s」是本平台默认的时限，不是法律规定的。") % {"name": name}
    if limit.mark == Mark.SRC:
        return _("「%(name)s」的依据：%(source)s。") % {"name": name, "source": terms.plain_source(limit.source)}
    return _("「%(name)s」参照：%(source)s，引用前还要核对原文。") % {
        "name": name,
        "source": terms.plain_source(limit.source),
    }
