"""What the board's tests stand on: the demo district and one matter that went its whole way by real commands."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from huiyin.appeals.models import Appeal
from huiyin.appeals.workflow import feedback, handling, intake, ratings, triage
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.attachments import checks
from huiyin.attachments.checks import Checked
from huiyin.demo import district
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock, held
from huiyin.people import queries as people
from huiyin.people.actors import NOBODY, resident
from huiyin.publication import workflow
from huiyin.publication.models import Notice
from tests.journeys.steps import go, who
from tests.journeys.steps import intake as said

Enter = Callable[[str], Client]
PLAIN = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}


@pytest.fixture(autouse=True)
def _real_time(settings: Any) -> Iterator[None]:
    settings.STORAGES, settings.WHITENOISE_AUTOREFRESH = PLAIN, True
    held.forget_all()
    yield
    journal_tasks.release_reactions()
    clock.move_to(None)


@pytest.fixture
def haiqing(db: None) -> None:
    """The common fixture of the acceptance scenarios, on the morning of S01; reactions run when told."""
    district.load(start=date(2026, 1, 1))
    journal_tasks.hold_reactions()
    go("03-02 10:00")


@pytest.fixture
def enter(haiqing: None) -> Enter:
    """Opens the house as the person with a login."""

    def as_person(login: str) -> Client:
        client = Client()
        client.force_login(people.user_by_login(login), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_person


def picture(shade: int = 120) -> bytes:
    """A plain JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (shade, shade, shade)).save(out, "JPEG")
    return out.getvalue()


def photo() -> Checked:
    """A checked plain photo."""
    return checks.check("现场.jpg", picture())


def lamp(*, name: str = "王秀兰", phone: str = "199 0000 1001") -> Appeal:
    """S01: the lamp in front of building 3 does not shine."""
    words = said(
        f"铁路小区 3 号楼前路灯不亮，我是3号楼的{name}，电话{phone.replace(' ', '')}",
        place="lt-tielu-03", name=name, phone=phone, files=(photo(),),
    )  # fmt: skip
    return intake.register(NOBODY, words)


def handled(appeal: Appeal, *, grade: int | None = 4, reply_at: str = "03-05 16:00") -> Appeal:
    """Lead a matter from triage to its rating."""
    clerk, housing = who("clerk.lt"), who("contact.housing")
    triage.accept(clerk, appeal.pk, appeal_type="help", category="010101")
    triage.dispatch(clerk, appeal.pk, unit_id=people.unit_by_code("housing").pk, reason="道路照明养护职责")
    handling.sign(housing, appeal.pk)
    handling.contact(housing, appeal.pk, text="电话联系，本人说明位置。")
    go(reply_at)
    late = "部件缺货" if clock.now() >= Appeal.objects.get(pk=appeal.pk).answer_due_at else ""
    handling.submit_reply(housing, appeal.pk, result="resolved", text="已更换灯具，当晚恢复照明。", late_reason=late)
    handling.pass_reply(who("director.lt"), appeal.pk)
    for party, way in (("asker", "phone"), ("studio", "internal"), ("work_department", "internal")):
        feedback.record_slip(housing, appeal.pk, party=party, way=way, evidence="通话 3 分钟")
    feedback.deliver(housing, appeal.pk)
    if grade is not None:
        ratings.rate(resident(appeal.pk), appeal.pk, Judgement(grade, "" if grade > 2 else "灯还是暗"))
    journal_tasks.run_held_reactions()
    appeal.refresh_from_db()
    return appeal


def prepared(notice: Notice) -> Notice:
    """The clerk settles the words as the machine drafted them."""
    return workflow.prepare(
        who("clerk.lt"), notice.pk, title=notice.title, place=notice.place, said=notice.said, answer=notice.answer
    )


@pytest.fixture
def draft(haiqing: None) -> Notice:
    """The draft of the lamp's notice."""
    return Notice.objects.get(appeal=handled(lamp()))


@pytest.fixture
def released(draft: Notice) -> Notice:
    """The lamp's notice on the board."""
    prepared(draft)
    return workflow.release(who("director.lt"), draft.pk)
