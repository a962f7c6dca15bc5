"""The workbench: lists with counts, narrowing, pages, preview, several at once, and how few queries it takes."""

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.appeals import belongings, queries
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.people import queries as people
from tests.journeys.steps import go, who

Budget = Callable[[int], Any]


def test_a_list_takes_ten_queries_whatever_its_length(desk: Desk, django_assert_max_num_queries: Budget) -> None:
    clerk = desk("clerk.lt")
    matters.registered()
    clerk.get("/desk/")
    for number in range(30):
        matters.registered(f"第 {number} 盏路灯不亮")
    for path in ("/desk/", "/desk/?list=triage", "/desk/?list=all&words=路灯", "/desk/?list=ended"):
        with django_assert_max_num_queries(10):
            answer = clerk.get(path)
        assert answer.status_code == 200


def test_the_list_shows_what_where_who_and_until_when(desk: Desk) -> None:
    found = matters.handling_at_housing()
    page = desk("clerk.lt").get("/desk/").content.decode()
    assert found.subject in page
    assert "住建局" in page and "铁路小区3号楼" in page and "路灯不亮" in page
    assert "3月9日（周一）" in page and "还剩 5 个工作日" in page
    assert f"/desk/appeal/{found.pk}/" in page


def test_late_matters_come_first_and_are_counted(desk: Desk) -> None:
    matters.registered("先说的事")
    go("03-04 09:00")
    matters.registered("后说的事")
    page = desk("clerk.lt").get("/desk/?list=triage").content.decode()
    assert page.index("先说的事") < page.index("后说的事")
    assert (
        'class="light light-red"><i aria-hidden="true">■</i><span class="visually-hidden">逾期</span>1</span>' in page
    )
    late = desk("clerk.lt").get("/desk/?list=triage&light=red").content.decode()
    assert "先说的事" in late and "后说的事" not in late


def test_pages_follow_each_other_without_a_gap(desk: Desk) -> None:
    for number in range(27):
        matters.registered(f"事情甲{number:02d}")
    clerk = desk("clerk.lt")
    first = clerk.get("/desk/?list=triage&words=事情")
    assert len(first.context["rows"]) == queries.PAGE_ROWS
    second = clerk.get(first.context["next_url"])
    assert len(second.context["rows"]) == 2
    shown = {row.pk for row in first.context["rows"]} | {row.pk for row in second.context["rows"]}
    assert len(shown) == 27
    assert second.context["next_url"] == ""


def test_a_whole_number_opens_its_dossier(desk: Desk) -> None:
    found = matters.registered()
    spoken = f"{found.number[:4]} {found.number[4:8]} {found.number[8:]}"
    answer = desk("clerk.lt").get("/desk/", {"words": spoken})
    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/appeal/{found.pk}/"


def test_a_number_outside_the_territory_opens_nothing(desk: Desk) -> None:
    found = matters.registered()
    assert desk("clerk.ml").get("/desk/", {"words": found.number}).status_code == 200


@pytest.mark.parametrize(
    ("login", "codes"),
    [
        ("clerk.lt", ["mine", "triage", "feedback", "rating", "all", "ended"]),
        ("contact.housing", ["unit", "feedback", "all", "ended"]),
        ("leader.hq", ["all", "ended"]),
        ("review.hq", ["review", "rating", "all", "ended"]),
    ],
)
def test_lists_follow_the_posts(desk: Desk, login: str, codes: list[str]) -> None:
    shown = desk(login).get("/desk/").context["lists"]
    assert [line.code for line in shown] == codes


def test_an_empty_list_says_what_to_do_next(desk: Desk) -> None:
    clerk = desk("clerk.lt")
    assert "登记一件" in clerk.get("/desk/").content.decode()
    assert "没有符合条件的诉求" in clerk.get("/desk/?words=大象").content.decode()


def test_narrowing_by_place_unit_and_days(desk: Desk) -> None:
    found = matters.handling_at_housing()
    housing = people.unit_by_code("housing").pk
    officer = desk("officer.hq")
    for query, is_in in (
        (f"unit={housing}", True),
        ("stage=handling", True),
        ("stage=rating", False),
        (f"area={found.area_path}", True),
        ("category=0101", True),
        ("category=02", False),
        ("since=2026-03-03", False),
        ("until=2026-03-02", True),
        ("since=gestern", True),
    ):
        page = officer.get(f"/desk/?list=all&{query}")
        assert bool(page.context["rows"]) is is_in, query


def test_the_preview_is_a_part(desk: Desk) -> None:
    found = matters.registered()
    part = desk("clerk.lt").get(f"/desk/appeal/{found.pk}/", HTTP_HX_REQUEST="true").content.decode()
    assert part.startswith("<article") and "受理" in part and "王**" in part and "王秀兰" not in part


def test_one_note_for_several(desk: Desk) -> None:
    first, second = matters.registered("甲处"), matters.registered("乙处")
    clerk = desk("clerk.lt")
    chosen = {"verb": "note", "chosen": [first.pk, second.pk]}
    assert "给 2 件写备注" in clerk.post("/desk/several/", chosen).content.decode()
    done = clerk.post("/desk/several/", chosen | {"do": "1", "text": "同一批次，明天一起看。"})
    assert [one.refusal for one in done.context["done"]] == ["", ""]
    assert [said.text for said in belongings.remarks(second)] == ["同一批次，明天一起看。"]


def test_several_to_one_unit_tell_which_were_refused(desk: Desk) -> None:
    ready, not_yet = matters.accepted("甲处"), matters.registered("乙处")
    housing = people.unit_by_code("housing").pk
    answer = desk("clerk.lt").post(
        "/desk/several/",
        {"verb": "dispatch", "chosen": [ready.pk, not_yet.pk], "do": "1", "unit_id": housing, "text": "照明职责"},
    )
    assert [bool(one.refusal) for one in answer.context["done"]] == [False, True]
    assert matters.again(ready).lead_unit_id == housing


def test_several_need_a_choice(desk: Desk) -> None:
    assert desk("clerk.lt").post("/desk/several/", {"verb": "note"}).status_code == 422


def test_several_are_printed_on_sheets(desk: Desk) -> None:
    first, second = matters.registered("甲处"), matters.registered("乙处")
    answer = desk("clerk.lt").post("/desk/several/", {"verb": "print", "chosen": [first.pk, second.pk]}, follow=True)
    page = answer.content.decode()
    assert page.count("社情民意登记表</h2>") == 2 and "甲处" in page and "乙处" in page


def test_who_sees_nothing_gets_no_row(desk: Desk) -> None:
    matters.registered()
    assert desk("clerk.ml").get("/desk/?list=all").context["rows"] == []
    assert who("clerk.ml").area_path
