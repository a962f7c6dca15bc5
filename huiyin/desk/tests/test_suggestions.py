"""The figures of the suggestions: counts beside every share, sentences, who speaks, empty state, fixed queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.desk import suggested
from huiyin.desk.tests.conftest import Desk
from huiyin.kernel import clock, held
from huiyin.people.actors import SYSTEM
from huiyin.triage import workflow
from huiyin.triage.models import Reader, Suggestion
from tests.journeys.steps import at, go, who

LT, ML = "990101/001/001/", "990101/001/002/"


def settled(
    count: int, *, right: int, when: str, area_path: str = LT, best: str = "010101", other: str = "020101"
) -> None:
    """Settled suggestions of one day: the first ones left as they were, the others changed."""
    start = Suggestion.objects.count() + 1
    Suggestion.objects.bulk_create(
        Suggestion(
            appeal_id=start + number,
            area_path=area_path,
            aspect="category",
            best=best,
            probability=0.7,
            choices=[{"code": best, "p": 0.7, "words": []}],
            abstains=False,
            suggested_at=at(when),
            chosen=best if number < right else other,
            rank=0 if number < right else None,
            settled_at=at(when),
            is_taken=number < right // 2,
        )
        for number in range(count)
    )


@pytest.fixture
def months(haiqing: None) -> None:
    """A good February and a bad March, seen on 20 March."""
    settled(60, right=54, when="02-10 10:00")
    settled(40, right=20, when="03-10 10:00")
    go("03-20 10:00")


def test_counts_stand_beside_every_share(desk: Desk, months: None) -> None:
    page = desk("engineer").get("/desk/suggestions/").content.decode()
    assert "74 · 74%" in page
    assert "本月提了 40 次分类建议，20 次没有被改（50%）；此前三个月提了 60 次，54 次没有被改（90%）。" in page
    assert "比以前不准，不像是碰巧。" in page
    assert "占道堆物" in page and "26 次" in page
    assert "市政设施" in page and "3月9日" in page


def test_before_anything_was_settled_the_page_says_what_comes(desk: Desk) -> None:
    page = desk("engineer").get("/desk/suggestions/").content.decode()
    assert "还没有数字" in page and "词表" in page
    assert "可以学的诉求有 0 件，满 200 件后，夜里自动开始学习。" in page
    assert "还没有训练过。" in page


def test_officers_see_their_territory_engineers_the_house(haiqing: None) -> None:
    settled(10, right=9, when="03-01 10:00", area_path=LT)
    settled(10, right=1, when="03-01 10:00", area_path=ML)
    both = suggested.page(who("engineer"), now=clock.now())["by_aspect"][0].tally
    own = suggested.page(who("director.lt"), now=clock.now())["by_aspect"][0].tally
    assert (both.settled, both.right) == (20, 10)
    assert own.settled <= 10


def test_readers_and_switches_are_told_with_their_comparison(desk: Desk) -> None:
    for number, outcome in enumerate((Reader.Outcome.LIVE, Reader.Outcome.WORSE)):
        workflow.keep_reader(
            SYSTEM,
            Reader(
                aspect="category",
                trained_at=clock.now() + timedelta(hours=number),
                closed_count=300,
                lessons_count=281,
                labels_count=12,
                sha256="" if number else "ab" * 32,
                learned={"label_of": {}, "counts": {}, "trust": 1.0},
                held_out_count=30,
                right_count=25 - 5 * number,
                live_right_count=20 + 5 * number,
                outcome=outcome,
            ),
        )
    page = desk("engineer").get("/desk/suggestions/").content.decode()
    assert "学了 281 件" in page and "模型文件不见了" in page
    assert "留出的 30 件里对 25 件，当时在用的词表对 20 件" in page
    assert "不如原来的，没有上线" in page and "文件未保留" in page
    assert "事项分类改用第" in page


def test_the_page_asks_a_fixed_number_of_queries(desk: Desk, months: None) -> None:
    engineer = desk("engineer")
    engineer.get("/desk/suggestions/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            engineer.get("/desk/suggestions/")
        counts.append(len([query for query in asked.captured_queries if "triage_" in query["sql"]]))
        settled(30, right=10, when="03-12 10:00", best="030201")
    assert counts == [10, 10]
    held.forget_all()
