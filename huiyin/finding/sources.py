"""Who owns what can be found: a package above registers its kind, how to read it, and what changes it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from huiyin.finding import keys


@dataclass(frozen=True, slots=True)
class Said:
    """What one subject says, in parts, and who reaches it; what is `more` is found by words, not by likeness."""

    subject_id: int
    parts: tuple[str, ...]
    area_path: str
    lead_unit_id: int | None = None
    collector_id: int | None = None
    more: str = ""
    is_open: bool = False


Reader: TypeAlias = Callable[[int, int], Iterator[Said]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of what can be found.

    `read` gives what may be found among subjects from one id to another, both included; `count` how many there are;
    `newest` the highest id there is, 0 when there is none.
    """

    kind: str
    read: Reader
    count: Callable[[], int]
    newest: Callable[[], int]


_SOURCES: Final[dict[str, Source]] = {}


def register(source: Source) -> None:
    """Make a kind known; its number stands in `keys.KINDS`."""
    assert source.kind in keys.KINDS, f"{source.kind} has no number"
    _SOURCES[source.kind] = source


def of(kind: str) -> Source:
    """The source of a kind."""
    return _SOURCES[kind]


def every() -> list[Source]:
    """All sources, in the order of their numbers."""
    return sorted(_SOURCES.values(), key=lambda source: keys.KINDS[source.kind])
