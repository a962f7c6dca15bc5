"""Where lessons come from: the package that owns closed appeals offers them here, because it stands above this one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Lesson:
    """One closed appeal as people decided it: its words, its labels by aspect (empty: none), when it was closed."""

    appeal_id: int
    subject: str
    detail: str
    labels: dict[str, str]
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """Reads all lessons, oldest first, or only counts them; appeals of secret tracks are not among them."""

    read: Callable[[], Iterator[Lesson]]
    count: Callable[[], int]


class _Offered:
    """The one source of this house."""

    source: Source | None = None


def offer(source: Source) -> None:
    """Offer the lessons of this house; called once, when the package that owns them is loaded."""
    _Offered.source = source


def read() -> Iterator[Lesson]:
    """Every lesson, oldest first."""
    assert _Offered.source is not None, "the package above offers its lessons when it is loaded"
    return _Offered.source.read()


def count() -> int:
    """How many lessons there are."""
    assert _Offered.source is not None, "the package above offers its lessons when it is loaded"
    return _Offered.source.count()
