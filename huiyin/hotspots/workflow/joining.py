"""The only way in and out: a matter joins a hotspot or founds one, joins no other twice, and leaves without a trace.

Misconduct reports and secret matters never join: whoever calls `join` does not pass them, and calls `leave` for a
matter that becomes one, is withdrawn or turns out to be no matter. All acts lock the yardstick: one after the other.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from huiyin.hotspots import rules
from huiyin.hotspots.models import Matter
from huiyin.hotspots.workflow import grouping, mirror
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
    likes: int = 0,
    known_names: Sequence[str] = (),
) -> int | None:
    """Let a matter join the hotspot it belongs to or found one; returns the hotspot, None while it concerns too few.

    `place` is the estate or building in one fixed spelling ("" when only the text tells it): matters of different
    places hardly meet. `person_key` is whatever is the same for one person; only a digest of it is kept. `likes` are
    people who joined in. `known_names` are the parties, who are masked wherever they stand. A second call changes
    nothing; a matter older than the window is not taken up.
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
        **mirror.columns_of(sense),
    )
    with transaction.atomic():
        yardstick = grouping.locked()
        topics = mirror.of(yardstick)
        if str(subject_id) not in topics:
            row.save(force_insert=True)
            topics.add_sensed(mirror.thin(subject_id, day), sense)
            grouping.regroup(topics.touched())
            grouping.changed(yardstick)
    return hotspot_of(subject_id)


@transaction.atomic
def leave(subject_id: int) -> None:
    """Let a matter leave, as if it had never come; a matter that is not here may leave as well."""
    yardstick = grouping.locked()
    topics = mirror.of(yardstick)
    if str(subject_id) in topics:
        Matter.objects.filter(pk=subject_id).delete()
        topics.remove(str(subject_id))
        grouping.regroup(topics.touched())
        grouping.changed(yardstick)


@transaction.atomic
def count_likes(subject_id: int, likes: int) -> None:
    """Note how many people joined in with a matter by now; a group that comes to concern three becomes a hotspot."""
    yardstick = grouping.locked()
    if Matter.objects.filter(pk=subject_id).exclude(likes=likes).update(likes=likes):
        grouping.regroup([mirror.of(yardstick).together(str(subject_id))])


@transaction.atomic
def warm() -> int:
    """Read the groups into this process's memory, so that the first matter after a start need not wait for it.

    Returns how many matters there are; 10,000 take some four seconds.
    """
    return len(mirror.of(grouping.locked()))


def hotspot_of(subject_id: int) -> int | None:
    """The hotspot a matter is in."""
    return Matter.objects.filter(pk=subject_id).values_list("hotspot_id", flat=True).first()


def _digest(person_key: str, subject_id: int) -> str:
    """Who raised it, under the installation's key; a matter of an unknown person is of a person of its own."""
    if not person_key:
        return f"?{subject_id}"
    return salted_hmac("huiyin.hotspots.person", person_key, algorithm="sha256").hexdigest()[:24]
