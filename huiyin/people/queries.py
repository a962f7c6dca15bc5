"""Every read of people: the actor behind a login, who holds which post, units and studios."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from huiyin.kernel.errors import N_, NotFound
from huiyin.kernel.held import HeldByKey
from huiyin.people import rules, vault
from huiyin.people.actors import Actor, Kind, Seat
from huiyin.people.models import Contact, Post, Studio, Unit, User
from huiyin.people.roles import REPRESENTATIVES
from huiyin.territory.queries import ancestor_paths, valid_on


def actor_of(user_id: int, name: str, day: date) -> Actor:
    """The actor a logged-in user is on a date: one query for the posts that hold on it."""
    posts = Post.objects.filter(valid_on(day), user_id=user_id).order_by("rank", "pk")
    rows = posts.values_list("role", "area__path", "unit_id", "pk", "rank")
    seats = tuple(Seat(role, path or "", unit, pk, rank == Post.Rank.SECOND) for role, path, unit, pk, rank in rows)
    return Actor(Kind.STAFF, user_id, name, seats)


def user_by_login(login: str) -> User:
    """One user by login name; raises NotFound."""
    found = User.objects.filter(login=login).first()
    if found is None:
        raise NotFound("unknown_user", N_("没有这个用户：%(login)s。"), login=login)
    return found


def units(day: date, *, kinds: tuple[str, ...] = ()) -> QuerySet[Unit]:
    """The units that exist on a date."""
    found = Unit.objects.filter(valid_on(day))
    return found.filter(kind__in=kinds) if kinds else found


def unit(unit_id: int) -> Unit:
    """One unit; raises NotFound."""
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None:
        raise NotFound("unknown_unit", N_("没有这个单位。请从列表中选择。"))
    return found


def unit_by_code(code: str) -> Unit:
    """One unit by its code; raises NotFound."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise NotFound("unknown_unit", N_("没有这个单位。请从列表中选择。"))
    return found


def unit_of_place(kind: str, area_path: str, day: date) -> Unit | None:
    """The office or committee of a kind whose territory holds an area, the nearest first."""
    found = Unit.objects.filter(valid_on(day), kind=kind, area__path__in=ancestor_paths(area_path))
    return found.order_by("-area__path").first()


def has_contact_person(unit_id: int, day: date) -> bool:
    """Whether a unit has somebody who signs for orders on a date (routing guard 6)."""
    return Post.objects.filter(valid_on(day), unit_id=unit_id, role="unit_contact", user__is_active=True).exists()


def holders(role_codes: Iterable[str], day: date, *, area_path: str = "", unit_id: int | None = None) -> QuerySet[Post]:
    """The posts of some roles that reach an area (their territory holds it) or belong to a unit, A 岗 first."""
    found = Post.objects.filter(valid_on(day), role__in=list(role_codes), user__is_active=True).select_related(
        "user", "area"
    )
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    if area_path:
        found = found.filter(area__path__in=ancestor_paths(area_path))
    return found.order_by("-area__path", "rank", "pk")


def representatives(day: date, *, area_path: str = "") -> QuerySet[Post]:
    """The posts of 两代表一委员 whose territory holds an area."""
    return holders(REPRESENTATIVES, day, area_path=area_path)


def colleagues(actor: Actor, day: date) -> QuerySet[User]:
    """The other active people with a post in the actor's own territories, for a second signature."""
    paths = [seat.area_path for seat in actor.seats if seat.area_path]
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(posts__area__path__startswith=path)
    mine = User.objects.filter(within, ~Q(pk=actor.user_id or 0), is_active=True, posts__valid_from__lte=day)
    return mine.distinct().order_by("name")


_STUDIOS: Final[HeldByKey[tuple[str, date], Studio | None]] = HeldByKey(seconds=60)


def studio_for(area_path: str, day: date) -> Studio | None:
    """The studio whose community holds an area, held for a minute."""
    return _STUDIOS.get((area_path, day), lambda: _studio_for(area_path, day))


def _studio_for(area_path: str, day: date) -> Studio | None:
    found = Studio.objects.filter(valid_on(day), area__path__in=ancestor_paths(area_path))
    return found.select_related("area").order_by("-area__path").first()


def studios(day: date) -> QuerySet[Studio]:
    """All studios on a date, in the order of the territory."""
    return Studio.objects.filter(valid_on(day)).select_related("area")


def contacts_with_phone(phone: str) -> QuerySet[Contact]:
    """The contacts that gave this phone number, found by the blind index."""
    return Contact.objects.filter(phone_digest=vault.blind(rules.normal_phone(phone), about="phone"))


_USERS: Final[HeldByKey[int, User]] = HeldByKey(seconds=60)
_UNITS: Final[HeldByKey[int, Unit]] = HeldByKey(seconds=60)


def users(user_ids: Iterable[int | None]) -> dict[int, User]:
    """Users by id, with their names only, held for a minute; None is nobody."""
    wanted = (pk for pk in user_ids if pk is not None)
    return _USERS.many(wanted, lambda pks: User.objects.only("login", "name").in_bulk(pks))


def names(user_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of users by id."""
    return {pk: user.name for pk, user in users(user_ids).items()}


def units_by_id(unit_ids: Iterable[int]) -> dict[int, Unit]:
    """Units by id, held for a minute."""
    return _UNITS.many(unit_ids, Unit.objects.in_bulk)
