"""What the page of the suggestions' figures shows: who speaks, how often they were right, what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.design.templatetags.parts import day
from huiyin.desk import advice, options
from huiyin.figures.rules import percent
from huiyin.kernel import clock
from huiyin.people.actors import Actor
from huiyin.triage import lessons, queries, rules
from huiyin.triage.models import LEARNED, Aspect, Reader, Service
from huiyin.triage.rules import Drift, Tally

_WEEKS: Final = timedelta(weeks=12)
_MONTHS_BEFORE: Final = 3
_SHOWN: Final = 12
_OUTCOMES_TONE: Final = {Reader.Outcome.LIVE: "jade", Reader.Outcome.WORSE: "amber"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of counts: its name, the counts, and the share that people left as it was."""

    name: str
    tally: Tally

    @property
    def share(self) -> str:
        """The share of what was suggested that people left as it was, in whole per cent."""
        return percent(Fraction(self.tally.right, self.tally.spoken), places=0) if self.tally.spoken else "—"

    @property
    def width(self) -> str:
        """That share as the length of a bar, 0 to 100."""
        return f"{100 * self.tally.right / self.tally.spoken:.0f}" if self.tally.spoken else "0"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks for one aspect, since when, learned from how many."""

    label: str
    name: str
    detail: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Trained:
    """One reader that was trained, with the comparison that decided about it."""

    number: int
    label: str
    at: datetime
    lessons: int
    compared: str
    outcome: str
    tone: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """One change that people made often."""

    suggested: str
    chosen: str
    count: int


def page(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """Everything the page shows; a fixed number of queries."""
    found, since = queries.settled(actor), now - _WEEKS
    tallies, serving = queries.tallies(found.filter(settled_at__gte=since)), queries.serving()
    readers = queries.readers(limit=_SHOWN)
    return {
        "voices": [_voice(aspect, serving.get(aspect)) for aspect in LEARNED],
        "waiting": _waiting(serving, readers),
        "by_aspect": [Row(str(aspect.label), tallies[aspect]) for aspect in Aspect if aspect in tallies],
        "sentences": sentences(actor, now=now),
        "by_week": [Row(_week(monday), tally) for monday, tally in queries.by_week(found, since=since)],
        "by_branch": [Row(_branch(code), tally) for code, tally in queries.by_branch(found, since=since).items()],
        "changes": [
            Changed(advice.category_name(each.suggested), advice.category_name(each.chosen), each.count)
            for each in queries.corrections(found, since=since)
        ],
        "trained": [_trained(reader) for reader in readers],
        "switches": [_switch(service) for service in queries.services()],
    }


def _voice(aspect: Aspect, service: Service | None) -> Voice:
    label, pinned = str(aspect.label), _("由人指定，夜里不自动更换。") if service and service.is_pinned else ""
    if service is None or service.reader is None:
        return Voice(label, _("词表"), _("按关键词提示，没有学习。") + pinned)
    told = _("自 %(day)s起，学了 %(count)s 件。") % {
        "day": _day(service.since),
        "count": service.reader.lessons_count,
    }
    return Voice(label, _name(service.reader), told + pinned, is_missing=not queries.has_file(service.reader))


def _day(at: datetime) -> str:
    return str(day(clock.local_date(at)))


def _waiting(serving: Mapping[str, Service], readers: Sequence[Reader]) -> str:
    """What is missing before something learned serves; empty once it does."""
    if any(service.reader is not None for service in serving.values()):
        return ""
    if readers:
        return _("学过了，还没有比词表好的；再有新办结的，夜里接着学。")
    count = lessons.count()
    if count < rules.LEAST_LESSONS:
        return _("本地已办结、可以学的诉求有 %(count)s 件，满 %(least)s 件后，夜里自动开始学习。") % {
            "count": count,
            "least": rules.LEAST_LESSONS,
        }
    return _("本地已办结、可以学的诉求有 %(count)s 件，今天夜里就会学习。") % {"count": count}


def sentences(actor: Actor, *, now: datetime) -> list[str]:
    """How this month compares with the three before, in plain sentences."""
    first = clock.local_date(now).replace(day=1)
    start = _midnight(_months_before(first, _MONTHS_BEFORE))
    found = queries.settled(actor)
    months = queries.by_month(found, since=start)
    this, before = months.get(first, Tally()), _sum(tally for month, tally in months.items() if month < first)
    told = [_compared(this, before)]
    if this.settled:
        told.append(
            _("本月定下来的 %(count)s 件里，有 %(abstained)s 件系统没有把握，没有提分类的建议。")
            % {"count": this.settled, "abstained": this.abstained}
        )
    before_counts = queries.chosen_counts(found, since=start, until=_midnight(first))
    rising = rules.rising(queries.chosen_counts(found, since=_midnight(first), until=now), before_counts)
    if rising:
        told.append(
            _("「%(category)s」这个月明显多起来，以前学到的少，建议容易出错，请多看一眼。")
            % {"category": advice.category_name(rising)}
        )
    return told


_DRIFTS: Final = {
    Drift.TOO_FEW: gettext_lazy("件数还少，还看不出变化。"),
    Drift.SAME: gettext_lazy("和以前差不多。"),
    Drift.BETTER: gettext_lazy("比以前准，不像是碰巧。"),
    Drift.WORSE: gettext_lazy("比以前不准，不像是碰巧。请看下面常被改的分类；也可以换回以前的模型。"),
}


def _compared(this: Tally, before: Tally) -> str:
    """The counts of this month and of the three before in one sentence, and in another what they mean."""
    now, then = Row("", this), Row("", before)
    counts = _(
        "本月提了 %(spoken)s 次分类建议，%(right)s 次没有被改（%(share)s）；"
        "此前三个月提了 %(before_spoken)s 次，%(before_right)s 次没有被改（%(before_share)s）。"
    ) % {
        "spoken": this.spoken,
        "right": this.right,
        "share": now.share,
        "before_spoken": before.spoken,
        "before_right": before.right,
        "before_share": then.share,
    }
    return f"{counts}{_DRIFTS[rules.drift(this, before)]}"


def _sum(tallies: Iterable[Tally]) -> Tally:
    rows = list(tallies)
    names = ("settled", "spoken", "right", "in_three", "taken")
    return Tally(**{name: sum(getattr(row, name) for row in rows) for name in names})


def _months_before(first: date, count: int) -> date:
    months = first.year * 12 + first.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _midnight(at: date) -> datetime:
    return datetime.combine(at, time(), clock.LOCAL)


def _week(monday: date) -> str:
    return _("%(day)s起一周") % {"day": day(monday)}


def _branch(code: str) -> str:
    return next((str(row) for row in options.category_rows() if row.code == code), code)


def _trained(reader: Reader) -> Trained:
    compared = _("留出的 %(count)s 件里对 %(right)s 件，当时在用的%(name)s对 %(live_right)s 件") % {
        "count": reader.held_out_count,
        "right": reader.right_count,
        "name": _name(reader.compared_with),
        "live_right": reader.live_right_count,
    }
    return Trained(
        reader.pk,
        str(Aspect(reader.aspect).label),
        reader.trained_at,
        reader.lessons_count,
        compared,
        str(Reader.Outcome(reader.outcome).label),
        _OUTCOMES_TONE.get(Reader.Outcome(reader.outcome), "plain"),
        bool(reader.sha256),
    )


def _name(reader: Reader | None) -> str:
    return _("第 %(number)s 号模型") % {"number": reader.pk} if reader is not None else _("词表")


def _switch(service: Service) -> str:
    by = _("由人指定") if service.is_pinned else _("自动")
    told = {"day": _day(service.since), "aspect": Aspect(service.aspect).label, "by": by}
    return _("%(day)s，%(aspect)s改用%(name)s（%(by)s）") % (told | {"name": _name(service.reader)})
