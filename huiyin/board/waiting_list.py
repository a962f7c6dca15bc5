"""What waits for people who prepare and release, twenty-five at a time, oldest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from huiyin.access import policy
from huiyin.access.rules import holds
from huiyin.board import places
from huiyin.people.actors import Actor
from huiyin.publication import comparison, queries
from huiyin.publication.models import Notice

PAGE_ROWS: Final = 25
State = Notice.State


@dataclass(frozen=True, slots=True)
class Waiting:
    """One notice that waits: what it is, where it is, who prepared it, and whether this person may act on it."""

    notice: Notice
    url: str
    place: str
    is_draft: bool
    is_mine: bool
    is_open: bool


def context(actor: Actor, *, after: str) -> dict[str, Any]:
    """What the page of waiting notices shows."""
    found = queries.waiting(actor).order_by("drafted_at", "pk")
    rows = list(found.filter(_after(after))[: PAGE_ROWS + 1])
    last = rows[PAGE_ROWS - 1] if len(rows) > PAGE_ROWS else None
    here = reverse("board:waiting")
    key = urlencode({"after": f"{last.drafted_at.isoformat()}|{last.pk}"}) if last else ""
    lines = [_line(actor, row) for row in rows[:PAGE_ROWS]]
    return {
        "to_release": [line for line in lines if not line.is_draft],
        "to_prepare": [line for line in lines if line.is_draft],
        "total": found.count(),
        "next_url": f"{here}?{key}" if key else "",
        "first_url": here if after else "",
        "recent": comparison.recent(actor),
    }


def _after(key: str) -> Q:
    instant, _bar, pk = key.partition("|")
    try:
        at = datetime.fromisoformat(instant)
    except ValueError:
        return Q()
    if at.tzinfo is None or not pk.isdigit():
        return Q()
    return Q(drafted_at__gt=at) | Q(drafted_at=at, pk__gt=int(pk))


def _line(actor: Actor, row: Notice) -> Waiting:
    is_draft = row.state == State.DRAFT
    is_mine = row.prepared_by_id == actor.user_id
    right = "notice.prepare" if is_draft else "notice.release"
    page = "board:prepare" if is_draft else "board:release"
    is_open = holds(policy.notice_q(actor, right), row) and (is_draft or not is_mine)
    place = places.community_name(row.area_path)
    return Waiting(row, reverse(page, args=[row.pk]), place, is_draft, is_mine, is_open)
