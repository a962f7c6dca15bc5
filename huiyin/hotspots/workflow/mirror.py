"""The groups in this process's memory: a copy of the rows that is read again when the rows tell another revision."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import numpy as np

from huiyin.hotspots.models import Matter, Yardstick
from huiyin.text.topics import items
from huiyin.text.topics.growing import Topics
from huiyin.text.topics.items import Item, Sense
from huiyin.text.topics.scale import Scale

_AT_ONCE: Final = 500
_COLUMNS: Final = ("subject_id", "day", "stamp", "grams", "in_subject", "places", "marks")


@dataclass(frozen=True, slots=True)
class Kept:
    """A matter as the groups need it; the stamp is another one whenever the row was written anew."""

    subject_id: int
    day: date
    stamp: int
    sense: Sense


class Groups(Topics):
    """The groups of the rows, each matter with the stamp of the row it was taken up from."""

    def __init__(self, measure: Scale) -> None:
        super().__init__(measure)
        self._stamps: dict[int, int] = {}

    def hold(self, kept: Kept) -> None:
        """Take up one matter as its row tells it."""
        self.add_sensed(Item(str(kept.subject_id), "", "", kept.day), kept.sense)
        self._stamps[kept.subject_id] = kept.stamp

    def take_up(self, subject_ids: Iterable[int]) -> None:
        """Take up matters as their rows tell them."""
        for kept in rows_of(subject_ids):
            self.hold(kept)

    def drop(self, subject_id: int) -> None:
        """Forget a matter."""
        self.remove(str(subject_id))
        del self._stamps[subject_id]

    def follow(self) -> None:
        """Forget the matters whose rows are gone or others now, and take up those the rows have besides."""
        rows = dict(Matter.objects.values_list("subject_id", "stamp"))
        for gone in sorted(each for each, stamp in self._stamps.items() if rows.get(each) != stamp):
            self.drop(gone)
        self.take_up(sorted(rows.keys() - self._stamps.keys()))


@dataclass(slots=True)
class _Mirror:
    """Groups under one version of the yardstick, as of one revision of the matters."""

    version: UUID
    revision: UUID
    groups: Groups


class _Held:
    """The one mirror of this process; only the holder of the yardstick's lock uses it."""

    mirror: _Mirror | None = None


def of(yardstick: Yardstick) -> Groups:
    """The groups as the rows have them; the caller holds the yardstick's lock.

    After a start and after a rebuild elsewhere all matters are taken up again (half a second for a thousand).
    """
    held = _Held.mirror
    if held is None or held.version != yardstick.version:
        held = _Held.mirror = _Mirror(yardstick.version, yardstick.revision, Groups(scale_of(yardstick)))
        held.groups.follow()
    elif held.revision != yardstick.revision:
        held.groups.follow()
    held.revision = yardstick.revision
    return held.groups


def keep(groups: Groups, yardstick: Yardstick) -> None:
    """Let these groups be the mirror from now on."""
    _Held.mirror = _Mirror(yardstick.version, yardstick.revision, groups)


def forget() -> None:
    """Drop the mirror, as a restart does."""
    _Held.mirror = None


def moved_on(revision: UUID) -> None:
    """Note that the mirror and the rows have changed alike; were the rows rolled back, the next look finds out."""
    assert _Held.mirror is not None, "a change begins with the present groups"
    _Held.mirror.revision = revision


def rows_of(subject_ids: Iterable[int]) -> Iterator[Kept]:
    """What is kept of these matters, in the order of their ids, read some at a time."""
    ids = list(subject_ids)
    for at in range(0, len(ids), _AT_ONCE):
        for row in Matter.objects.filter(pk__in=ids[at : at + _AT_ONCE]).order_by("pk").only(*_COLUMNS):
            yield kept_of(row)


def kept_of(row: Matter) -> Kept:
    """What the groups need of a row."""
    sense = _sense_of(row.grams, row.in_subject, row.places)
    return Kept(row.subject_id, row.day, row.stamp, items.marked(sense, row.marks))


def _sense_of(grams: Any, in_subject: Any, places: list[list[str]]) -> Sense:
    """The sense of the words and places of a row."""
    told = np.frombuffer(grams, dtype="<u8").astype(np.uint64)
    marked = np.unpackbits(np.frombuffer(in_subject, dtype=np.uint8), count=len(told)).astype(np.bool_)
    buildings, estates, registered = (frozenset(filter(None, names)) for names in places)
    return Sense(told, told[marked], (buildings, estates, registered))


def columns_of(sense: Sense) -> dict[str, Any]:
    """The columns that keep the sense of words and places."""
    longest = max(1, *(len(names) for names in sense.places))
    return {
        "grams": sense.grams.astype("<u8").tobytes(),
        "in_subject": np.packbits(np.isin(sense.grams, sense.subject)).tobytes(),
        # PostgreSQL wants the rows of an array of equal length.
        "places": [[*sorted(names), *[""] * (longest - len(names))] for names in sense.places],
    }


def scale_of(yardstick: Yardstick) -> Scale:
    """The scale that a yardstick keeps."""
    return Scale(
        np.frombuffer(yardstick.grams, dtype="<u8").astype(np.uint64),
        np.frombuffer(yardstick.tells, dtype="<f4").astype(np.float32),
        yardstick.unseen,
        yardstick.link,
    )


def columns_of_scale(scale: Scale) -> dict[str, Any]:
    """The columns that keep a scale."""
    return {
        "grams": scale.grams.astype("<u8").tobytes(),
        "tells": scale.tells.astype("<f4").tobytes(),
        "unseen": scale.unseen,
        "link": scale.link,
    }
