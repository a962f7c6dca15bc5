"""Bad input end to end: a clear sentence in the user's language, the right status, and nothing lost."""

import errno
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any, Final
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client, override_settings

from huiyin.appeals import belongings
from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Stage
from huiyin.appeals.workflow import intake, triage
from huiyin.attachments.models import Attachment
from huiyin.demo import district
from huiyin.journal import queries as journal
from huiyin.kernel.errors import Overtaken
from huiyin.people import queries as people
from huiyin.territory import queries as territory
from tests import town
from tests.journeys.steps import go, who
from tests.journeys.steps import intake as said

PLAIN: Final = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
AT_ONCE: Final = 20


@pytest.fixture(scope="module")
def district_of_its_own(own_database: None) -> Iterator[None]:
    """The demo district, committed, so that several connections see it."""
    with override_settings(STORAGES=PLAIN, WHITENOISE_AUTOREFRESH=True):
        district.load(start=date(2026, 1, 1))
        yield


@pytest.fixture(autouse=True)
def _monday(district_of_its_own: None) -> None:
    go("03-02 10:00")


def form(**changed: Any) -> dict[str, Any]:
    """What a resident fills in."""
    place = territory.area_by_code("lt-tielu-03").pk
    given = {"detail": "铁路小区 3 号楼前路灯不亮", "place_text": "铁路小区3号楼", "area": str(place)}
    return given | {"key": str(uuid4()), "reach": "contact", "name": "王秀兰", "phone": "19900001001"} | changed


def desk(login: str, **options: Any) -> Client:
    """Somebody of the district who is logged in."""
    client = Client(**options)
    client.force_login(people.user_by_login(login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at_once(work: Callable[[int], Any], count: int = AT_ONCE) -> list[Any]:
    """Run one piece of work in several threads that start together, each on a connection of its own."""
    start = Barrier(count)

    def one(number: int) -> Any:
        start.wait()
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.fixture
def _database_away() -> Iterator[None]:
    """Nobody listens where the database should be."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
    yield
    connection.close()
    connection.settings_dict.update(before)


@pytest.mark.usefixtures("_database_away")
@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "系统暂时连不上数据库"), ("en", "cannot reach its database")]
)
@pytest.mark.parametrize("address", ["/", "/say/", "/track/", "/board/", "/desk/"])
def test_a_database_that_is_away_is_told_in_the_language_of_the_page(address: str, language: str, words: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = language
    client.cookies["sessionid"] = "x" * 32
    answer = client.get(address)
    assert answer.status_code == 503
    assert words in answer.content.decode()
    assert "127.0.0.1" not in answer.content.decode() and "Traceback" not in answer.content.decode()


@pytest.mark.usefixtures("_database_away")
def test_a_watching_machine_is_told_too() -> None:
    answer = Client().get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"db": "unreachable"})


@pytest.mark.usefixtures("_database_away")
def test_what_was_sent_while_the_database_is_away_is_refused_as_a_whole() -> None:
    filled = {"key": str(uuid4()), "detail": "路灯不亮", "reach": "none", "unsure": "on"}
    answer = Client(raise_request_exception=False).post("/say/", filled)
    assert answer.status_code == 503 and "没有保存" in answer.content.decode()


@pytest.fixture
def _full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes no more bytes."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)


@pytest.mark.usefixtures("_full_disk")
def test_a_full_disk_keeps_the_words_of_a_resident() -> None:
    before = Appeal.objects.count()
    picture = SimpleUploadedFile("灯.jpg", town.picture("#010203"), "image/jpeg")
    answer = Client().post("/say/", form(detail="满盘时说的话", photos=[picture]))
    page = answer.content.decode()
    assert answer.status_code == 507
    assert "照片暂时存不下" in page and "满盘时说的话" in page and "王秀兰" in page
    assert Appeal.objects.count() == before and not Attachment.objects.filter(name="灯.jpg").exists()
    assert Client().post("/say/", form(detail="满盘时说的话")).status_code == 302, "without the photo it is registered"


@pytest.mark.usefixtures("_full_disk")
def test_a_full_disk_keeps_the_words_of_the_desk() -> None:
    picture = SimpleUploadedFile("灯.jpg", town.picture("#030201"), "image/jpeg")
    given = form(detail="柜台上说的话", photos=picture, channel="room_visit", urgency="normal", persons_count="1")
    answer = desk("clerk.lt").post("/desk/register/", given)
    assert answer.status_code == 507
    assert "照片暂时存不下" in answer.content.decode() and "柜台上说的话" in answer.content.decode()


def test_a_session_lost_in_a_staff_form_leads_to_the_door_and_back_without_acting() -> None:
    found = intake.register(who("clerk.lt"), said("楼道灯坏了", place="lt-tielu-03", channel="room_visit"))
    client = desk("clerk.lt")
    address = f"/desk/appeal/{found.pk}/do/request_info/"
    assert client.get(address).status_code == 200
    client.cookies["sessionid"] = "gone" * 8
    answer = client.post(address, {"missing": "请说明楼号", "seen_version": found.version})
    assert answer.status_code == 302 and answer["Location"].startswith(f"/desk/login/?next={address}")
    found.refresh_from_db()
    assert (found.stage, found.version) == (Stage.REGISTERED, 1)


def test_a_form_left_open_too_long_says_so_and_the_draft_stays_in_the_browser() -> None:
    found = intake.register(who("clerk.lt"), said("楼道灯坏了", place="lt-tielu-03", channel="room_visit"))
    client = desk("clerk.lt", enforce_csrf_checks=True)
    address = f"/desk/appeal/{found.pk}/do/request_info/"
    assert f'data-draft="request_info-{found.pk}"' in client.get(address).content.decode()
    answer = client.post(address, {"missing": "请说明楼号", "seen_version": found.version})
    assert answer.status_code == 403 and "已经失效" in answer.content.decode()


def test_two_people_act_on_one_appeal_one_wins_and_the_other_is_told() -> None:
    found = intake.register(
        who("clerk.lt"), said("楼道灯坏了", place="lt-tielu-03", channel="room_visit", phone="19900001001")
    )
    acting = {"clerk.lt": "help", "dispatch.lt": "complaint"}

    def accept(number: int) -> str:
        login = list(acting)[number]
        kind, seen = acting[login], found.version
        try:
            triage.accept(who(login), found.pk, appeal_type=kind, category="010101", seen_version=seen)
        except Overtaken:
            return ""
        return acting[login]

    won = [kind for kind in at_once(accept, 2) if kind]
    found.refresh_from_db()
    assert won == [found.appeal_type] and found.version == 2
    assert [event.verb for event in journal.history("appeal", found.pk)] == ["appeal.submit", "appeal.accept"]


def test_the_second_of_two_pages_is_told_who_was_faster() -> None:
    found = intake.register(who("clerk.lt"), said("楼道灯坏了", place="lt-tielu-03", channel="room_visit"))
    clients = [desk("clerk.lt"), desk("dispatch.lt")]

    def ask(number: int) -> HttpResponse:
        given = {"missing": f"第 {number} 位问的：哪一层？", "seen_version": found.version}
        return clients[number].post(f"/desk/appeal/{found.pk}/do/request_info/", given)  # type: ignore[return-value]  # a test's answer

    answers = at_once(ask, 2)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    late = next(at for at, answer in enumerate(answers) if answer.status_code == 409)
    page = answers[late].content.decode()
    assert f"第 {late} 位问的：哪一层？" in page and "别人" in page
    (kept,) = belongings.remarks(found)
    assert kept.text == f"第 {1 - late} 位问的：哪一层？"


def test_twenty_clicks_at_once_make_one_appeal_with_one_number() -> None:
    filled, before = form(), Appeal.objects.count()
    answers = at_once(lambda _number: Client().post("/say/", filled))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Appeal.objects.count() == before + 1


def test_a_hundred_people_at_once_get_a_hundred_numbers() -> None:
    filled = [form(detail=f"第 {number} 件：路灯不亮") for number in range(100)]

    def five(number: int) -> list[str]:
        sent = filled[number * 5 : number * 5 + 5]
        return [str(Client().post("/say/", one)["Location"]) for one in sent]

    addresses = [address for some in at_once(five) for address in some]
    assert len(set(addresses)) == 100
    assert Appeal.objects.filter(detail__startswith="第 ").count() == 100
