"""The policy table and the one way to ask it: a right of an actor is a Q over columns of a matter's row.

A matter's row carries `area_path`, `lead_unit_id`, `collector_id` and `id`; nothing else decides a right.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from django.db.models import Q

from huiyin.access.rules import holds
from huiyin.kernel.errors import N_, NotAllowed
from huiyin.people.actors import Actor, Kind
from huiyin.people.roles import REPRESENTATIVES, Role


class Scope(Enum):
    """How far a right reaches from the post that carries it."""

    AREA = "the subtree of the post's territory"
    UNIT = "matters whose lead unit is the post's unit"
    COLLECTED = "matters this person collected"
    OWN = "the matter whose number and code were proved"
    ALL = "the whole installation"


NOTHING: Final = Q(pk__in=[])
EVERYTHING: Final = Q()

_REPS: Final = (*sorted(REPRESENTATIVES), Role.RESIDENT_REPRESENTATIVE)
_COUNTER: Final = (Role.STUDIO_CLERK, Role.STUDIO_DIRECTOR, Role.LIAISON_OFFICER, Role.WORK_DEPARTMENT)
_TRIAGE: Final = (*_COUNTER, Role.DISPATCHER)
_DESK: Final = (*_TRIAGE, Role.REVIEWER, Role.COMMUNITY_WORKER, Role.SUPERVISOR)
_UNIT: Final = (Role.UNIT_CONTACT, Role.UNIT_LEADER)
_REVIEW: Final = (Role.REVIEWER, Role.WORK_DEPARTMENT, Role.STUDIO_DIRECTOR)
_FIELD: Final = (Role.GRID_WORKER, Role.INFORMATION_OFFICER)


def _to(scope: Scope, *roles: str) -> dict[str, Scope]:
    return dict.fromkeys(roles, scope)


PUBLIC: Final = "public"
RESIDENT: Final = "resident"
SYSTEM: Final = "system"

POLICY: Final[Mapping[str, Mapping[str, Scope]]] = {
    "appeal.see": {
        **_to(Scope.AREA, *_DESK, *_FIELD, Role.LEADER, Role.ARCHIVIST),
        **_to(Scope.UNIT, *_UNIT),
        **_to(Scope.COLLECTED, *_REPS),
        RESIDENT: Scope.OWN,
    },
    "appeal.register": {
        **_to(Scope.AREA, *_DESK, *_FIELD),
        **_to(Scope.ALL, *_REPS),
        PUBLIC: Scope.ALL,
        RESIDENT: Scope.ALL,
    },
    "appeal.contact_data": {**_to(Scope.AREA, *_TRIAGE, Role.REVIEWER), **_to(Scope.UNIT, Role.UNIT_CONTACT)},
    "appeal.triage": _to(Scope.AREA, *_TRIAGE),
    "appeal.dispatch": _to(Scope.AREA, *_TRIAGE),
    "appeal.refuse": _to(Scope.AREA, *_REVIEW),
    "appeal.handle": {**_to(Scope.UNIT, Role.UNIT_CONTACT), SYSTEM: Scope.ALL},
    "appeal.redo": _to(Scope.UNIT, Role.UNIT_LEADER),
    "appeal.review": _to(Scope.AREA, *_REVIEW),
    "appeal.feed_back": {**_to(Scope.AREA, *_COUNTER), **_to(Scope.UNIT, Role.UNIT_CONTACT)},
    "appeal.rate_own": {RESIDENT: Scope.OWN},
    "appeal.rate_collected": _to(Scope.COLLECTED, *_REPS),
    "appeal.rate_on_paper": _to(Scope.AREA, *_COUNTER),
    "appeal.supply": {RESIDENT: Scope.OWN, **_to(Scope.AREA, *_COUNTER)},
    "appeal.withdraw": {RESIDENT: Scope.OWN, **_to(Scope.AREA, *_COUNTER)},
    "appeal.close": {**_to(Scope.AREA, *_REVIEW, *_COUNTER), SYSTEM: Scope.ALL},
    "appeal.archive": _to(Scope.AREA, Role.ARCHIVIST, Role.STUDIO_CLERK, Role.STUDIO_DIRECTOR),
    "appeal.supervise": _to(Scope.AREA, Role.SUPERVISOR, Role.LEADER, Role.WORK_DEPARTMENT),
    "box.open": _to(Scope.AREA, *_COUNTER),
    "notice.prepare": _to(Scope.AREA, *_COUNTER),
    "notice.release": _to(Scope.AREA, *_REVIEW, Role.STUDIO_CLERK),
    "figures.see": {**_to(Scope.AREA, *_DESK, Role.LEADER, Role.ARCHIVIST), **_to(Scope.UNIT, *_UNIT)},
    "ledger.see": {**_to(Scope.AREA, *_DESK, Role.LEADER), **_to(Scope.UNIT, *_UNIT)},
    "journal.manage": _to(Scope.ALL, Role.ENGINEER, Role.WORK_DEPARTMENT),
    "message.tell": _to(Scope.AREA, *_TRIAGE),
    "suggestions.see": {
        **_to(Scope.AREA, Role.WORK_DEPARTMENT, Role.STUDIO_DIRECTOR, Role.SUPERVISOR, Role.LEADER),
        **_to(Scope.ALL, Role.ENGINEER),
    },
}


def scope_q(actor: Actor, right: str) -> Q:
    """The right of an actor as a Q over a matter's row; matches nothing when there is none."""
    grants = POLICY[right]
    if actor.kind is Kind.SYSTEM:
        return EVERYTHING if SYSTEM in grants else NOTHING
    if actor.kind is Kind.RESIDENT:
        return Q(id__in=actor.appeal_ids) if RESIDENT in grants else NOTHING
    reach = _seats_q(actor, right, unit_column="lead_unit_id")
    if any(grants.get(seat.role) is Scope.COLLECTED for seat in actor.seats):
        reach |= Q(collector_id=actor.user_id)
    return reach


def _unseated(actor: Actor) -> str:
    return RESIDENT if actor.kind is Kind.RESIDENT else PUBLIC


def message_q(actor: Actor) -> Q:
    """The messages to petitioners that an actor may deliver: those of matters in their territory."""
    return _seats_q(actor, "message.tell", unit_column="pk")


def ledger_q(actor: Actor) -> Q:
    """The entries of the rating ledger an actor may read: of their territory, of their unit."""
    return _seats_q(actor, "ledger.see", unit_column="unit_id")


def suggestion_q(actor: Actor) -> Q:
    """The suggestions whose figures an actor may read: those for matters of their territory."""
    return _seats_q(actor, "suggestions.see", unit_column="pk")


def notice_q(actor: Actor, right: str) -> Q:
    """The notices an actor may prepare or release: those of their territory."""
    return _seats_q(actor, right, unit_column="pk")


def _seats_q(actor: Actor, right: str, *, unit_column: str) -> Q:
    reach = NOTHING
    for seat in actor.seats:
        match POLICY[right].get(seat.role):
            case Scope.ALL:
                return EVERYTHING
            case Scope.AREA if seat.area_path:
                reach |= below(seat.area_path)
            case Scope.UNIT if seat.unit_id is not None:
                reach |= Q(**{unit_column: seat.unit_id})
    return reach


def below(path: str, *, column: str = "area_path") -> Q:
    """Everything at or below an area: an index range on its path (C collation)."""
    return Q(**{f"{column}__gte": path, f"{column}__lt": path[:-1] + "0"})


def has(actor: Actor, right: str) -> bool:
    """Whether an actor has a right at all, somewhere: opens the page that lists what it reaches."""
    grants = POLICY[right]
    if actor.kind is Kind.SYSTEM:
        return SYSTEM in grants
    if actor.kind in (Kind.NOBODY, Kind.RESIDENT):
        return _unseated(actor) in grants
    return any(seat.role in grants for seat in actor.seats)


def reaches(actor: Actor, right: str, row: Any) -> bool:
    """Whether the right covers one row: the same Q as in lists, read on the row in hand."""
    return holds(scope_q(actor, right), row)


def reaches_area(actor: Actor, right: str, path: str) -> bool:
    """Whether the right covers a territory, for matters that do not exist yet."""
    grants = POLICY[right]
    if actor.kind in (Kind.NOBODY, Kind.RESIDENT):
        return _unseated(actor) in grants
    for seat in actor.seats:
        scope = grants.get(seat.role)
        if scope in (Scope.ALL, Scope.COLLECTED) or (scope is Scope.AREA and path.startswith(seat.area_path or " ")):
            return True
    return False


def require(actor: Actor, right: str) -> None:
    """Raise NotAllowed unless the actor has the right somewhere."""
    if not has(actor, right):
        raise NotAllowed("not_allowed", N_("您的岗位不能做这一步。需要时请联系本社区的受理人员。"))
