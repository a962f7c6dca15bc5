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
_COLUMNS: Final = ("subject_id", "day", "grams", "in_subject", "places", "marks")


@dataclass(slots=True)
class Mirror:
    """Groups under one version of the yardstick, as of one revision of the matters."""

    version: UUID
    revision: UUID
    topics: Topics


class _Held:
    """The one mirror of this process; only the holder of the yardstick's lock uses it."""

    mirror: Mirror | None = None


def of(yardstick: Yardstick) -> Topics:
    """The groups as the rows have them; the caller holds the yardstick's lock.

    After a start and after a rebuild elsewhere all matters are taken up again (half a second for a thousand).
    """
    held = _Held.mirror
    if held is None or held.version != yardstick.version:
        held = _Held.mirror = Mirror(yardstick.version, yardstick.revision, Topics(scale_of(yardstick)))
        follow(held.topics)
    elif held.revision != yardstick.revision:
        follow(held.topics)
    held.revision = yardstick.revision
    return held.topics


def keep(topics: Topics, yardstick: Yardstick) -> None:
    """Let these groups be the mirror from now on."""
    _Held.mirror = Mirror(yardstick.version, yardstick.revision, topics)


def forget() -> None:
    """Drop the mirror, as a restart does."""
    _Held.mirror = None


def moved_on(revision: UUID) -> None:
    """Note that the mirror and the rows have changed alike; were the rows rolled back, the next look finds out."""
    assert _Held.mirror is not None, "a change begins with the present groups"
    _Held.mirror.revision = revision


def follow(topics: Topics) -> None:
    """Take up the matters that the rows have and the groups lack, and forget those the rows no longer have."""
    rows = set(Matter.objects.values_list("subject_id", flat=True))
    here = {int(key) for key in topics}
    for gone in sorted(here - rows):
        topics.remove(str(gone))
    take_up(topics, sorted(rows - here))


def take_up(topics: Topics, subject_ids: Iterable[int]) -> None:
    """Take up matters as their rows tell them."""
    for subject_id, day, sense in senses(subject_ids):
        topics.add_sensed(thin(subject_id, day), sense)


def senses(subject_ids: Iterable[int]) -> Iterator[tuple[int, date, Sense]]:
    """What is kept of these matters, in their order of id, read some at a time."""
    ids = list(subject_ids)
    for at in range(0, len(ids), _AT_ONCE):
        rows = Matter.objects.filter(pk__in=ids[at : at + _AT_ONCE]).order_by("pk").values_list(*_COLUMNS)
        for subject_id, day, grams, in_subject, places, marks in rows:
            yield subject_id, day, items.marked(_sense_of(grams, in_subject, places), marks)


def thin(subject_id: int, day: date) -> Item:
    """A matter as the groups need it: the words are read already."""
    return Item(str(subject_id), "", "", day)


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
