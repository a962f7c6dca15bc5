"""One matter for each thing a page can be about: inside 龙躺 and outside of it, led there by real commands."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, Final
from uuid import uuid4

from PIL import Image

from huiyin.appeals import obstacles, queries
from huiyin.appeals.models import Appeal
from huiyin.appeals.workflow import feedback, handling, intake, ratings, triage
from huiyin.appeals.workflow.intake import Intake
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.attachments import checks
from huiyin.attachments import queries as attachments
from huiyin.hotspots.workflow import joining as hotspots
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock
from huiyin.messaging import queries as messaging
from huiyin.people import queries as people
from huiyin.people.actors import resident
from huiyin.people.workflow import Reachable
from huiyin.publication import comparison
from huiyin.publication import queries as publication
from huiyin.publication import workflow as notices
from huiyin.publication.models import Notice
from huiyin.territory import queries as territory
from tests.journeys.steps import go, who

MORNING: Final = "03-02 10:00"
WORDS: Final = (
    "铁路小区 3 号楼前路灯不亮",
    "小区东门的路灯一闪一闪，晃眼睛",
    "4 号楼后面新装的路灯太暗，老人看不清台阶",
    "路灯杆歪了，怕砸到人",
    "花园里的路灯白天也亮着，费电",
    "楼前路灯的线露在外面，孩子常在那里玩",
    "广场路灯九点就关，跳舞的人摸黑回家",
)


def picture(colour: str = "#446688") -> bytes:
    """A small real photo."""
    out = io.BytesIO()
    Image.new("RGB", (160, 120), colour).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Community:
    """One community with those who act there, and what pages of it are about."""

    key: str
    code: str
    place: str
    unit: str
    about: dict[str, Any] = field(default_factory=dict)
    words: Iterator[str] = field(default_factory=lambda: cycle(WORDS))

    def said(self, *, collector_id: int | None = None) -> Appeal:
        """Registered at the counter, with a photo and a phone number."""
        given = Intake(
            key=uuid4(),
            detail=next(self.words),
            channel="room_visit",
            area_id=territory.area_by_code(self.place).pk,
            reachable=Reachable(name="王秀兰", phone="199 0000 1001"),
            collector_id=collector_id,
            files=(checks.check("灯.jpg", picture()),),
        )
        return intake.register(who(f"clerk.{self.key}"), given)

    def accepted(self, **more: Any) -> Appeal:
        """Taken up as a request for help about street lights."""
        found = self.said(**more)
        triage.accept(who(f"clerk.{self.key}"), found.pk, appeal_type="help", category="010101")
        return found

    def sent(self, **more: Any) -> Appeal:
        """Dispatched to the unit."""
        found = self.accepted(**more)
        unit = people.unit_by_code(self.unit).pk
        triage.dispatch(who(f"clerk.{self.key}"), found.pk, unit_id=unit, reason="道路照明养护职责")
        return found

    def replied(self, **more: Any) -> Appeal:
        """Answered by the unit with a photo."""
        found, contact = self.sent(**more), who(f"contact.{self.unit}")
        handling.sign(contact, found.pk)
        handling.contact(contact, found.pk, text="电话联系。")
        lamp = (checks.check("修后.jpg", picture("#88aa44")),)
        handling.submit_reply(contact, found.pk, result="resolved", text="已更换灯具，当晚恢复照明。", files=lamp)
        return found

    def passed(self, **more: Any) -> Appeal:
        """Passed by the reviewer."""
        found = self.replied(**more)
        handling.pass_reply(who(f"director.{self.key}"), found.pk)
        return found

    def told(self, **more: Any) -> Appeal:
        """Told to all four parties, waiting for the ratings."""
        found, clerk = self.passed(**more), who(f"clerk.{self.key}")
        for party in obstacles.missing_slips(found):
            feedback.record_slip(clerk, found.pk, party=party, way="phone", evidence="03-02 14:00 通话")
        feedback.deliver(clerk, found.pk)
        return found

    def rated(self, grade: int) -> Appeal:
        """Rated by the petitioner."""
        found = self.told()
        ratings.rate(resident(found.pk), found.pk, Judgement(grade, "照实说"))
        return found

    def incomplete(self) -> Appeal:
        """Waiting for what was missing."""
        found = self.said()
        triage.request_info(who(f"clerk.{self.key}"), found.pk, missing="请说明是哪一盏灯")
        return found

    def notice_of(self, found: Appeal) -> Notice:
        """The drafted notice of a closed appeal."""
        journal_tasks.run_held_reactions()
        return publication.waiting(who(f"clerk.{self.key}")).get(appeal=found)

    def settle(self) -> None:
        """Lead a matter to every stage and note what pages are about."""
        clerk = who(f"clerk.{self.key}")
        for name, lead in self._leads().items():
            self.about[name] = lead().pk
        second = people.user_by_login(f"liaison.{self.key}").pk
        area = territory.area_by_code(self.code).pk
        opened = intake.open_box(clerk, area_id=area, second_opener_id=second, seal_number="F-1", slips_count=2)
        draft = self.notice_of(queries.appeal(clerk, self.about["closed"]))
        original = comparison.originals(draft)[0].pk
        self.about |= {"box": opened.pk, "notice": draft.pk, "original": (draft.pk, original)}
        self.about |= {"photo": (original, draft.pk), "message": messaging.to_tell(clerk)[0].pk}
        self.about["file"] = self.file_of(self.about["appeal"])
        self.about["hotspot"] = self.hotspot()

    def hotspot(self) -> int | None:
        """Three people say the same of one place."""
        name, found = territory.area_by_code(self.place).name, None
        for person in ("a", "b", "c"):
            said, path = self.said(), territory.area_by_code(self.place).path
            found = hotspots.join(said.pk, f"{name}电梯困人", "电梯三天困人两次", name, path, clock.now(), person)
        return found

    def _leads(self) -> dict[str, Callable[[], Appeal]]:
        return {
            "fresh": self.said,
            "incomplete": self.incomplete,
            "accepted": self.accepted,
            "order": self.sent,
            "replied": self.replied,
            "passed": self.passed,
            "appeal": self.told,
            "rework": lambda: self.rated(2),
            "closed": lambda: self.rated(4),
        }

    def file_of(self, pk: int) -> int:
        """The photo that came with an appeal."""
        return attachments.of_subject("appeal", pk)[0].pk

    def release_one(self) -> None:
        """Put one notice with a masked photo on the board, by two people."""
        clerk = who(f"clerk.{self.key}")
        notice = self.notice_of(self.rated(5))
        cover = checks.check("遮.jpg", picture("#000000"))
        original = comparison.originals(notice)[0].pk
        masked = notices.add_masked_photo(clerk, notice.pk, file=cover, masked_from_id=original)
        words = {"title": notice.title, "place": "铁路小区", "said": notice.said, "answer": notice.answer}
        notices.prepare(clerk, notice.pk, **words)
        notices.release(who(f"director.{self.key}"), notice.pk)
        self.about |= {"released": notice.pk, "masked": masked.pk}


def settle() -> tuple[Community, Community]:
    """龙躺 with the housing bureau, 梅林 with the water company; the clock stands on the morning of S01."""
    go(MORNING)
    inside = Community("lt", "990101001001", "lt-tielu-03", "housing")
    outside = Community("ml", "990101001002", "990101001002", "water")
    inside.settle()
    outside.settle()
    inside.release_one()
    outside.about |= {"released": outside.about["notice"], "masked": outside.about["file"]}
    return inside, outside
