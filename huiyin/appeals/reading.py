"""What is read of matters some at a time, beside their handling: suggestions for triage, growing hotspots.

One by one in a reaction each would cost more than the registration itself; together they share their queries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import QuerySet

from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Stage
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import Track
from huiyin.hotspots import queries as hotspots
from huiyin.hotspots import rules as hotspot_rules
from huiyin.hotspots.workflow import joining
from huiyin.kernel import clock
from huiyin.people import workflow as people
from huiyin.territory import queries as territory
from huiyin.territory.models import Area
from huiyin.triage import queries as suggestions
from huiyin.triage import workflow as triage
from huiyin.triage.thinking import Words

# Nobody but those with the right ever reads these, machines included.
UNREAD_TRACKS: Final = (Track.MISCONDUCT_REPORT,)
_WAITING: Final = (Stage.REGISTERED, Stage.INFO_NEEDED)
_NO_MATTER: Final = (Stage.WITHDRAWN, Stage.REDIRECTED, Stage.NOT_ACCEPTED, Stage.TERMINATED)
_RECENT: Final = timedelta(days=2)
_AT_ONCE: Final = 200
_WINDOW: Final = timedelta(days=hotspot_rules.WINDOW_DAYS)
Progress = Callable[[int], object]


def suggest_new(*, within: timedelta = _RECENT) -> int:
    """Store what new matters that wait for triage seem to be; safe to run twice, returns how many were read."""
    new = _readable(within).filter(stage__in=_WAITING, accepted_at=None).exclude(suggestions.stored())
    read = list(new.select_related("area").order_by("pk")[:_AT_ONCE])
    triage.suggest_all((row.pk, words_of(row), clock.local_date(row.registered_at)) for row in read)
    return len(read)


@dataclass(frozen=True, slots=True)
class _Behind:
    """What the hotspots do not know yet of some days: new matters, newly sorted ones, those that are none."""

    new: QuerySet[Appeal]
    sorted: QuerySet[Appeal]
    gone: QuerySet[Appeal]


def _behind(within: timedelta) -> _Behind:
    readable = _readable(min(within, _WINDOW))
    newest = readable.order_by("-registered_at", "-pk").values("pk")[: hotspot_rules.MOST_MATTERS]
    matters = readable.exclude(stage__in=_NO_MATTER)
    return _Behind(
        matters.filter(pk__in=newest).exclude(hotspots.joined()),
        matters.filter(hotspots.unsorted(), accepted_at__isnull=False, category__isnull=False),
        readable.filter(hotspots.joined(), stage__in=_NO_MATTER),
    )


def is_behind(*, within: timedelta = _RECENT) -> bool:
    """Whether there is anything for `grow_hotspots` to do."""
    behind = _behind(within)
    return any(found.exists() for found in (behind.new, behind.sorted, behind.gone))


def grow_hotspots(*, within: timedelta = _RECENT, progress: Progress = lambda _n: None) -> int:
    """Bring the hotspots up to date with the matters of some days, the oldest first; safe to run twice.

    New matters join, those that people have sorted meanwhile are compared anew, those that turned out to be none
    leave. Returns how many joined.
    """
    behind = _behind(within)
    for pk in list(behind.gone.values_list("pk", flat=True)):
        joining.leave(pk)
    for row in list(behind.sorted.only("category_id")):
        joining.sort(row.pk, category_codes(row))
    new = list(behind.new.order_by("registered_at", "pk").values_list("pk", flat=True))
    for at in range(0, len(new), _AT_ONCE):
        for row in Appeal.objects.filter(pk__in=new[at : at + _AT_ONCE]).select_related("contact").order_by("pk"):
            _join(row)
            progress(1)
    return len(new)


def category_codes(found: Appeal) -> list[str]:
    """The codes of a matter's category from the second level down: what hotspots compare."""
    if found.category_id is None:
        return []
    code = catalogue.category_by_id(found.category_id).code
    return [code[:length] for length in range(4, len(code) + 1, 2)]


def words_of(found: Appeal) -> Words:
    """What was said and where, as triage reads it."""
    has_building = found.area.kind == Area.Kind.BUILDING
    return Words(found.subject, found.detail, found.place_text, found.area_path, has_building)


def _readable(within: timedelta) -> QuerySet[Appeal]:
    return Appeal.objects.filter(registered_at__gte=clock.now() - within).exclude(track__in=UNREAD_TRACKS)


def _join(row: Appeal) -> None:
    community = territory.community_of(row.area_path)
    contact = row.contact
    joining.join(
        row.pk,
        row.subject,
        row.detail,
        community.name if community is not None else "",
        row.area_path,
        row.registered_at,
        bytes(contact.phone_digest or contact.name_digest or b"").hex() if contact is not None else "",
        categories=category_codes(row),
        likes=row.persons_count - 1,
        known_names=[name for name in people.known_parties(contact)[:1] if name] if contact is not None else [],
    )
