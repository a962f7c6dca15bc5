"""Tells the demo's stories through real commands under a moved clock, in the order of time."""

import heapq
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final, TypeAlias
from uuid import NAMESPACE_OID, uuid5

from huiyin.appeals import queries, reading
from huiyin.appeals.stages import Grade, Party, Stage
from huiyin.appeals.workflow import closing, feedback, handling, intake, ratings, triage
from huiyin.appeals.workflow.intake import Intake
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.demo import cast
from huiyin.demo.cast import Cast
from huiyin.demo.district import DATA
from huiyin.demo.pictures import photo
from huiyin.hotspots.workflow import rebuilding
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock
from huiyin.people.actors import NOBODY, Actor, resident
from huiyin.people.workflow import Reachable
from huiyin.territory import queries as territory
from huiyin.territory import rules
from huiyin.territory.rules import ONE_DAY, Unit

Booked: TypeAlias = "tuple[datetime, Callable[[], Iterator[Booked]]]"
Story = Mapping[str, Any]
_DATE_MARK: Final = re.compile(r"\{([dw])([+-])(\d+)\}")
_COUNTER_ORDER: Final = ("lt", "ml", "yd", "hs")
_STAFFED: Final = ("web", "sms", "email")
_MINUTES_TO_BOOK: Final = 10
_TOLD_SPAN: Final = timedelta(days=100)


def later(at: datetime, hours: float) -> datetime:
    """An instant so many working hours later."""
    whole = int(hours)
    found = rules.due(at, whole, Unit.WORK_HOURS, territory.calendar()).at if whole else _in_office(at)
    return _in_office(found + timedelta(hours=hours - whole))


def _in_office(at: datetime) -> datetime:
    """The instant itself, or when the office opens next."""
    calendar = territory.calendar()
    local = at.astimezone(clock.LOCAL)
    while True:
        if calendar.is_working_day(local.date()):
            for opens, closes in calendar.hours:
                if local.time() <= closes:
                    return max(local, datetime.combine(local.date(), opens, clock.LOCAL))
        local = datetime.combine(local.date() + ONE_DAY, time(), clock.LOCAL)


def dated(text: str, at: datetime) -> str:
    """A text whose marks {d+3} and {w-1} are written as dates counted from when it was written."""
    return _DATE_MARK.sub(lambda found: _written(found, clock.local_date(at)), text)


def _written(found: re.Match[str], day: date) -> str:
    kind, sign, count = found[1], 1 if found[2] == "+" else -1, int(found[3])
    calendar = territory.calendar()
    while count:
        day += sign * ONE_DAY
        count -= 1 if kind == "d" or day.year not in calendar.years or calendar.is_working_day(day) else 0
    return f"{day.month}月{day.day}日"


class Telling:
    """One story on its way: each act books the next ones, until the goal or the present is reached."""

    def __init__(self, row: Story, actors: Cast, now: datetime) -> None:
        self.row, self.cast, self.now = row, actors, now
        self.story: Story = row["story"]
        self.pace: Mapping[str, float] = self.story.get("pace", {})
        self.key = actors.keys[row["community"]]
        self.pk = 0
        self.unit_code = ""
        self.rounds = list(self.story.get("rounds", []))

    # -- people

    @property
    def clerk(self) -> Actor:
        return self.cast.actor(f"clerk.{self.key}")

    @property
    def reviewers(self) -> tuple[Actor, Actor]:
        upper = "nsl" if self.key in ("lt", "ml") else "yg"
        return self.cast.actor(f"director.{self.key}"), self.cast.actor(f"review.{upper}")

    def unit_actor(self, role: str) -> Actor:
        return self.cast.of_unit(self.unit_code, role)

    # -- acts

    def begin(self) -> Booked:
        """When and how the story starts."""
        hour, minute = map(int, self.row["time"].split(":"))
        day = clock.local_date(self.now) + timedelta(days=self.row["day_offset"])
        if self.row.get("working_day"):
            while not territory.calendar().is_working_day(day):
                day -= ONE_DAY
        at = datetime.combine(day, time(hour, minute), clock.LOCAL)
        return min(at, self.now - timedelta(minutes=_MINUTES_TO_BOOK)), self.register

    def register(self) -> Iterator[Booked]:
        row, asker = self.row, self.row["petitioner"]
        known = self.cast.residents.get(asker.get("resident") or (asker.get("delegates") or [""])[0])
        reach = Reachable(known["name"], known["phone"] or "", "") if known else Reachable()
        by_web = row["channel"] in _STAFFED
        collector = self.cast.actor(row["collector"]).user_id if row["collector"] else None
        self.pk = intake.register(
            NOBODY if by_web else self.clerk,
            Intake(
                key=uuid5(NAMESPACE_OID, f"demo:{row['id']}"),
                detail=row["detail"],
                subject=row["subject"],
                channel=row["channel"],
                area_id=self.cast.area(row["building"] or row["community"]).pk,
                place_text=row["place"],
                reachable=reach,
                is_anonymous=asker["kind"] == "anonymous",
                persons_count=asker.get("persons", 1),
                collector_id=collector,
                keeper_id=self.clerk.user_id,
                files=(photo(row["detail"]),) if by_web else (),
            ),
        ).pk
        if self.story["goal"] != "registered":
            yield later(clock.now(), self.pace.get("decide", 0.5)), self.decide

    def decide(self) -> Iterator[Booked]:
        story, goal = self.story, self.story["goal"]
        refusal: Story = story.get("refusal") or {}
        if goal == "info_needed":
            triage.request_info(self.clerk, self.pk, missing="；".join(story["missing"]))
        elif goal == "redirected":
            triage.redirect(self.clerk, self.pk, ground=refusal["code"], text=self._redirection(refusal))
        elif goal == "not_accepted":
            triage.propose_refusal(self.clerk, self.pk, ground=refusal["code"], text=self._redirection(refusal))
            yield later(clock.now(), 1), self.refuse
        elif goal == "withdrawn":
            note = dated(story["withdraw_note"], clock.now())
            closing.withdraw(self.clerk, self.pk, text=note, evidence="诉求人书面确认")
        else:
            row = self.row
            triage.accept(
                self.clerk, self.pk, appeal_type=row["appeal_type"], category=row["category"], urgency=row["urgency"]
            )
            if story.get("on_spot_answer"):
                yield later(clock.now(), 0.1), self.answer_now
            elif goal != "accepted":
                yield later(clock.now(), self.pace.get("dispatch", 1)), self.dispatch

    def _redirection(self, refusal: Story) -> str:
        parts = [refusal["reason"], f"请到：{refusal['place']}。" if refusal["place"] else ""]
        parts.append(f"请带：{refusal['papers']}。" if refusal.get("papers") else "")
        return dated("".join(part for part in parts if part), clock.now())

    def refuse(self) -> Iterator[Booked]:
        triage.refuse(self.reviewers[0], self.pk)
        yield from ()

    def answer_now(self) -> Iterator[Booked]:
        triage.answer_now(self.clerk, self.pk, text=dated(self.story["on_spot_answer"], clock.now()))
        if self.story["goal"] != "answered_on_spot":
            yield later(clock.now(), 1), self.deliver

    def dispatch(self) -> Iterator[Booked]:
        lead = self.cast.lead(self.row["category"], self.row["community"])
        self.unit_code = lead.unit.code
        triage.dispatch(self.clerk, self.pk, unit_id=lead.unit.pk, reason=lead.reason)
        if self.story["goal"] != "dispatched":
            yield later(clock.now(), self.pace.get("sign", 2)), self.sign

    def sign(self) -> Iterator[Booked]:
        handling.sign(self.unit_actor("unit_contact"), self.pk)
        yield later(clock.now(), self.pace.get("contact", 2)), self.contact
        if self.rounds:
            yield later(clock.now(), max(self.rounds[0]["after"], self.pace.get("contact", 2) + 0.2)), self.reply

    def contact(self) -> Iterator[Booked]:
        text = dated(self.story.get("first_contact") or "电话联系诉求人，核实情况。", clock.now())
        handling.contact(self.unit_actor("unit_contact"), self.pk, text=text)
        yield from ()

    def reply(self) -> Iterator[Booked]:
        told = self.rounds[0]
        text = dated(told["reply"], clock.now())
        handling.submit_reply(
            self.unit_actor("unit_contact"),
            self.pk,
            result=told["handling_result"],
            text=text,
            late_reason=told.get("late_reason") or "现场条件复杂，未及时报延期，已向诉求人致歉。",
            files=(photo(text),),
        )
        if told.get("review"):
            yield later(clock.now(), told["review"]["after"]), self.review

    def review(self) -> Iterator[Booked]:
        told = self.rounds.pop(0)
        number = len(self.story["rounds"]) - len(self.rounds) - 1
        reviewer = self.reviewers[number % 2]
        if told["review"]["decision"] == "fail":
            handling.fail_reply(reviewer, self.pk, text=told["review"]["note"])
            yield from self._redo()
            return
        handling.pass_reply(reviewer, self.pk, text=told["review"]["note"])
        if "deliver_after" in told:
            self.told = told
            yield later(clock.now(), told["deliver_after"]), self.deliver

    def deliver(self) -> Iterator[Booked]:
        unit = self.unit_actor("unit_contact") if self.unit_code else self.clerk
        ways = {
            Party.ASKER: "phone",
            Party.REPRESENTATIVE: "internal",
            Party.STUDIO: "internal",
            Party.WORK_DEPARTMENT: "internal",
        }
        stamp = clock.now().astimezone(clock.LOCAL)
        for party, way in ways.items():
            if party == Party.REPRESENTATIVE and not self.row["collector"]:
                continue
            if party == Party.ASKER and self.row["petitioner"]["kind"] == "anonymous":
                continue
            evidence = f"{stamp:%m-%d %H:%M} {'通话' if way == 'phone' else '站内送达'}"
            feedback.record_slip(unit, self.pk, party=party, way=way, evidence=evidence)
        feedback.deliver(unit, self.pk)
        told = getattr(self, "told", self.story)
        days = told.get("rate_after_days", 1)
        for rater in told.get("ratings") or {}:
            yield (
                clock.now() + timedelta(days=days, hours=1 if rater == "resident" else 0),
                partial(self.rate, rater, told),
            )
        if self.story["goal"] in ("closed", "archived"):
            yield clock.now() + timedelta(days=14), self.finish

    def rate(self, rater: str, told: Story) -> Iterator[Booked]:
        words = told["ratings"][rater]
        remark = dated(words.get("remark") or "没有解决", clock.now())
        judgement = Judgement(Grade[_GRADES[words["grade"]]].value, remark)
        if rater == "resident":
            ratings.rate(resident(self.pk), self.pk, judgement)
        else:
            ratings.rate_collected(self.cast.actor(self.row["collector"]), self.pk, judgement)
        if judgement.grade < _SATISFIED:
            yield from self._redo()
        if self._is_to_archive():
            yield later(clock.now(), 12), self.archive

    def _is_to_archive(self) -> bool:
        return self.story["goal"] == "archived" and self._is_in(Stage.CLOSED)

    def _is_in(self, stage: str) -> bool:
        return queries.visible(self.clerk).filter(pk=self.pk, stage=stage).exists()

    def _redo(self) -> Iterator[Booked]:
        if self.rounds:
            yield later(clock.now(), 1), self.redo
        elif self.story.get("final_note"):
            yield later(clock.now(), 4), self.explain

    def redo(self) -> Iterator[Booked]:
        handling.redo(self.unit_actor("unit_leader"), self.pk, text="已阅，请按反馈意见逐项重办，办结前再联系诉求人。")
        yield later(clock.now(), self.rounds[0]["after"]), self.reply

    def explain(self) -> Iterator[Booked]:
        text = dated(self.story["final_note"], clock.now())
        ratings.close_unsatisfied(self.cast.actor("officer.hq"), self.pk, text=text, is_unfounded=True)
        yield from ()

    def finish(self) -> Iterator[Booked]:
        closing.sweep()
        if self._is_to_archive():
            yield later(clock.now(), 2), self.archive

    def archive(self) -> Iterator[Booked]:
        closing.archive(self.clerk, self.pk)
        yield from ()


_SATISFIED: Final = 3
_GRADES: Final = {
    "very_satisfied": "VERY_SATISFIED",
    "satisfied": "SATISFIED",
    "basically_satisfied": "BASICALLY",
    "dissatisfied": "DISSATISFIED",
    "very_dissatisfied": "VERY_DISSATISFIED",
}


def tell_all(now: datetime, *, progress: Callable[[int], object] = lambda _n: None) -> int:
    """Tell every story of the data up to the present; returns how many there were."""
    return tell(told(), now, progress=progress)


def tell(rows: Sequence[Story], now: datetime, *, progress: Callable[[int], object] = lambda _n: None) -> int:
    """Tell some stories up to the present; acts that would fall after it have not happened yet."""
    told_by = cast.of(clock.local_date(now))
    queue: list[tuple[datetime, int, Callable[[], Iterator[Booked]]]] = []
    for number, row in enumerate(rows):
        at, act = Telling(row, told_by, now).begin()
        heapq.heappush(queue, (at, number, act))
    count = len(queue)
    journal_tasks.hold_reactions()
    try:
        while queue:
            at, number, act = heapq.heappop(queue)
            clock.move_to(at)
            for later_at, later_act in act():
                if later_at < now:
                    count += 1
                    heapq.heappush(queue, (later_at, count, later_act))
            journal_tasks.run_held_reactions()
            if number < len(rows):  # it was said just now
                reading.suggest_new(within=ONE_DAY)
                progress(1)
        clock.move_to(now)
        closing.sweep()
        journal_tasks.run_held_reactions()
        _grow_hotspots()
    finally:
        clock.move_to(None)
        journal_tasks.release_reactions()
    return len(rows)


def _grow_hotspots() -> None:
    """Let all matters join their hotspots, as the worker would have done by now."""
    reading.grow_hotspots(within=_TOLD_SPAN)
    rebuilding.rebuild()


def told() -> list[Story]:
    """The stories as the data tell them."""
    with (DATA / "appeals.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
