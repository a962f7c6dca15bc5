"""Every URL of the house × every role, the public and a resident: inside the territory, and outside of it."""

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from huiyin.appeals import queries
from huiyin.appeals.models import Appeal
from huiyin.demo import district
from huiyin.people import queries as people
from huiyin.people.models import Post, User
from huiyin.people.roles import Role
from huiyin.territory import queries as territory
from tests import town
from tests.journeys.steps import go, who
from tests.urls_table import PUBLIC, REPS, RESIDENT, ROLES, TABLE, UNIT, Line

PLAIN: Final = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DOORS: Final = ("/desk/login/?next=", "/track/?number=")
VISITORS: Final = (*sorted(ROLES), PUBLIC, RESIDENT)


def named(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The names of all URLs, with their namespaces."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from named(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            assert isinstance(entry, URLPattern) and entry.name, f"an address without a name: {entry}"
            yield f"{space}{entry.name}"


class House:
    """The settled town with one logged-in browser for each visitor."""

    def __init__(self) -> None:
        self.inside, self.outside = town.settle()
        self.clients = {role: self.staff(role) for role in sorted(ROLES)}
        self.own: dict[str, Appeal] = {
            role: self.inside.told(collector_id=people.user_by_login(f"only.{role}").pk) for role in sorted(REPS)
        }
        self.clients |= {PUBLIC: Client(), RESIDENT: self.resident()}

    def staff(self, role: str) -> Client:
        """Somebody with this one post, in 龙躺 or in the housing bureau."""
        user = User.objects.create(login=f"only.{role}", name=str(Role(role).label))
        place: dict[str, Any] = {"area": territory.area_by_code(self.inside.code)}
        if role in UNIT:
            place = {"unit": people.unit_by_code(self.inside.unit)}
        Post.objects.create(user=user, role=role, valid_from=date(2026, 1, 1), **place)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def resident(self) -> Client:
        """Somebody who proved number and code of the matters of 龙躺."""
        client = Client()
        for name in ("fresh", "incomplete", "appeal"):
            found = self.appeal(self.inside.about[name])
            proof = {"number": found.number, "code": queries.query_code(found)}
            assert client.post("/track/", proof).status_code == 302
        return client

    def appeal(self, pk: int) -> Appeal:
        """A matter of the town."""
        return queries.appeal(who("officer.hq"), pk)

    def subject(self, line: Line, visitor: str, *, inside: bool) -> Any:
        """What the page is about, for this visitor: a representative is asked about a matter they collected."""
        place = self.inside if inside else self.outside
        mine = self.own.get(visitor) if inside else None
        match line.about:
            case "number" | "fresh_number" | "incomplete_number":
                name = line.about.removesuffix("number").rstrip("_") or "appeal"
                return self.appeal(place.about[name]).number
            case "appeal" | "chosen" | "sheets":
                return mine.pk if mine else place.about["appeal"]
            case "file":
                return place.file_of(mine.pk) if mine else place.about["file"]
            case _:
                return place.about[line.about]

    def ask(self, line: Line, visitor: str, *, inside: bool) -> HttpResponseBase:
        """The answer to one visitor; what a form would change is rolled back, the browser keeps its session."""
        subject: Any = self.subject(line, visitor, inside=inside) if line.about else None
        data = dict(line.data)
        args = [subject] if subject is not None else []
        if line.about == "chosen":
            args, data["chosen"] = [], str(subject)
        elif line.about == "sheets":
            args, data["pk"] = [], str(subject)
        elif line.about == "original":
            args, data["file"] = list(subject), SimpleUploadedFile("遮.jpg", town.picture("#000"), "image/jpeg")
        elif line.about == "photo":
            args, data["notice"] = [subject[0]], str(subject[1])
        address = reverse(line.url, args=[*args, line.verb] if line.verb else args)
        client = self.clients[visitor]
        kept = copy.deepcopy(client.cookies)
        with transaction.atomic():
            answer = getattr(client, line.method)(address, data)
            transaction.set_rollback(True)
        answer.close()
        client.cookies = kept
        return answer  # type: ignore[no-any-return]  # the client's verbs are typed, getattr is not


@pytest.fixture(scope="module")
def house(own_database: None) -> Iterator[House]:
    """The town, settled once for all lines."""
    with override_settings(STORAGES=PLAIN, WHITENOISE_AUTOREFRESH=True):
        district.load(start=date(2026, 1, 1))
        yield House()


def test_every_url_has_its_line_and_every_line_its_url() -> None:
    assert set(named(get_resolver())) == {line.url for line in TABLE}
    assert set(Role.values) == ROLES


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_who_may_open_it(house: House, line: Line) -> None:
    go(town.MORNING)
    wrong = []
    for visitor in VISITORS:
        for inside in (True, False) if line.about else (True,):
            answer = house.ask(line, visitor, inside=inside)
            expected = line.status(visitor, inside=inside)
            is_at_door = answer.get("Location", "").startswith(DOORS)
            is_let_in = inside and visitor in line.passes
            if answer.status_code != expected or (is_at_door and is_let_in):
                where = "inside" if inside else "outside"
                wrong.append(
                    f"{visitor} {where}: {answer.status_code}, expected {expected} {answer.get('Location', '')}"
                )
    assert not wrong, "\n".join(wrong)
