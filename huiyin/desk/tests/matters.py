"""Appeals at each stage, led there by the real commands."""

from typing import Any

from huiyin.appeals import obstacles, queries
from huiyin.appeals.models import Appeal
from huiyin.appeals.workflow import feedback, handling, intake, triage
from huiyin.people import queries as people
from tests.journeys.steps import go, who
from tests.journeys.steps import intake as said

WORDS = "铁路小区 3 号楼前路灯不亮"


def registered(words: str = WORDS, **more: Any) -> Appeal:
    """Said at the counter of 龙躺, with name and phone."""
    given = {"place": "lt-tielu-03", "name": "王秀兰", "phone": "199 0000 1001", "channel": "room_visit"} | more
    return intake.register(who("clerk.lt"), said(words, **given))


def accepted(words: str = WORDS, **more: Any) -> Appeal:
    """Taken up as a request for help about street lights."""
    found = registered(words, **more)
    triage.accept(who("clerk.lt"), found.pk, appeal_type="help", category="010101")
    return again(found)


def handling_at_housing() -> Appeal:
    """Dispatched to and signed by the housing bureau."""
    found = accepted()
    triage.dispatch(who("clerk.lt"), found.pk, unit_id=people.unit_by_code("housing").pk, reason="道路照明养护职责")
    go("03-02 13:50")
    handling.sign(who("contact.housing"), found.pk)
    return again(found)


def replied() -> Appeal:
    """Answered by the housing bureau, waiting for the reviewer."""
    found = handling_at_housing()
    handling.contact(who("contact.housing"), found.pk, text="电话联系，位置在 3 号楼东侧。")
    handling.submit_reply(who("contact.housing"), found.pk, result="resolved", text="已更换灯具，当晚恢复照明。")
    return again(found)


def to_feed_back() -> Appeal:
    """Passed by the reviewer; nobody has been told yet."""
    found = replied()
    handling.pass_reply(who("director.lt"), found.pk)
    return again(found)


def to_rate() -> Appeal:
    """Told to all four parties, waiting for the ratings."""
    found = to_feed_back()
    for party in obstacles.missing_slips(found):
        feedback.record_slip(who("clerk.lt"), found.pk, party=party, way="phone", evidence="03-02 14:00 通话")
    feedback.deliver(who("clerk.lt"), found.pk)
    return again(found)


def again(found: Appeal) -> Appeal:
    """The appeal as it is now."""
    return queries.appeal(who("clerk.lt"), found.pk)
