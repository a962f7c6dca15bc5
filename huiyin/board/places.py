"""What can be chosen on the board: communities and the first level of categories, read seldom."""

from collections.abc import Iterable
from typing import Final

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import Category
from huiyin.kernel import clock
from huiyin.kernel.held import Held
from huiyin.people import queries as people
from huiyin.people.actors import Actor
from huiyin.people.models import Unit
from huiyin.territory import queries as territory
from huiyin.territory.models import Area

Option = tuple[str, str]

_AREAS: Final = Held(lambda: list(territory.areas(clock.today(), kinds=("district", "subdistrict", "community"))))
_CATEGORIES: Final = Held(lambda: list(catalogue.categories(clock.today())))
_UNITS: Final = Held(lambda: list(people.units(clock.today())))


def communities(*, below: str = "") -> list[Area]:
    """The communities of the district, or of a part of it, in the order of the tree."""
    return [area for area in _AREAS.get() if area.kind == Area.Kind.COMMUNITY and area.path.startswith(below)]


def community_options() -> list[Option]:
    """The communities by path."""
    return [(area.path, area.name) for area in communities()]


def community_name(path: str) -> str:
    """The name of the community in which a path lies; empty above communities."""
    return next((area.name for area in communities() if path.startswith(area.path)), "")


def area_name(path: str) -> str:
    """The name of a district, subdistrict or community by its path."""
    return next((area.name for area in _AREAS.get() if area.path == path), "")


def territory_options(actor: Actor) -> list[Option]:
    """The parts of the district an actor's posts reach, by path, indented by depth."""
    paths = tuple(seat.area_path for seat in actor.seats if seat.area_path)
    within = [area for area in _AREAS.get() if paths and area.path.startswith(paths)]
    top = min((area.path.count("/") for area in within), default=0)
    return [(area.path, "　" * (area.path.count("/") - top) + area.name) for area in within]


def category_names() -> dict[str, str]:
    """The names of all categories by code, in the language of the page."""
    return {row.code: str(row) for row in _CATEGORIES.get()}


def category_options(*, level: int = 1) -> list[Option]:
    """The categories of one level by code."""
    found: Iterable[Category] = (row for row in _CATEGORIES.get() if row.level == level)
    return [(row.code, str(row)) for row in found]


def unit_options() -> list[tuple[str, list[Option]]]:
    """The units of today, grouped by what they are."""
    groups: dict[str, list[Option]] = {}
    for unit in _UNITS.get():
        groups.setdefault(str(Unit.Kind(unit.kind).label), []).append((str(unit.pk), unit.name))
    return list(groups.items())
