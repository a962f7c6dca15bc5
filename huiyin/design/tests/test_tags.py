"""What the tags and filters of the parts write."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation

from huiyin.design import dates
from huiyin.design.samples import SampleBar, SampleMatter
from huiyin.design.templatetags import parts
from huiyin.kernel import clock

MATTER = SampleMatter(
    7, "260348271936", "灯坏了<b>", "望海社区", "物业", "居委会", "办理中", "amber", date(2026, 3, 9), 2, url="/desk/7/"
)


@pytest.fixture
def third_of_march() -> Iterator[None]:
    """Today is Tuesday, 3 March 2026."""
    with clock.moved(datetime(2026, 3, 3, 2, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("zh-hans", date(2026, 3, 9), "3月9日（周一）"),
        ("zh-hans", date(2025, 12, 31), "2025年12月31日（周三）"),
        ("en", date(2026, 3, 9), "Mon 9 March"),
        ("en", date(2025, 12, 31), "Wed 31 December 2025"),
    ],
)
def test_a_day_has_its_weekday_and_another_year_its_year(language: str, day: date, words: str) -> None:
    with translation.override(language):
        assert dates.day_words(day, this_year=2026) == words


@pytest.mark.usefixtures("third_of_march")
def test_a_moment_is_told_in_the_time_of_china() -> None:
    late_in_utc = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
    with translation.override("zh-hans"):
        assert parts.day(late_in_utc) == "3月9日（周一）"
        assert parts.when(late_in_utc) == "3月9日（周一）07:30"
    with translation.override("en"):
        assert parts.when(late_in_utc) == "Mon 9 March, 07:30"


@pytest.mark.parametrize(("year", "words"), [(2025, "3月9日（周日）"), (2031, "2025年3月9日（周日）")])
def test_this_year_is_the_year_of_the_one_clock(year: int, words: str) -> None:
    with clock.moved(datetime(year, 1, 1, tzinfo=clock.LOCAL)), translation.override("zh-hans"):
        assert parts.day(date(2025, 3, 9)) == words
        assert parts.when(datetime(2025, 3, 9, 8, tzinfo=clock.LOCAL)) == f"{words}08:00"


def test_nothing_is_written_for_no_day() -> None:
    assert parts.day(None) == ""
    assert parts.when(None) == ""
    assert parts.due_text(None, 3) == ""


@pytest.mark.usefixtures("third_of_march")
@pytest.mark.parametrize(
    ("left", "words"),
    [
        (2, "3月9日（周一） · 还剩 2 个工作日"),
        (0, "3月9日（周一） · 今天到期"),
        (-3, "3月9日（周一） · 已逾期 3 个工作日"),
        (None, "3月9日（周一）"),
    ],
)
def test_due_text_gives_the_day_and_the_count(left: int | None, words: str) -> None:
    with translation.override("zh-hans"):
        assert parts.due_text(date(2026, 3, 9), left) == words


@pytest.mark.parametrize(
    ("number", "grouped"), [("260348271936", "2603 4827 1936"), ("4829130576", "482 913 0576"), ("12345", "12345")]
)
def test_numbers_are_read_in_groups(number: str, grouped: str) -> None:
    assert parts.groups(number) == grouped


@pytest.mark.parametrize(
    ("value", "shape", "word"),
    [("green", "●", "正常"), ("amber", "▲", "将到期"), ("red", "■", "逾期"), ("none", "○", "不计时")],
)
def test_a_light_has_shape_and_word_beside_its_colour(value: str, shape: str, word: str) -> None:
    with translation.override("zh-hans"):
        html = parts.light(value)
    assert shape in html
    assert word in html
    assert f"light-{value}" in html


def test_a_light_reads_the_matter_it_is_given() -> None:
    assert "light-amber" in parts.light(MATTER)


def test_a_count_of_nothing_is_not_shown() -> None:
    assert parts.light_count("red", 0) == ""
    assert ">3<" in parts.light_count("red", 3)


def test_a_row_escapes_the_words_of_residents() -> None:
    html = parts.matter_row(MATTER)
    assert "灯坏了&lt;b&gt;" in html
    assert 'href="/desk/7/"' in html
    assert "2603 4827 1936" in html
    assert "checkbox" not in html


def test_a_row_can_be_chosen_by_its_number() -> None:
    html = parts.matter_row(MATTER, choose="chosen")
    assert 'name="chosen" value="7" aria-label="260348271936"' in html


def test_a_row_without_a_due_day_shows_none() -> None:
    assert "row-due" not in parts.matter_row(replace(MATTER, due_on=None))


def test_twenty_five_rows_cost_less_than_four_milliseconds() -> None:
    template = Template("{% load parts %}{% for m in matters %}{% matter_row m choose='c' %}{% endfor %}")
    context = Context({"matters": [MATTER] * 25})
    template.render(context)
    costs = []
    for _round in range(7):
        start = time.process_time()
        template.render(context)
        costs.append(time.process_time() - start)
    assert min(costs) < 0.004


def test_the_clock_closes_its_outer_ring_with_the_answer() -> None:
    assert "clock-closed" not in parts.clock_face(2, 5)
    assert "clock-closed" in parts.clock_face(2, 5, is_answered=True)


@pytest.mark.parametrize(("used", "limit", "length"), [(5, 10, "47.12"), (12, 10, "94.25"), (3, 4, "70.69")])
def test_the_inner_arc_is_the_share_of_the_limit_used(used: int, limit: int, length: str) -> None:
    assert f'class="clock-used" cx="32" cy="32" r="15" fill="none" stroke-dasharray="{length} ' in parts.clock_face(
        used, limit
    )


def test_a_clock_without_limit_or_use_shows_no_arc() -> None:
    assert "clock-used" not in parts.clock_face(0, 5)
    assert "clock-used" not in parts.clock_face(3, 0)


def test_bars_are_drawn_to_the_longest_and_say_their_number() -> None:
    template = Template("{% load parts %}{% bar_chart 'x' bars %}")
    html = template.render(Context({"bars": [SampleBar("甲", 40), SampleBar("乙", 10)]}))
    assert 'width="100.0%"' in html
    assert 'width="25.0%"' in html
    assert ">40<" in html


def test_a_chart_of_nothing_says_so() -> None:
    html = Template("{% load parts %}{% bar_chart 'x' bars %}").render(Context({"bars": []}))
    assert "没有数据" in html


def test_columns_have_their_table() -> None:
    html = Template("{% load parts %}{% column_chart 'x' bars %}").render(Context({"bars": [SampleBar("1月", 4)]}))
    assert '<th scope="col">1月</th>' in html
    assert "<td>4</td>" in html


def test_the_line_of_the_majority_stands_at_the_votes_needed() -> None:
    votes = parts.count_bar(58, 12, 6, 14, needed=60)
    assert votes["total"] == 90
    assert votes["line"] == "66.67"
    assert parts.count_bar(0, 0, 0, 0, needed=1)["line"] == ""


def test_a_trend_needs_two_values() -> None:
    assert parts.trend([1.0]) == ""
    assert "2.0,22.0 94.0,4.0" in parts.trend([1.0, 2.0])


def test_the_other_language_is_offered_in_its_own_name() -> None:
    with translation.override("zh-hans"):
        assert parts.other_language() == {"code": "en", "label": "English"}
    with translation.override("en"):
        assert parts.other_language() == {"code": "zh-hans", "label": "中文"}


@override_settings(USE_I18N=True)
def test_a_tone_escapes_its_label() -> None:
    assert parts.tone("<i>", "jade") == '<span class="tag tag-jade">&lt;i&gt;</span>'
