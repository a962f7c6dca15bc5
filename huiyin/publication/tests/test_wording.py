"""Notices are found by their public words while they are released; likeness tells nothing that is not public."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from huiyin.finding.models import Wording
from huiyin.journal import tasks as journal_tasks
from huiyin.publication import queries, workflow
from huiyin.publication.models import Notice
from huiyin.publication.tests.conftest import who

WORDS = {"title": "楼前路灯不亮", "place": "铁路小区", "said": "楼前的路灯不亮，晚上看不见路", "answer": "已更换灯具。"}
DRAFT = "我们楼前的路灯也不亮，晚上看不见路"


@pytest.fixture(autouse=True)
def _pages(settings: Any, tmp_path: Path) -> None:
    """Static files as they lie in the packages."""
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH = str(tmp_path), True


@pytest.fixture
def released(draft: Notice) -> Notice:
    """Prepared by one, released by another; the worker has done nothing yet."""
    workflow.prepare(who("clerk.lt"), draft.pk, **WORDS)
    return workflow.release(who("director.lt"), draft.pk)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("路燈", True), ("路灯 灯具", True), ("铁路小区", True), ("灯", True), ("王秀兰", False), ("路灯 电梯", False)],
)
def test_a_notice_is_found_by_what_it_says_publicly(released: Notice, typed: str, *, is_found: bool) -> None:
    assert queries.released(words=typed).exists() is is_found


def test_a_retracted_notice_is_found_no_more(released: Notice) -> None:
    workflow.retract(who("director.lt"), released.pk)
    assert not queries.released(words="路灯").exists() and not queries.alike(DRAFT)
    assert not Wording.objects.filter(pk__gt=1 << 31).exists()


def test_a_notice_released_again_is_found_by_its_new_words_alone(released: Notice) -> None:
    workflow.retract(who("director.lt"), released.pk)
    workflow.prepare(who("clerk.lt"), released.pk, **{**WORDS, "answer": "已换新灯杆。"})
    assert not queries.released(words="灯杆").exists()
    workflow.release(who("director.lt"), released.pk)
    assert queries.released(words="灯杆").exists() and not queries.released(words="灯具").exists()
    assert Wording.objects.filter(pk__gt=1 << 31).count() == 1


def test_neighbours_matters_are_told_by_their_notices_alone(released: Notice) -> None:
    told = queries.alike(DRAFT)
    assert [(each.pk, each.title, each.persons_count) for each in told] == [(released.pk, "楼前路灯不亮", 1)]
    assert queries.alike(DRAFT, area_path="990101/001/001/") == told
    assert queries.alike(DRAFT, area_path="990101/001/002/") == []
    assert queries.alike("自来水发黄，有一股异味") == [] and queries.alike("灯") == []


def test_the_say_page_names_what_neighbours_said(released: Notice, client: Client) -> None:
    page = client.post("/say/alike/", {"detail": DRAFT}).content.decode()
    assert "已有 1 位邻居说过这样的事" in page and "楼前路灯不亮" in page and "王秀兰" not in page
    assert client.post("/say/alike/", {"detail": ""}).content.decode().strip() == ""
    without_script = client.post("/say/", {"find": "1", "detail": DRAFT}).content.decode()
    assert "已有 1 位邻居说过这样的事" in without_script and DRAFT in without_script


def test_a_matter_that_is_not_public_is_never_named(draft: Notice, client: Client) -> None:
    journal_tasks.run_held_reactions()
    page = client.post("/say/alike/", {"detail": "铁路小区 3 号楼 502 前路灯不亮"}).content.decode()
    assert page.strip() == ""
