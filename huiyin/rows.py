"""Reads of rows whose SQL is made once: making it anew costs several times the read itself."""

from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet

K = TypeVar("K", bound=int | str | UUID)
M = TypeVar("M", bound=Model)

NO_ROW: Final = -2_147_483_000


def _read(model: type[M], sql: str, values: Iterable[object]) -> list[M]:
    return list(model._default_manager.raw(sql, tuple(values)))  # noqa: SLF001  Django's public way to a model's manager


class Kept(Generic[K, M]):
    """The rows of a queryset with one key in it, given by a function of that key.

    The queryset joins nothing: relations are read when asked for, or set by the caller.
    """

    def __init__(self, made: Callable[[K], QuerySet[M]], *, mark: K) -> None:
        """`mark` stands for the key while the SQL is made: a value of its kind that no row has."""
        self._made = made
        self._mark = mark
        self._sql = ""
        self._values: tuple[object, ...] = ()
        self._model: type[M] | None = None

    def of(self, key: K) -> list[M]:
        """The rows of one key."""
        if self._model is None:
            found = self._made(self._mark)
            self._sql, self._values = found.query.sql_with_params()
            self._model = found.model
        return _read(self._model, self._sql, (key if value == self._mark else value for value in self._values))

    def one(self, key: K) -> M | None:
        """The row of one key, or None."""
        return next(iter(self.of(key)), None)


class Asked(Generic[M]):
    """A queryset that is asked again and again as it stands."""

    def __init__(self, found: QuerySet[M]) -> None:
        self._model = found.model
        try:
            self._query: tuple[str, tuple[object, ...]] | None = found.query.sql_with_params()
        except EmptyResultSet:  # its conditions contradict each other
            self._query = None

    def rows(self) -> list[M]:
        """What there is now."""
        return [] if self._query is None else _read(self._model, *self._query)
