"""Who reaches a wording, as keys: read from a row, and from the one definition of a right (`access.policy`).

The keys only narrow a search early; what is found is always filtered by the right itself.
"""

from collections.abc import Iterator
from typing import Final

from django.db.models import Q

from huiyin.finding import keys

OPEN: Final = keys.reach("open")
_AREA: Final = {"area_path__gte", "area_path__lt"}
_TOLD: Final = (_AREA, {"lead_unit_id"}, {"collector_id"}, {"pk__in"})


def of_row(
    area_path: str, *, lead_unit_id: int | None = None, collector_id: int | None = None, is_open: bool = False
) -> set[int]:
    """The keys of every area above a matter (but the district), its unit, its collector, and whether it is open."""
    levels = area_path.split("/")[:-1]
    found = {_area("/".join(levels[:depth]) + "/") for depth in range(2, len(levels) + 1)}
    if lead_unit_id is not None:
        found.add(_unit(lead_unit_id))
    if collector_id is not None:
        found.add(_collector(collector_id))
    if is_open:
        found.add(OPEN)
    return found


def asked(scope: Q) -> list[int] | None:
    """The keys of which a row has at least one when the right covers it; None when keys narrow nothing."""
    found: list[int] = []
    for each in _alternatives(scope):
        match each:
            case {"area_path__gte": str(path), "area_path__lt": str()} if not _is_district(path):
                found.append(_area(path))
            case {"lead_unit_id": int(unit_id)}:
                found.append(_unit(unit_id))
            case {"collector_id": int(user_id)}:
                found.append(_collector(user_id))
            case {"pk__in": []}:
                pass
            case _:
                return None
    return found


def is_told(scope: Q) -> bool:
    """Whether keys tell a scope wholly: everything, the district, areas, units and collectors, and nothing beside."""
    several = _alternatives(scope)
    is_all = any(_is_district(each.get("area_path__gte")) and set(each) == _AREA for each in several)
    is_some = asked(scope) is not None and all(set(each) in _TOLD for each in several)
    return scope == Q() or is_all or is_some


def _alternatives(scope: Q) -> list[dict[str, object]]:
    """The alternatives of a scope, each as look-ups that hold together; what is not understood is under "?"."""
    parts = scope.children if scope.connector == Q.OR and not scope.negated else [scope]
    return [dict(_leaves(part)) for part in parts]


def _leaves(condition: object) -> Iterator[tuple[str, object]]:
    if isinstance(condition, tuple):
        yield condition
    elif isinstance(condition, Q) and not condition.negated and (condition.connector == Q.AND or len(condition) == 1):
        for child in condition.children:
            yield from _leaves(child)
    else:
        yield "?", condition


def _is_district(path: object) -> bool:
    return isinstance(path, str) and path.count("/") == 1


def _area(path: str) -> int:
    return keys.reach(f"area {path}")


def _unit(unit_id: int) -> int:
    return keys.reach(f"unit {unit_id}")


def _collector(user_id: int) -> int:
    return keys.reach(f"collector {user_id}")
