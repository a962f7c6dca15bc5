"""Who reaches a wording, as keys: read from a row, and from the one definition of a right (`access.policy`).

The keys only narrow a search early; what is found is always filtered by the right itself.
"""

from collections.abc import Iterator

from django.db.models import Q

from huiyin.finding import keys


def of_row(area_path: str, *, lead_unit_id: int | None = None, collector_id: int | None = None) -> set[int]:
    """The keys of every area above a matter (but the district), its unit and its collector."""
    levels = area_path.split("/")[:-1]
    found = {_area("/".join(levels[:depth]) + "/") for depth in range(2, len(levels) + 1)}
    if lead_unit_id is not None:
        found.add(_unit(lead_unit_id))
    if collector_id is not None:
        found.add(_collector(collector_id))
    return found


def asked(scope: Q) -> list[int] | None:
    """The keys of which a row has at least one when the right covers it; None when the right says more than keys do."""
    alternatives = scope.children if scope.connector == Q.OR else [scope]
    found: list[int] = []
    for each in alternatives:
        several = _keys(each)
        if several is None:
            return None
        found += several
    return found


def _keys(condition: object) -> list[int] | None:
    match dict(_leaves(condition)):
        case {"area_path__gte": str(path), "area_path__lt": str()} if path.count("/") > 1:
            return [_area(path)]
        case {"lead_unit_id": int(unit_id)}:
            return [_unit(unit_id)]
        case {"collector_id": int(user_id)}:
            return [_collector(user_id)]
        case {"pk__in": []}:
            return []
        case _:
            return None


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
