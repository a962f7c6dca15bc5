"""What the parts ask of the things they show, so that any package can bring its own rows."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol

Light = Literal["green", "amber", "red", "none"]


class MatterLine(Protocol):
    """One matter in a list; the tag matter_row reads exactly these names."""

    @property
    def pk(self) -> int | str: ...
    @property
    def url(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def holder(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def light(self) -> Light: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def workdays_left(self) -> int | None: ...


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
