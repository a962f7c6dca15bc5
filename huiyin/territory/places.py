"""Finds the places that somebody's words name: an estate by name or nickname, a building by its number."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from huiyin.kernel.held import HeldByKey
from huiyin.territory.models import Area
from huiyin.territory.queries import areas

_NAME_LENGTH: Final = 60  # no place has a longer name; longer words tell a story
_SPACES = re.compile(r"[\s,，。、.·\-—_/#]+")
_HAN = str.maketrans("〇零一二两三四五六七八九", "001223456789")
_HOUSE = re.compile(r"[〇零一二两三四五六七八九十]{1,3}(?=号|栋|幢|座|楼)")


@dataclass(frozen=True, slots=True)
class Named:
    """One place the words may mean; it is sure when they name the building or estate itself."""

    area: Area
    is_sure: bool

    @property
    def key(self) -> str:
        """The row id as a form sends it."""
        return str(self.area.pk)

    @property
    def label(self) -> str:
        """The place as people call it, with its community."""
        return self.area.label


def plain(words: str) -> str:
    """Words as places are compared: no spaces or marks, written house numbers as digits (三号楼 is 3号楼)."""
    joined = _SPACES.sub("", words.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
    return _HOUSE.sub(lambda at: _digits(at.group()), joined)


def _digits(written: str) -> str:
    tens, ten, ones = written.partition("十")
    if not ten:
        return written.translate(_HAN)
    return (tens.translate(_HAN) or "1") + ones.translate(_HAN) if ones else (tens.translate(_HAN) or "1") + "0"


@dataclass(frozen=True, slots=True)
class _Spot:
    """An area on the map with everything it is called, as places are compared."""

    area: Area
    names: tuple[str, ...]


_SPOTS: Final[HeldByKey[date, list[_Spot]]] = HeldByKey(seconds=60)
_HOUSES: Final[HeldByKey[tuple[int, date], list[_Spot]]] = HeldByKey(seconds=60)


def named(words: str, day: date, *, limit: int = 6) -> list[Named]:
    """The places that words name, the most exact first; of short words that name none, those that hold them."""
    found, said = said_in_full(words, day, limit=limit), plain(words)
    if found or not 2 <= len(said) <= _NAME_LENGTH:
        return found
    near = Q(full_name__icontains=said) | Q(name__icontains=said) | Q(address__icontains=said)
    rows = _rows(day).filter(near).exclude(kind__in=(Area.Kind.GRID, Area.Kind.DISTRICT))[:limit]
    return [Named(area, is_sure=False) for area in rows]


def said_in_full(words: str, day: date, *, limit: int = 6) -> list[Named]:
    """The places whose name, nickname or address stands in words, buildings first; held for a minute."""
    said = plain(words)
    ranked = _longest(said, _SPOTS.get(day, lambda: _estates_and_communities(day)))
    found = [Named(area, is_sure=rank == 0 and area.kind == Area.Kind.ESTATE) for rank, area in enumerate(ranked)]
    hit = [house.area for row in found for house in _houses(row.area, day) if _says_house(said, house)]
    if not hit:
        return found[:limit]
    houses = [Named(house, is_sure=len(hit) == 1) for house in hit]
    return [*houses, *(Named(row.area, is_sure=False) for row in found)][:limit]


def _rows(day: date) -> QuerySet[Area]:
    return areas(day).select_related("parent", "estate__parent")


def _spots(rows: QuerySet[Area]) -> list[_Spot]:
    return [_Spot(row, tuple(name for name in (row.name, *row.aliases, plain(row.address)) if name)) for row in rows]


def _estates_and_communities(day: date) -> list[_Spot]:
    return _spots(_rows(day).filter(kind__in=(Area.Kind.ESTATE, Area.Kind.COMMUNITY)))


def _houses(area: Area, day: date) -> list[_Spot]:
    """The buildings of an estate."""
    if area.kind != Area.Kind.ESTATE:
        return []
    return _HOUSES.get((area.pk, day), lambda: _spots(_rows(day).filter(estate=area)))


def _longest(said: str, spots: list[_Spot]) -> list[Area]:
    """The areas that are named: estates before communities, the longest name that was said first."""
    length = {spot.area: max((len(name) for name in spot.names if name in said), default=0) for spot in spots}
    hit = [area for area, longest in length.items() if longest > 1]
    return sorted(hit, key=lambda area: (area.kind != Area.Kind.ESTATE, -length[area], area.path))


def _says_house(said: str, house: _Spot) -> bool:
    return any(re.search(rf"(?<!\d){re.escape(plain(name))}", said) for name in house.names)
