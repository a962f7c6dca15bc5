"""Who visits: a resident by the numbers and codes this session has proved, and the community they chose."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from huiyin.kernel import clock
from huiyin.people.actors import NOBODY, Actor, resident
from huiyin.territory import queries as territory
from huiyin.territory.models import Area

SESSION_APPEALS: Final = "appeals"
COMMUNITY_COOKIE: Final = "community"
_KEPT: Final = 20
_YEAR: Final = 365 * 24 * 3600


class Request(HttpRequest):
    """A request as the house's middleware leaves it."""

    actor: Actor
    htmx: HtmxDetails


def visitor(request: HttpRequest) -> Actor:
    """The resident of this session; nobody before a number was proved. A login plays no part in the hall."""
    proved = request.session.get(SESSION_APPEALS, []) if "sessionid" in request.COOKIES else []
    return resident(*proved) if proved else NOBODY


def remember(request: HttpRequest, appeal_id: int) -> None:
    """Let this device see an appeal until the session ends: its number and code were proved, or it was said here."""
    kept = [pk for pk in request.session.get(SESSION_APPEALS, []) if pk != appeal_id]
    if not kept and request.session.session_key:
        request.session.cycle_key()  # nobody who knew the session before may see what was proved in it
    request.session[SESSION_APPEALS] = [*kept, appeal_id][-_KEPT:]


def forget(request: HttpRequest) -> None:
    """Let this device know no appeal any more."""
    request.session.pop(SESSION_APPEALS, None)
    if not request.session.keys():
        request.session.flush()


def community(request: HttpRequest) -> Area | None:
    """The community chosen on this device."""
    code = request.COOKIES.get(COMMUNITY_COOKIE, "")
    if not code.isalnum() or len(code) > 24:
        return None
    return territory.areas(clock.today(), kinds=(Area.Kind.COMMUNITY,)).filter(code=code).first()


def keep_community(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Keep the choice of a community on this device for a year."""
    response.set_cookie(
        COMMUNITY_COOKIE, code, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
