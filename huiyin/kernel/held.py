"""Values a process reads seldom and asks for often: kept for a minute, forgotten at once where they are edited."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")
_ALL: "WeakSet[Held[object]]" = WeakSet()


class Held(Generic[T]):
    """One value with the function that reads it; another process sees an edit after `seconds` at the latest."""

    def __init__(self, read: Callable[[], T], *, seconds: float = 60.0) -> None:
        self._read = read
        self._seconds = seconds
        self._value: T | None = None
        self._read_at = 0.0
        _ALL.add(self)  # type: ignore[arg-type]  # the set holds every kind of value

    def get(self) -> T:
        """The value, read again when it is too old."""
        if self._value is None or time.monotonic() - self._read_at > self._seconds:
            self._value = self._read()
            self._read_at = time.monotonic()
        return self._value

    def forget(self) -> None:
        """Read again at the next question."""
        self._value = None


K = TypeVar("K")
_MOST_KEYS = 5000


class HeldByKey(Generic[K, T]):
    """One value per key, each read again after `seconds`."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._values: dict[K, tuple[float, T]] = {}
        _ALL.add(self)  # type: ignore[arg-type]  # the set holds every kind of value

    def get(self, key: K, read: Callable[[], T]) -> T:
        """The value of a key, read by `read` when there is none or it is too old."""
        now = time.monotonic()
        found = self._values.get(key)
        if found is not None and now - found[0] < self._seconds:
            return found[1]
        if len(self._values) >= _MOST_KEYS:
            self._values.clear()
        value = read()
        self._values[key] = (now, value)
        return value

    def many(self, keys: Iterable[K], read: Callable[[set[K]], Mapping[K, T]]) -> dict[K, T]:
        """The values of several keys; those missing or too old are read together, unknown keys left out."""
        now, wanted = time.monotonic(), set(keys)
        found = {key: self._values[key] for key in wanted if key in self._values}
        fresh = {key: value for key, (read_at, value) in found.items() if now - read_at < self._seconds}
        if len(fresh) < len(wanted):
            if len(self._values) >= _MOST_KEYS:
                self._values.clear()
            values = read(wanted - fresh.keys())
            self._values |= {key: (now, value) for key, value in values.items()}
            fresh |= values
        return fresh

    def forget(self) -> None:
        """Read everything again."""
        self._values.clear()


def forget_all() -> None:
    """Forget every held value of this process (after a restore, an import of rules, between tests)."""
    for held in _ALL:
        held.forget()
