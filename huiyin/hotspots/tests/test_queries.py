"""An actor sees hotspots counted over the matters of their territory, in a stable order, by few queries."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from huiyin.hotspots import queries
from huiyin.hotspots.queries import Order
from huiyin.hotspots.tests.conftest import CLERK, EAST, ITEMS, OF_EAST, OF_UNIT, TRUTH, WEST, join, number, say
from huiyin.hotspots.workflow import grouping, joining, rebuilding
from huiyin.kernel import clock
from huiyin.kernel.errors import NotFound
from huiyin.people.actors import NOBODY, SYSTEM, Actor, resident
from huiyin.text.topics.tests.planted import MATTERS, PLACES


def cable_cars(east: int, west: int) -> int:
    """One hotspot, its first matters in the east, the others in the west; returns its id."""
    for matter in range(1, east + west + 1):
        path = EAST if matter <= east else WEST
        say(matter, f"骆驼峰缆车停运{matter}周，年票不退", person=f"p{matter}", area_path=path, likes=matter % 2)
    found = joining.hotspot_of(1)
    assert found is not None
    return found


def test_hotspots_are_named_and_ordered_by_heat() -> None:
    join(ITEMS)
    rebuilding.rebuild()
    shown = queries.hotspots(CLERK, most=100)
    assert [hot.heat for hot in shown] == sorted((hot.heat for hot in shown), reverse=True)
    assert shown == queries.hotspots(CLERK, most=100)
    assert all(hot.people_concerned >= 3 and hot.first <= hot.last and hot.quotes for hot in shown)
    for planted in set(TRUTH.values()):
        matter = next(number(item) for item in ITEMS if TRUTH.get(item.key) == planted)
        hot = queries.of_matter(CLERK, matter)
        assert hot is not None
        assert PLACES[planted] in hot.name
        assert MATTERS[planted % len(MATTERS)][0] in hot.name
    assert next(hot.last for hot in queries.hotspots(CLERK, order=Order.NEWEST)) == max(hot.last for hot in shown)
    assert len(queries.hotspots(CLERK, most=3)) == 3


def test_numbers_are_those_of_the_territory() -> None:
    found = cable_cars(east=4, west=3)
    whole, part = queries.hotspot(CLERK, found), queries.hotspot(OF_EAST, found)
    assert (whole.matters, whole.persons, whole.likes, whole.people_concerned) == (7, 7, 4, 11)
    assert (part.matters, part.persons, part.likes, part.heat) == (4, 4, 2, 5.41)
    assert queries.hotspots(CLERK, area_path=EAST)[0] == part
    assert queries.matter_ids(OF_EAST, found) == [4, 3, 2, 1]
    assert {pk for pk, _ in part.quotes} <= {1, 2, 3, 4}
    assert queries.of_matter(OF_EAST, 6) is None
    assert queries.of_matter(OF_EAST, 2) == part


def test_fewer_than_three_people_of_the_territory_are_no_hotspot_there() -> None:
    for matter, path in ((1, EAST), (2, EAST), (3, WEST), (4, WEST)):
        found = say(matter, f"骆驼峰缆车停运{matter}周，年票不退", person=f"p{matter}", area_path=path)
    assert found is not None
    assert queries.hotspots(OF_EAST) == [] == queries.hotspots(OF_EAST, order=Order.GROWTH)
    assert queries.of_matter(OF_EAST, 1) is None
    with pytest.raises(NotFound):
        queries.hotspot(OF_EAST, found)
    assert queries.hotspot(CLERK, found).matters == 4


@pytest.mark.parametrize("actor", [OF_UNIT, NOBODY, SYSTEM, resident(1)])
def test_without_a_territory_nothing_is_seen(actor: Actor) -> None:
    found = cable_cars(east=4, west=0)
    assert queries.hotspots(actor) == []
    assert queries.hotspots(actor, area_path=EAST) == []
    assert queries.matter_ids(actor, found) == []
    with pytest.raises(NotFound):
        queries.hotspot(actor, found)


def test_growing_are_those_with_more_than_in_the_month_before() -> None:
    yesterday = datetime(2025, 5, 14, 9, 0, tzinfo=clock.LOCAL)
    ages = {
        "骆驼峰缆车停运，年票不退": (1, 2, 3, 40),
        "柳林屯沼气池漏气没人管": (1, 35, 45, 50),
        "荷花池水发臭": (1, 2, 3),
    }
    for at, (words, days) in enumerate(ages.items()):
        for place, age in enumerate(days):
            back = yesterday - timedelta(days=age - 1)
            joining.join(10 * at + place, words, words, "", EAST, back, f"p{place}")
    shown = queries.hotspots(CLERK, order=Order.GROWTH)[:2]
    assert [(hot.recent, hot.growth) for hot in shown] == [(3, 3.0), (3, 2.0)]
    assert [hot.first for hot in shown] == [date(2025, 5, 12), date(2025, 4, 5)]


def test_lists_take_a_fixed_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    join(ITEMS)
    with django_assert_num_queries(2):
        queries.hotspots(CLERK, most=50)
    with clock.moved(datetime(2025, 4, 20, 9, 0, tzinfo=clock.LOCAL)), django_assert_num_queries(2):
        assert queries.hotspots(CLERK, order=Order.GROWTH)
    with django_assert_num_queries(3):
        queries.of_matter(CLERK, 1)


def test_a_hotspot_that_went_into_another_is_found_there() -> None:
    one = cable_cars(east=3, west=0)
    for matter in range(21, 25):
        two = say(matter, f"望江亭索道关了{matter}天，月卡不延期", person=f"q{matter}")
    assert two not in (None, one)
    with transaction.atomic():
        grouping.locked()
        grouping.regroup([["1", "2", "3", "21", "22", "23", "24"]])
    assert queries.hotspot(CLERK, one) == queries.hotspot(CLERK, two or 0)
    assert queries.hotspot(CLERK, one).id == two
    assert queries.matter_ids(CLERK, one) == [24, 23, 22, 21, 3, 2, 1]
