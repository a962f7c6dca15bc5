"""Values a process reads seldom and asks for often: kept for a minute, forgotten at once where they are edited."""

import time
from collections.abc import Callable
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


def forget_all() -> None:
    """Forget every held value of this process (after a restore, an import of rules, between tests)."""
    for held in _ALL:
        held.forget()
