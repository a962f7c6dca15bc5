"""The leader's page: every number equals the number of the rows it leads to; F-1 to F-5 and the ledger."""

import io
import re
from html import unescape

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from huiyin.appeals.models import Appeal
from huiyin.appeals.workflow import handling, intake, triage
from huiyin.board.tests.conftest import Enter, handled, lamp
from huiyin.people import queries as people
from huiyin.people.actors import NOBODY
from tests.journeys.steps import go, who
from tests.journeys.steps import intake as said

MARCH = "span=custom&since=2026-03-01&until=2026-03-31"
TOTAL = re.compile(r"<p>(\d+) 件 · ")


def rows_behind(client: Client, url: str) -> int:
    found = TOTAL.search(client.get(unescape(url)).content.decode())
    assert found is not None, url
    return int(found[1])


@pytest.fixture
def month(haiqing: None) -> list[Appeal]:
    """Six matters: four answered (one late, one rated 不满意), one on the spot, one still open and late."""
    made = []
    for number, (grade, reply_at) in enumerate(
        ((4, "03-05 16:00"), (3, "03-06 16:00"), (2, "03-06 16:30"), (None, "03-11 16:00"))
    ):
        go("03-02 10:00")
        made.append(handled(lamp(phone=f"199 0000 20{number:02}"), grade=grade, reply_at=reply_at))
    go("03-02 10:00")
    clerk = who("clerk.lt")
    spot = intake.register(NOBODY, said("社区活动室几点开门", place="lt-tielu-01", name="李梅", phone="199 0000 3001"))
    triage.accept(clerk, spot.pk, appeal_type="inquiry", category="0801")
    triage.answer_now(clerk, spot.pk, text="每天九点开门。", result="explained")
    late = intake.register(NOBODY, said("楼道灯坏", place="lt-tielu-02", name="赵明", phone="199 0000 3002"))
    triage.accept(clerk, late.pk, appeal_type="help", category="010101")
    triage.dispatch(clerk, late.pk, unit_id=people.unit_by_code("housing").pk, reason="职责")
    go("03-16 10:00")
    return [*made, spot, late]


def test_the_eight_figures_equal_their_rows(enter: Enter, month: list[Appeal]) -> None:
    leader = enter("leader.hq")
    page = leader.get(f"/board/staff/figures/?{MARCH}").content.decode()
    cards = re.findall(
        r'figure-label"><a href="([^"]+)">([^<]+)</a></p>\s*<p class="figure-value"><b>([^<]+)</b>'
        r'.*?figure-base">([^<]*)<',
        page, re.DOTALL,
    )  # fmt: skip
    assert [name for _url, name, _value, _base in cards] == [
        "收到", "在办", "逾期未答复", "办结率", "按期办结率", "响应率", "居民满意率", "四方反馈率",
    ]  # fmt: skip
    values = {name: value for _url, name, value, _base in cards}
    assert (values["收到"], values["逾期未答复"]) == ("6", "1")
    for url, name, value, base in cards:
        expected = value
        if "÷" in base:
            part, whole = re.findall(r"\d+", base)
            expected = whole
            assert rows_behind(leader, f"{url}&part=part") == int(part), name
            assert rows_behind(leader, f"{url}&part=rest") == int(whole) - int(part), name
        assert rows_behind(leader, url) == int(expected), name


def test_every_count_of_every_table_equals_its_rows(enter: Enter, month: list[Appeal]) -> None:
    leader = enter("leader.hq")
    for level in ("1", "2", "3"):
        page = leader.get(f"/board/staff/figures/?{MARCH}&level={level}").content.decode()
        links = re.findall(r'<a href="(/board/staff/figures/rows/[^"]+)">(\d+)</a>', page)
        assert len(links) >= 15
        for url, count in links:
            assert rows_behind(leader, url) == int(count), url


def test_f1_of_the_unit(enter: Enter, month: list[Appeal]) -> None:
    file = enter("leader.hq").get(f"/board/staff/figures/?{MARCH}&as=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == ["F-1", "slowest", "F-5", "F-2", "F-3", "F-4"]
    row = next(row for row in book["F-1"].values if "住" in str(row[0]))
    assert row[1:13] == (5, 2, 3, "40.00%", 5, 3, 1, 1, "60.00%", 1, 0, row[12])
    assert "样本不足" in str(list(book["slowest"].values))
    shares = [row[2] for row in book["F-3"].values if row[2] and str(row[2]).endswith("%")]
    assert shares == ["83.3%", "16.7%", "100.0%"]


def test_the_page_of_figures_costs_few_queries(
    enter: Enter, month: list[Appeal], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    leader = enter("leader.hq")
    leader.get(f"/board/staff/figures/?{MARCH}")
    with django_assert_max_num_queries(20):
        leader.get(f"/board/staff/figures/?{MARCH}")


def test_a_unit_sees_its_own_and_a_resident_nothing(enter: Enter, month: list[Appeal]) -> None:
    page = enter("contact.housing").get(f"/board/staff/figures/?{MARCH}").content.decode()
    assert "<b>5</b>" in page
    outside = Client().get("/board/staff/figures/")
    assert (outside.status_code, outside["Location"]) == (302, "/desk/login/?next=/board/staff/figures/")


def test_a_community_outside_the_posts_is_not_counted(enter: Enter, month: list[Appeal]) -> None:
    other = enter("director.ml").get(f"/board/staff/figures/?{MARCH}").content.decode()
    assert "<b>0</b>" in other
    forged = (
        enter("director.ml").get(f"/board/staff/figures/rows/?{MARCH}&figure=received&area=990101/").content.decode()
    )
    assert "<p>0 件" in forged


def test_only_open_matters_show_a_light_and_a_due_day(enter: Enter, month: list[Appeal]) -> None:
    leader = enter("leader.hq")
    closed = leader.get(f"/board/staff/figures/rows/?{MARCH}&figure=accepted_closed").content.decode()
    assert closed.count("light-none") == closed.count('class="row-what"') > 0
    assert "row-due" not in closed
    assert "海清区 · 2026-03-01 — 2026-03-31" in closed
    late = leader.get(f"/board/staff/figures/rows/?{MARCH}&figure=late_open").content.decode()
    assert "海清区 · 此刻" in late and "2026-03-01 — 2026-03-31" not in late
    assert late.count("light-red") == late.count('class="row-due"') == 1


def test_unknown_figures_are_told(enter: Enter) -> None:
    assert enter("leader.hq").get("/board/staff/figures/rows/?figure=secret").status_code == 404


def test_a_bounced_reply_is_counted_and_found(enter: Enter, haiqing: None) -> None:
    appeal, housing, clerk = lamp(), who("contact.housing"), who("clerk.lt")
    triage.accept(clerk, appeal.pk, appeal_type="help", category="010101")
    triage.dispatch(clerk, appeal.pk, unit_id=people.unit_by_code("housing").pk, reason="职责")
    handling.sign(housing, appeal.pk)
    handling.contact(housing, appeal.pk, text="电话联系。")
    go("03-03 16:00")
    handling.submit_reply(housing, appeal.pk, result="resolved", text="好了。")
    handling.fail_reply(who("director.lt"), appeal.pk, text="没有写依据。")
    leader = enter("leader.hq")
    page = leader.get(f"/board/staff/figures/?{MARCH}").content.decode()
    assert re.search(r'<b class="number">1</b><span><a href="[^"]+bounced[^"]*">答复被审核退回的件', page)
    assert rows_behind(leader, f"/board/staff/figures/rows/?{MARCH}&figure=bounced") == 1


def test_the_ledger_of_ratings(enter: Enter, month: list[Appeal]) -> None:
    leader = enter("leader.hq")
    page = leader.get("/board/staff/ledger/").content.decode()
    assert "共 3 次评议：诉求人 3 次，其中基本满意及以上 2 次" in page
    assert "共 1 次评议" in leader.get("/board/staff/ledger/?grade=2").content.decode()
    assert "共 0 次评议" in leader.get("/board/staff/ledger/?rater=representative").content.decode()
    file = leader.get("/board/staff/ledger/?as=csv&grade=2").content.decode("utf-8-sig")
    assert "不满意" in file
    assert month[2].number in file
    assert enter("clerk.ml").get("/board/staff/ledger/").content.decode().count("共 0 次评议") == 1


def test_the_ledger_costs_few_queries(
    enter: Enter, month: list[Appeal], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    leader = enter("leader.hq")
    leader.get("/board/staff/ledger/")
    with django_assert_max_num_queries(10):
        leader.get("/board/staff/ledger/")
