"""Reads a Q on a row in hand, so that a right has one definition for lists and for single rows. Pure."""

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Q

_LOOKUPS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "exact": lambda value, wanted: bool(value == wanted),
    "in": lambda value, wanted: value in wanted,
    "gte": lambda value, wanted: value is not None and bool(value >= wanted),
    "lt": lambda value, wanted: value is not None and bool(value < wanted),
    "gt": lambda value, wanted: value is not None and bool(value > wanted),
    "isnull": lambda value, wanted: (value is None) is wanted,
}


def holds(condition: Q, row: Any) -> bool:
    """Whether a row satisfies a Q made of plain columns and the look-ups exact, in, gte, gt, lt, isnull."""
    results = (holds(child, row) if isinstance(child, Q) else _leaf(child, row) for child in condition.children)
    if not condition.children:
        found = True
    else:
        found = any(results) if condition.connector == Q.OR else all(results)
    return found is not condition.negated


def _leaf(child: Any, row: Any) -> bool:
    name, wanted = child
    column, _, lookup = name.partition("__")
    return _LOOKUPS[lookup or "exact"](getattr(row, column), wanted)
