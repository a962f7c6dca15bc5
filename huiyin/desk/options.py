"""What can be chosen in the desk's forms, read seldom and kept for a minute."""

from collections.abc import Iterable
from typing import Final

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import Category
from huiyin.kernel import clock
from huiyin.kernel.held import Held
from huiyin.people import queries as people
from huiyin.people.models import Unit
from huiyin.territory import queries as territory
from huiyin.territory.models import Area

Option = tuple[str, str]
Group = tuple[str, list[Option]]

_CATEGORIES: Final = Held(lambda: list(catalogue.categories(clock.today()).select_related("parent__parent")))
_UNITS: Final = Held(lambda: list(people.units(clock.today())))
_AREAS: Final = Held(lambda: list(territory.areas(clock.today(), kinds=("district", "subdistrict", "community"))))
_SPOTS: Final = Held(lambda: list(territory.areas(clock.today(), kinds=("estate", "community"))))


def category_rows() -> list[Category]:
    """Every category that holds today, in the order of their codes."""
    return _CATEGORIES.get()


def categories() -> list[Group]:
    """The categories one can file under, grouped by the two levels above them."""
    groups: dict[str, list[Option]] = {}
    for row in category_rows():
        if row.level == 3 and row.parent is not None and row.parent.parent is not None:
            groups.setdefault(f"{row.parent.parent} › {row.parent}", []).append((row.code, str(row)))
    return list(groups.items())


def category_branches() -> list[Option]:
    """The two upper levels, to narrow a list."""
    return [(row.code, str(row) if row.level == 1 else f"　{row}") for row in category_rows() if row.level < 3]


def units() -> list[Group]:
    """The units of today, grouped by what they are."""
    groups: dict[str, list[Option]] = {}
    for unit in _UNITS.get():
        groups.setdefault(str(Unit.Kind(unit.kind).label), []).append((str(unit.pk), unit.name))
    return list(groups.items())


def areas(paths: Iterable[str]) -> list[Option]:
    """The district's parts down to communities that lie below some paths."""
    return [(area.path, area.name) for area in _AREAS.get() if area.path.startswith(tuple(paths))]


def communities(path: str) -> list[Option]:
    """The communities below a path, by row id."""
    return [(str(a.pk), a.name) for a in _AREAS.get() if a.kind == Area.Kind.COMMUNITY and a.path.startswith(path)]


def spots(path: str) -> list[str]:
    """The names of estates and communities below a path, to be completed while typing."""
    return [area.name for area in _SPOTS.get() if area.path.startswith(path)]
