"""Finds the places that somebody's words name: an estate by name or nickname, a building by its number."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from huiyin.territory.models import Area
from huiyin.territory.queries import areas

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
        above = self.area.estate.parent if self.area.estate else self.area.parent
        place = self.area.full_name if self.area.kind == Area.Kind.BUILDING else self.area.name
        return f"{place}（{above.name}）" if above is not None else place


def plain(words: str) -> str:
    """Words as places are compared: no spaces or marks, written house numbers as digits (三号楼 is 3号楼)."""
    joined = _SPACES.sub("", words.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
    return _HOUSE.sub(lambda at: _digits(at.group()), joined)


def _digits(written: str) -> str:
    tens, ten, ones = written.partition("十")
    if not ten:
        return written.translate(_HAN)
    return (tens.translate(_HAN) or "1") + ones.translate(_HAN) if ones else (tens.translate(_HAN) or "1") + "0"


def named(words: str, day: date, *, limit: int = 6) -> list[Named]:
    """The places that words name, the most exact first; at most three queries."""
    said = plain(words)
    if len(said) < 2:
        return []
    estates = [a for a in _rows(day).filter(kind__in=(Area.Kind.ESTATE, Area.Kind.COMMUNITY)) if _says(said, a)]
    ranked = _longest(said, estates)
    found = [Named(area, is_sure=rank == 0 and area.kind == Area.Kind.ESTATE) for rank, area in enumerate(ranked)]
    houses = _rows(day).filter(estate__in=[row.area for row in found if row.area.kind == Area.Kind.ESTATE])
    hit = [house for house in houses if found and _says_house(said, house)]
    if hit:
        return [Named(house, is_sure=len(hit) == 1) for house in hit[:limit]] + [
            Named(row.area, is_sure=False) for row in found[: limit - len(hit)]
        ]
    if found:
        return found[:limit]
    near = Q(full_name__icontains=said) | Q(name__icontains=said) | Q(address__icontains=said)
    rows = _rows(day).filter(near).exclude(kind__in=(Area.Kind.GRID, Area.Kind.DISTRICT))[:limit]
    return [Named(area, is_sure=False) for area in rows]


def _rows(day: date) -> QuerySet[Area]:
    return areas(day).select_related("parent", "estate__parent")


def _names(area: Area) -> list[str]:
    return [name for name in (area.name, *area.aliases, plain(area.address)) if name]


def _says(said: str, area: Area) -> bool:
    return any(name in said for name in _names(area) if len(name) > 1)


def _longest(said: str, rows: list[Area]) -> list[Area]:
    """Estates before communities, the longest name that was said first."""
    length = {row.pk: max(len(name) for name in _names(row) if name in said) for row in rows}
    return sorted(rows, key=lambda row: (row.kind != Area.Kind.ESTATE, -length[row.pk], row.path))


def _says_house(said: str, house: Area) -> bool:
    return any(re.search(rf"(?<!\d){re.escape(plain(name))}", said) for name in _names(house))
