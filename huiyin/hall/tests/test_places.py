"""The places that words name, and the count of the promised date over holidays."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from huiyin.hall.tests.conftest import text_of
from huiyin.kernel import clock
from huiyin.territory import places
from tests.journeys.steps import go


@pytest.mark.parametrize(
    ("words", "label", "is_sure"),
    [
        ("铁路小区3号楼", "铁路小区3号楼（龙躺社区）", True),
        ("铁路小区 三号楼 门口路灯", "铁路小区3号楼（龙躺社区）", True),
        ("铁路院3栋", "铁路小区3号楼（龙躺社区）", True),
        ("铁路小区", "铁路小区（龙躺社区）", True),
        ("龙躺社区", "龙躺社区（", False),
        ("南山路18号", "铁路小区（龙躺社区）", True),
    ],
)
def test_words_name_a_place(words: str, label: str, is_sure: bool) -> None:
    found = places.named(words, clock.today())
    assert found and found[0].label.startswith(label), [row.label for row in found]
    assert found[0].is_sure is is_sure


def test_words_that_name_no_place_find_none() -> None:
    assert places.named("那边", clock.today()) == []
    assert places.named("", clock.today()) == []


def test_house_numbers_are_read_as_they_are_said() -> None:
    said = [places.plain(words) for words in ("三号楼", "十二栋", "二十号", "3 号楼", "３号楼")]
    assert said == ["3号楼", "12栋", "20号", "3号楼", "3号楼"]


def test_the_count_names_holidays_and_days_worked_instead(client: Client, said: Callable[..., dict[str, Any]]) -> None:
    go("09-30 10:00")
    page = text_of(client.get(client.post("/say/", said())["Location"]))
    assert "国庆" in page and "不算" in page
    counted = re.findall(r"10月\d+日（周.） (\d|不算)", page)
    assert counted.count("不算") >= 7 and [row for row in counted if row != "不算"] == ["1", "2", "3", "4", "5"]
