"""Who acts: a value that every command and query takes first; it needs no database."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How somebody came to act."""

    STAFF = "staff"
    RESIDENT = "resident"
    SYSTEM = "system"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Seat:
    """One post as the policy reads it: a role over an area (path) or in a unit."""

    role: str
    area_path: str = ""
    unit_id: int | None = None
    post_id: int | None = None
    is_second: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: staff by their posts, a resident by number and code, the system, or nobody yet."""

    kind: Kind = Kind.NOBODY
    user_id: int | None = None
    name: str = ""
    seats: tuple[Seat, ...] = ()
    appeal_ids: tuple[int, ...] = ()

    @property
    def is_staff_member(self) -> bool:
        """Whether this is a logged-in person with at least one post."""
        return self.kind is Kind.STAFF and bool(self.seats)

    @property
    def roles(self) -> frozenset[str]:
        """The roles held."""
        return frozenset(seat.role for seat in self.seats)

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """The units in which a post is held."""
        return tuple(dict.fromkeys(seat.unit_id for seat in self.seats if seat.unit_id is not None))

    @property
    def area_path(self) -> str:
        """The highest territory of the posts, where pages start; empty for those of units only."""
        return min((seat.area_path for seat in self.seats if seat.area_path), key=len, default="")


NOBODY = Actor()
SYSTEM = Actor(kind=Kind.SYSTEM)


def resident(*appeal_ids: int) -> Actor:
    """A resident who proved number and code of these appeals."""
    return Actor(kind=Kind.RESIDENT, appeal_ids=appeal_ids)
