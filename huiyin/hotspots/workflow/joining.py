"""The only way in and out: a matter joins a hotspot or founds one, joins no other twice, and leaves without a trace.

Misconduct reports and secret matters never join: whoever calls `join` does not pass them, and calls `leave` for a
matter that becomes one, is withdrawn or turns out to be no matter. All acts lock the yardstick: one after the other.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.utils.crypto import salted_hmac

from huiyin.hotspots import rules
from huiyin.hotspots.models import Matter
from huiyin.hotspots.workflow import grouping, mirror
from huiyin.hotspots.workflow.mirror import Groups
from huiyin.kernel import clock
from huiyin.text.mask.findings import Party
from huiyin.text.topics import items, listing, naming
from huiyin.text.topics.items import Item


def join(
    subject_id: int,
    subject: str,
    detail: str,
    place: str,
    area_path: str,
    at: datetime,
    person_key: str = "",
    *,
    categories: Sequence[str] = (),
    likes: int = 0,
    known_names: Sequence[str] = (),
) -> int | None:
    """Let a matter join the hotspot it belongs to or found one; returns the hotspot, None while it concerns too few.

    `place` is the community in one fixed spelling ("" when only the text tells it): matters of different places hardly
    meet. `person_key` is whatever is the same for one person; only a digest of it is kept. `categories` are the codes
    of its category, from the second level down, as far as they are known (see `sort`). `likes` are people who joined
    in. `known_names` are the parties, who are masked wherever they stand. A second call changes nothing; a matter older
    than the window is not taken up.
    """
    day = clock.local_date(at)
    if day < clock.today() - timedelta(days=rules.WINDOW_DAYS) or Matter.objects.filter(pk=subject_id).exists():
        return hotspot_of(subject_id)
    item = Item(str(subject_id), subject, detail, day, place=place)
    sense, parties = items.sensed(item), [Party(name) for name in known_names]
    row = Matter(
        subject_id=subject_id,
        area_path=area_path,
        day=day,
        person=_digest(person_key, subject_id),
        likes=likes,
        wording=naming.published(item, parties)[:200],
        quote=listing.quoted(item, parties),
        marks=_marks(categories, place),
        stamp=secrets.randbits(63),
        **mirror.columns_of(sense),
    )
    _take_up(row)
    return hotspot_of(subject_id)


@transaction.atomic
def _take_up(row: Matter) -> None:
    yardstick = grouping.locked()
    groups = mirror.of(yardstick)
    if str(row.pk) not in groups:
        row.save(force_insert=True)
        groups.hold(mirror.kept_of(row))
        grouping.regroup(groups.touched())
        grouping.changed(yardstick)


@transaction.atomic
def sort(subject_id: int, categories: Sequence[str]) -> int | None:
    """Note the category that people gave a matter, which may bring it together with others; returns the hotspot.

    Safe to run twice; a matter that is not here stays away.
    """
    yardstick = grouping.locked()
    groups = mirror.of(yardstick)
    row = Matter.objects.filter(pk=subject_id).first()
    if row is None:
        return None
    marks = _marks(categories, next(filter(None, row.places[-1]), ""))
    if marks != row.marks:
        row.marks, row.stamp = marks, secrets.randbits(63)
        row.save(update_fields=["marks", "stamp"])
        groups.drop(subject_id)
        left = groups.touched()
        groups.hold(mirror.kept_of(row))
        grouping.regroup(_distinct(groups, chain(*left, *groups.touched())))
        grouping.changed(yardstick)
    return hotspot_of(subject_id)


@transaction.atomic
def leave(subject_id: int) -> None:
    """Let a matter leave, as if it had never come; a matter that is not here may leave as well."""
    yardstick = grouping.locked()
    groups = mirror.of(yardstick)
    if str(subject_id) in groups:
        Matter.objects.filter(pk=subject_id).delete()
        groups.drop(subject_id)
        grouping.regroup(groups.touched())
        grouping.changed(yardstick)


def hotspot_of(subject_id: int) -> int | None:
    """The hotspot a matter is in."""
    return Matter.objects.filter(pk=subject_id).values_list("hotspot_id", flat=True).first()


def _distinct(groups: Groups, keys: Iterable[str]) -> list[list[str]]:
    """The groups of these matters, each once."""
    found: list[list[str]] = []
    seen: set[str] = set()
    for key in keys:
        if key not in seen:
            found.append(groups.together(key))
            seen.update(found[-1])
    return found


def _marks(categories: Sequence[str], place: str) -> list[str]:
    return [f"{code}@{place.strip()}" for code in categories]


def _digest(person_key: str, subject_id: int) -> str:
    """Who raised it, under the installation's key; a matter of an unknown person is of a person of its own."""
    if not person_key:
        return f"?{subject_id}"
    return salted_hmac("huiyin.hotspots.person", person_key, algorithm="sha256").hexdigest()[:24]
