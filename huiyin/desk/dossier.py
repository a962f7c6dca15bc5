"""What a dossier shows of one appeal: the clock, the thread of words and events, slips, orders, people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.access import policy
from huiyin.appeals import belongings, clocks, queries
from huiyin.appeals.models import Appeal, Rating, Remark, Reply, Slip
from huiyin.appeals.queries import Choice
from huiyin.appeals.stages import Grade, Party, Rater, Result, Stage, Way
from huiyin.appeals.steps import STEPS
from huiyin.attachments import queries as attachments
from huiyin.attachments.models import Attachment
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import TimeLimit
from huiyin.design.shapes import Light
from huiyin.design.templatetags.parts import day
from huiyin.desk import acts, dues, lists
from huiyin.desk.acts import Act
from huiyin.desk.forms.acts import ActForm
from huiyin.journal import queries as journal
from huiyin.journal.models import Event
from huiyin.kernel import clock
from huiyin.people import queries as people
from huiyin.people.actors import Actor
from huiyin.people.workflow import Reachable
from huiyin.territory import queries as territory
from huiyin.territory import rules
from huiyin.territory.rules import Due

_REPLIES: Final = {
    Reply.Verdict.WAITING: gettext_lazy("待审核"),
    Reply.Verdict.PASSED: gettext_lazy("审核通过"),
    Reply.Verdict.FAILED: gettext_lazy("审核退回"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a matter with its words, as the part draws it."""

    used: int
    limit: int
    light: Light
    is_answered: bool
    headline: str
    detail: str
    due: Due
    lines: list[dues.DayLine]
    answer_limit: TimeLimit


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the thread."""

    at: datetime
    who: str
    what: str
    role: str = ""
    files: list[Mapping[str, str]] = field(default_factory=list)
    is_system: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One act the page offers: its step, its words, its address, or why it is not open."""

    choice: Choice
    act: Act
    url: str
    is_first: bool


def clock_of(found: Appeal, *, now: datetime) -> Clock:
    """How much of the promised time is used, where the matter is and by when it is answered."""
    due, calendar = clocks.explain(found), territory.calendar()
    start, last, today = (clock.local_date(at) for at in (due.started, due.at - rules.ONE_DAY / 2, now))
    limit = max(1, rules.working_days_between(start, max(start, last), calendar))
    until = clock.local_date(found.answered_at) if found.answered_at else today
    used = rules.working_days_between(start, max(start, until), calendar) if until.year in calendar.years else limit
    words = _("最晚 %(day)s答复，%(counted)s") % {
        "day": day(found.answer_due_on),
        "counted": dues.counted(due, first=day(dues.first_day(due))),
    }
    return Clock(
        used=used,
        limit=limit,
        light=lists.light(found, now),
        is_answered=found.answered_at is not None,
        headline=_("%(stage)s · %(holder)s") % {"stage": Stage(found.stage).label, "holder": lists.holder(found)},
        detail=words,
        due=due,
        lines=list(dues.lines(due)),
        answer_limit=catalogue.limit_by_id(found.answer_limit_id),
    )


def offers(actor: Actor, found: Appeal) -> list[Offer]:
    """The acts of this actor now; the one that usually comes next stands first."""
    choices = [choice for choice in queries.choices(actor, found) if choice.step.verb in acts.ACTS]
    open_verbs = [choice.step.verb for choice in choices if choice.is_open]
    first = next((verb for verb in acts.FIRST if verb in open_verbs), "")
    ordered = sorted(choices, key=lambda choice: acts.place_of(choice.step.verb))
    return [
        Offer(
            choice,
            acts.ACTS[choice.step.verb],
            reverse("desk:act", args=[found.pk, choice.step.verb]),
            choice.step.verb == first,
        )
        for choice in ordered
    ]


def said(found: Appeal, files: Iterable[Attachment]) -> Entry:
    """What was said at first, with the files that came with it."""
    mine = [file for file in files if file.purpose in (Attachment.Purpose.SAID, Attachment.Purpose.SCAN)]
    return Entry(found.registered_at, asker(found), found.detail, str(found.channel), links(mine), mine=True)


def asker(found: Appeal) -> str:
    """Who said it, as far as everybody on the desk may see."""
    if found.contact is None:
        return _("匿名诉求人")
    return found.contact.masked_name or found.contact.masked_phone or _("诉求人")


def links(files: Iterable[Attachment]) -> list[Mapping[str, str]]:
    """Files as the thread lists them."""
    return [
        {"name": f.name, "url": reverse("desk:file", args=[f.pk]), "size": f"{max(1, f.size_bytes // 1024)} kB"}
        for f in files
    ]


def thread(found: Appeal, files: Iterable[Attachment]) -> list[Entry]:
    """Everything said and done in the order of the journal; events without words of their own are folded."""
    events = journal.history("appeal", found.pk)
    names = people.names(event.actor_id for event in events if event.actor_id)
    words = _words_of_events(found)
    entries = [said(found, files)]
    for event in events:
        if event.verb != "appeal.submit":
            entries += words.get(_key(event)) or words.get(("event", event.pk)) or [_of_event(event, names)]
    return entries


Key = tuple[str, object]


def _key(event: Event) -> Key:
    """Which words belong to an event: its reply, its rating, or the remarks that name it."""
    if "reply" in event.data:
        return ("reply", event.data["reply"])
    if "grade" in event.data:
        return ("rating", (event.data["round"], event.data["rater"]))
    return ("event", event.pk)


def _words_of_events(found: Appeal) -> dict[Key, list[Entry]]:
    words: dict[Key, list[Entry]] = {}
    for remark in belongings.remarks(found):
        words.setdefault(("event", remark.event_id), []).append(_of_remark(remark))
    replies = belongings.replies(found)
    files: dict[int, list[Attachment]] = {}
    for file in attachments.of_subjects("reply", [reply.pk for reply in replies]) if replies else ():
        files.setdefault(file.subject_id, []).append(file)
    words |= {("reply", reply.pk): [_of_reply(reply, files.get(reply.pk, []))] for reply in replies}
    for opened in belongings.rating_rounds(found):
        words |= {("rating", (opened.number, rating.rater)): [_of_rating(rating)] for rating in opened.ratings.all()}
    return words


def _of_remark(remark: Remark) -> Entry:
    role = str(Remark.Kind(remark.kind).label)
    if not remark.is_public:
        role = _("%(kind)s · 仅内部可见") % {"kind": role}
    who = remark.author.name if remark.author is not None else _("诉求人")
    ground = f"{remark.ground}\n" if remark.ground is not None else ""
    return Entry(remark.said_at, who, ground + remark.text, role, mine=remark.author is None)


def _of_reply(reply: Reply, files: Iterable[Attachment]) -> Entry:
    unit = reply.assignment.unit.name if reply.assignment is not None else ""
    parts = [unit, str(Result(reply.result).label), str(_REPLIES[Reply.Verdict(reply.verdict)])]
    if reply.round > 1:
        parts.append(_("第 %(round)s 轮") % {"round": reply.round})
    late = "\n" + _("逾期原因：%(reason)s") % {"reason": reply.late_reason} if reply.late_reason else ""
    who = reply.submitted_by.name if reply.submitted_by is not None else unit
    return Entry(reply.submitted_at, who, reply.text + late, " · ".join(part for part in parts if part), links(files))


def _of_rating(rating: Rating) -> Entry:
    entry = "" if rating.entry == Rating.Entry.WEB else f" · {Rating.Entry(rating.entry).label} {rating.evidence}"
    grade = str(Grade(rating.grade).label)
    what = f"{grade}\n{rating.remark}" if rating.remark else grade
    return Entry(rating.rated_at, str(Rater(rating.rater).label), what, _("评议") + entry, mine=True)


def _of_event(event: Event, names: Mapping[int, str]) -> Entry:
    who = names.get(event.actor_id or 0, _("系统") if event.actor_kind == "system" else _("诉求人"))
    return Entry(
        event.at, _("%(who)s · %(act)s") % {"who": who, "act": act_label(event)}, _facts(event), is_system=True
    )


def act_label(event: Event) -> str:
    """The verb of an event in the field's word."""
    verb = event.verb.partition(".")[2]
    return _(STEPS[verb].label) if verb in acts.ACTS or verb in ("submit", "rate") else event.verb


def _facts(event: Event) -> str:
    facts = []
    if event.after and event.after != event.before:
        facts.append(_("到「%(stage)s」") % {"stage": Stage(event.after).label})
    party, way = event.data.get("party"), event.data.get("way")
    if party in Party.values and way in Way.values:
        facts.append(f"{Party(party).label} · {Way(way).label}")
    if event.data.get("answer_due_on"):
        facts.append(_("答复期限 %(day)s") % {"day": day(date.fromisoformat(event.data["answer_due_on"]))})
    return "；".join(facts) or _("没有改变所处的环节。")


def changes_since(found: Appeal, seen_version: int) -> list[Entry]:
    """What others did since the actor last saw the appeal: one event for each version."""
    verbs = {step.verb for step in STEPS}
    events = [event for event in journal.history("appeal", found.pk) if event.verb.partition(".")[2] in verbs]
    newest = events[-(found.version - seen_version) :] if found.version > seen_version else []
    names = people.names(event.actor_id for event in newest if event.actor_id)
    return [_of_event(event, names) for event in newest]


def slip_lines(found: Appeal) -> list[Mapping[str, Any]]:
    """The four slips as the part draws them."""
    url = reverse("desk:act", args=[found.pk, "record_slip"])
    is_open = found.stage in STEPS["record_slip"].sources
    return [_slip(slip, f"{url}?party={slip.party}" if is_open else "") for slip in belongings.slips(found)]


def _slip(slip: Slip, url: str) -> Mapping[str, Any]:
    line: dict[str, Any] = {"party": Party(slip.party).label, "is_delivered": slip.delivered_at is not None}
    if slip.way == Way.NONE:
        return line | {"none_reason": slip.note}
    how = str(Way(slip.way).label) if slip.way else ""
    return line | {"how": how, "at": slip.delivered_at, "evidence": slip.evidence or slip.note, "deliver_url": url}


PURPOSES: Final = (
    ("先行联系诉求人", gettext_lazy("先行联系")),
    ("核对或补正内容", gettext_lazy("核对、补正")),
    ("反馈办理结果", gettext_lazy("反馈结果")),
    ("评议或回访", gettext_lazy("评议、回访")),
)


def may_reveal(actor: Actor, found: Appeal) -> bool:
    """Whether the actor may read the contact data of an appeal in clear, for a purpose."""
    return found.contact is not None and policy.reaches(actor, "appeal.contact_data", found)


def whole(actor: Actor, found: Appeal, *, now: datetime) -> dict[str, Any]:
    """Everything the dossier's page shows."""
    files = attachments.of_subject("appeal", found.pk)
    return {
        "appeal": found,
        "row": lists.rows([found], now=now)[0],
        "clock": clock_of(found, now=now),
        "offers": offers(actor, found),
        "entries": thread(found, files),
        "slips": slip_lines(found),
        "orders": belongings.orders(found),
        "asker": asker(found),
        "may_reveal": may_reveal(actor, found),
        "purposes": PURPOSES,
        "files": links(files),
    }


def beside(found: Appeal, verb: str, form: ActForm) -> dict[str, Any]:
    """What stands beside the form of an act: the matter in short, and what was said."""
    now = clock.now()
    return {
        "appeal": found,
        "verb": verb,
        "act": acts.ACTS[verb],
        "form": form,
        "row": lists.rows([found], now=now)[0],
        "clock": clock_of(found, now=now),
        "said": said(found, attachments.of_subject("appeal", found.pk)),
    }


def brief(actor: Actor, found: Appeal, *, now: datetime) -> dict[str, Any]:
    """What the preview beside a list shows."""
    return {
        "appeal": found,
        "row": lists.rows([found], now=now)[0],
        "clock": clock_of(found, now=now),
        "offers": [offer for offer in offers(actor, found) if offer.choice.is_open][:3],
        "asker": asker(found),
        "last": next(iter(belongings.remarks(found)[::-1]), None),
    }


def in_clear(reachable: Reachable) -> Mapping[str, str]:
    """Contact data by their labels, without what was not given."""
    lines = {_("姓名"): reachable.name, _("电话"): reachable.phone, _("住址"): reachable.address}
    return {label: value for label, value in lines.items() if value}
