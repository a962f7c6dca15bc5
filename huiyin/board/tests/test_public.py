"""What everyone sees: no personal data, results in words and shapes, exact figures, masked photos only."""

import io

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from huiyin.attachments.models import Attachment
from huiyin.board.tests.conftest import handled, lamp, photo
from huiyin.publication import workflow
from huiyin.publication.models import Notice
from tests.journeys.steps import go, who

SECRETS = ("王秀兰", "19900001001", "3号楼", "3 号楼")


def test_an_empty_board_says_so(haiqing: None) -> None:
    answer = Client().get("/board/")
    assert answer.status_code == 200
    assert "还没有公示" in answer.content.decode()


def test_a_notice_tells_what_was_done_and_nothing_personal(released: Notice) -> None:
    for path in ("/board/", f"/board/notice/{released.pk}/", "/board/week/"):
        words = Client().get(path).content.decode()
        assert not [secret for secret in SECRETS if secret in words], path
        assert "铁路小区" in words
        assert "● </i> 已解决" in words or "●</i> 已解决" in words
        assert "住建局" in words
        assert "3 个工作日" in words
        assert "满意" in words


def test_the_list_is_narrowed_by_community_category_and_words(released: Notice) -> None:
    client, area = Client(), released.area_path[: released.area_path.index("/", 11) + 1]
    for query, expected in (
        (f"area={area}", True),
        ("category=01", True),
        ("category=02", False),
        ("words=路灯", True),
        ("words=下水道", False),
        ("area=nowhere", True),
    ):
        assert (released.title in client.get(f"/board/?{query}").content.decode()) is expected, query


def test_the_list_costs_few_queries(released: Notice, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(10):
        Client().get("/board/")


def test_drafts_and_retracted_notices_are_not_public(draft: Notice) -> None:
    assert Client().get(f"/board/notice/{draft.pk}/").status_code == 404
    assert draft.title not in Client().get("/board/").content.decode()


def test_only_the_newest_masked_copy_of_a_released_notice_is_served(draft: Notice) -> None:
    original = Attachment.objects.get(subject_kind="appeal")
    clerk = who("clerk.lt")
    first = workflow.add_masked_photo(clerk, draft.pk, file=photo(), masked_from_id=original.pk)
    second = workflow.add_masked_photo(clerk, draft.pk, file=photo(), masked_from_id=original.pk)
    client = Client()
    assert client.get(f"/board/photo/{second.pk}/").status_code == 404, "a draft is not public"
    workflow.prepare(clerk, draft.pk, title="路灯", place="铁路小区", said="路灯不亮", answer="已更换")
    workflow.release(who("director.lt"), draft.pk)
    answer = client.get(f"/board/photo/{second.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert client.get(f"/board/photo/{first.pk}/").status_code == 404, "an older copy may show too much"
    assert client.get(f"/board/photo/{original.pk}/").status_code == 404, "an original is never public"
    assert f"/board/photo/{second.pk}/" in client.get("/board/").content.decode()
    workflow.retract(who("director.lt"), draft.pk)
    assert client.get(f"/board/photo/{second.pk}/").status_code == 404


def test_the_month_of_s01_counts_and_hides_one_matter(released: Notice) -> None:
    words = Client().get("/board/figures/?month=2026-03").content.decode()
    assert "&lt;3" in words
    assert "基数不足 3 件，不公布" in words


def test_the_figures_of_a_month_and_their_file(haiqing: None) -> None:
    for number in range(5):
        go(f"03-0{2 + number % 3} 10:00")
        handled(lamp(name="王秀兰", phone=f"199 0000 10{number:02}"), grade=5 if number else 3, reply_at="03-06 16:00")
    client = Client()
    words = client.get("/board/figures/?month=2026-03").content.decode()
    for expected in ("100.0%", "5 件，共 5 件", "受理口径", "到期口径", "办结口径", "2026-03-01 — 2026-03-31"):
        assert expected in words, expected
    file = client.get("/board/figures/?month=2026-03&as=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == ["type", "category", "channel", "community"]
    assert [cell.value for cell in book["type"][3]][:3] == ["求助", 5, "100.0%"]
    table = client.get("/board/figures/?month=2026-03&as=csv&table=community").content.decode("utf-8-sig")
    assert "龙躺社区" in table
    assert "口径：受理口径" in table


def test_how_to_check_says_what_cannot_be_checked_yet(haiqing: None) -> None:
    assert "现在还核对不了的" in Client().get("/board/check/").content.decode()


@pytest.mark.parametrize("query", ["month=2026-99", "month=x", "as=csv&table=none", "as=pdf"])
def test_nonsense_shows_this_month(haiqing: None, query: str) -> None:
    assert Client().get(f"/board/figures/?{query}").status_code == 200


def test_a_poster_is_printed_on_a3_or_a4(released: Notice) -> None:
    assert "a3.css" in Client().get("/board/week/?week=2026-03-05").content.decode()
    assert "a3.css" not in Client().get("/board/week/?week=2026-03-05&paper=a4").content.decode()
