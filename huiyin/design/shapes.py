"""What the parts show: the row of a matter, and what they ask of bars and pages that packages bring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

Light = Literal["green", "amber", "red", "none"]


@dataclass(frozen=True)
class MatterLine:
    """One matter in a list, as the tag matter_row draws it: late by negative workdays, nothing due by none."""

    pk: int
    number: str
    what: str
    place: str
    kind: str
    holder: str
    stage: str
    light: Light
    due_on: date | None
    workdays_left: int | None
    url: str


class Bar(Protocol):
    """One value of a chart: its label, the number and where its rows are (may be empty)."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def url(self) -> str: ...


class Page(Protocol):
    """One slice of a keyset list: addresses of the earlier and the later slice, empty at the ends."""

    @property
    def earlier_url(self) -> str: ...
    @property
    def later_url(self) -> str: ...


Bars = Sequence[Bar]
