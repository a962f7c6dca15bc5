"""Every night: matters older than the window go, the yardstick is fitted anew, and hotspots keep their ids."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from huiyin.hotspots import rules
from huiyin.hotspots.models import Hotspot, Matter, Yardstick
from huiyin.hotspots.workflow import grouping, mirror
from huiyin.hotspots.workflow.mirror import Groups
from huiyin.kernel import clock
from huiyin.text.topics import scale


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many matters there are, how many hotspots they form, how many matters went out of the window."""

    matters: int
    hotspots: int
    expired: int


def rebuild() -> Rebuilt:
    """Fit the yardstick to the matters of the window and group them anew; what joins meanwhile is not lost.

    The long part runs without the lock. The id of a hotspot goes on with the majority of its matters.
    """
    expired = _expired()
    groups, measure = _grown(expired)
    with transaction.atomic():
        yardstick = grouping.locked()
        Matter.objects.filter(pk__in=expired).delete()
        groups.follow()
        grouping.regroup([[item.key for item in group] for group in groups.groups().values()])
        _keep(yardstick, measure, len(groups))
        mirror.keep(groups, yardstick)
    return Rebuilt(len(groups), Hotspot.objects.filter(matters__isnull=False).distinct().count(), len(expired))


def _expired() -> set[int]:
    """The matters older than the window and those beyond the newest MOST_MATTERS."""
    old = Matter.objects.filter(day__lt=clock.today() - timedelta(days=rules.WINDOW_DAYS))
    beyond = Matter.objects.order_by("-day", "-pk").values_list("pk", flat=True)[rules.MOST_MATTERS :]
    return {*old.values_list("pk", flat=True), *beyond}


def _grown(without: set[int]) -> tuple[Groups, scale.Scale]:
    ids = sorted(set(Matter.objects.values_list("pk", flat=True)) - without)
    measure = scale.fitted([kept.sense for kept in mirror.rows_of(ids)])
    groups = Groups(measure)
    groups.take_up(ids)
    return groups, measure


def _keep(yardstick: Yardstick, measure: scale.Scale, matters: int) -> None:
    for name, value in mirror.columns_of_scale(measure).items():
        setattr(yardstick, name, value)
    yardstick.fitted_to, yardstick.fitted_at = matters, clock.now()
    yardstick.version, yardstick.revision = uuid4(), uuid4()
    yardstick.save()
