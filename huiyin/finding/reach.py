"""Who reaches a wording, as keys: read from a row, and from the one definition of a right (`access.policy`).

The keys only narrow a search early; what is found is always filtered by the right itself.
"""

from collections.abc import Iterator
from typing import Final

from django.db.models import Q

from huiyin.finding import keys

OPEN: Final = keys.reach("open")


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
        match _terms(each):
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
    """Whether keys tell a scope wholly: everything, the district, areas, units and collectors."""
    if scope == Q() or asked(scope) is not None:
        return True
    districts = [_terms(each).get("area_path__gte") for each in _alternatives(scope)]
    return any(isinstance(path, str) and _is_district(path) for path in districts)


def _alternatives(scope: Q) -> list[object]:
    return list(scope.children) if scope.connector == Q.OR and not scope.negated else [scope]


def _is_district(path: str) -> bool:
    return path.count("/") == 1


def _terms(condition: object) -> dict[str, object]:
    return dict(_leaves(condition))


def _leaves(condition: object) -> Iterator[tuple[str, object]]:
    """The look-ups of a condition that are joined by AND."""
    if isinstance(condition, tuple):
        yield condition
    elif isinstance(condition, Q) and not condition.negated and (condition.connector == Q.AND or len(condition) == 1):
        for child in condition.children:
            yield from _leaves(child)


def _area(path: str) -> int:
    return keys.reach(f"area {path}")


def _unit(unit_id: int) -> int:
    return keys.reach(f"unit {unit_id}")


def _collector(user_id: int) -> int:
    return keys.reach(f"collector {user_id}")
