"""What the tests of hotspots stand on: planted matters of our own writing, who sees what, a moved clock."""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, time

import pytest

from huiyin.hotspots.models import Matter
from huiyin.hotspots.workflow import joining, mirror
from huiyin.kernel import clock
from huiyin.people.actors import Actor, Kind, Seat
from huiyin.people.roles import Role
from huiyin.text.topics.items import Item
from huiyin.text.topics.tests.planted import planted

ITEMS, TRUTH = planted(random.Random(11))
EAST, WEST = "1/1/", "1/2/"
CLERK = Actor(Kind.STAFF, 1, "受理员", (Seat(Role.STUDIO_CLERK, area_path="1/"),))
OF_EAST = Actor(Kind.STAFF, 2, "东街受理员", (Seat(Role.STUDIO_CLERK, area_path=EAST),))
OF_UNIT = Actor(Kind.STAFF, 3, "承办联络员", (Seat(Role.UNIT_CONTACT, unit_id=7),))


@pytest.fixture(autouse=True)
def _present(db: None) -> Iterator[None]:
    clock.move_to(datetime(2025, 5, 15, 10, 0, tzinfo=clock.LOCAL))
    mirror.forget()
    yield
    clock.move_to(None)
    mirror.forget()


def number(item: Item) -> int:
    """The matter that an item of the planted ones is here."""
    return 1 + ITEMS.index(item)


def join(items: Iterable[Item], *, area_path: str = EAST) -> None:
    for item in items:
        assert item.day is not None
        at = datetime.combine(item.day, time(9), tzinfo=clock.LOCAL)
        joining.join(number(item), item.subject, item.detail, "", area_path, at, item.person, likes=item.likes)


def say(subject_id: int, words: str, *, person: str = "", area_path: str = EAST, likes: int = 0) -> int | None:
    """A matter that came in yesterday."""
    at = datetime(2025, 5, 14, 9, 0, tzinfo=clock.LOCAL)
    return joining.join(subject_id, words[:18], words, "", area_path, at, person, likes=likes)


def together() -> set[frozenset[int]]:
    """The groups as the rows have them: matters by hotspot, those without one left out."""
    found: dict[int, set[int]] = {}
    for matter, hotspot in Matter.objects.filter(hotspot__isnull=False).values_list("pk", "hotspot_id"):
        found.setdefault(hotspot, set()).add(matter)
    return {frozenset(group) for group in found.values()}
