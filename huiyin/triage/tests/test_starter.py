"""The starter of the first day: keywords of the catalogue and words of our own say what a matter seems to be."""

from datetime import date

import pytest

from huiyin.triage import rules, starter
from huiyin.triage.starter import Starter
from huiyin.triage.thinking import starter_of

KNOWN = Starter(
    {"01": "", "0101": "01", "010101": "0101", "010102": "0101"},
    {"010101": ("路灯", "不亮"), "010102": ("灯杆", "漏电", "路灯")},
)


def test_words_of_few_categories_and_of_the_subject_weigh_more() -> None:
    weights = KNOWN.weights("路灯不亮", "三号楼前面")
    assert weights == {"010101": 3 * 2 / 2 + 3 * 2, "010102": pytest.approx(0.8 * 3 * 2 / 2)}
    found = rules.best(KNOWN.categories(weights))
    assert found[0][0] == "010101"
    assert found[0][1] > 0.5 and found[1][1] < 0.1
    assert KNOWN.words("010101", "路灯不亮", "") == ("路灯", "不亮")


def test_traditional_and_full_width_writing_is_read_alike() -> None:
    assert KNOWN.weights("路燈 不亮", "") == KNOWN.weights("路灯不亮", "")


def test_nothing_said_of_anything_known_suggests_nothing() -> None:
    assert KNOWN.weights("你好", "🙂") == {}
    assert KNOWN.categories({}) == {}


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("感谢抢修师傅淋雨修电", "praise"),
        ("建议小学设护学岗", "suggestion"),
        ("请问断交的社保到哪办补缴", "inquiry"),
        ("网格巡查：楼道内违规充电", "report"),
        ("投诉物业乱收费没人管", "complaint"),
        ("求助：老伴走失，帮帮我", "help"),
    ],
)
def test_kinds_show_by_how_people_speak(subject: str, kind: str) -> None:
    assert starter.kinds(subject, "")[0].code == kind


def test_danger_is_told_with_its_word() -> None:
    first = starter.urgencies("电梯关人了 快来", "我和孩子被困在里面")[0]
    assert first.code == "critical" and "被困" in first.words
    assert starter.urgencies("请问医保怎么报销", "")[0].code == "normal"


@pytest.mark.django_db
def test_the_catalogue_of_the_house_is_the_starters_lexicon() -> None:
    known = starter_of(date(2026, 3, 2))
    weights = known.weights("铁路小区路灯不亮", "三号楼前面的路灯坏了一个星期，晚上太黑")
    assert rules.best(known.categories(weights))[0][0] == "010101"
    assert "01" not in known.keywords and "010101" in known.keywords
