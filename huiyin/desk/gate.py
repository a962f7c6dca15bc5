"""Who comes in: pages of the desk are for people who are logged in and hold a post."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from huiyin.kernel.errors import N_, NotAllowed
from huiyin.people.actors import NOBODY, Actor, Kind

P = ParamSpec("P")


class Request(HttpRequest):
    """A request that passed the gate: who acts, and whether only a part of the page is asked for."""

    actor: Actor
    htmx: HtmxDetails


View = Callable[Concatenate[Request, P], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff(view: View[P]) -> Guarded[P]:
    """Let staff with a post in; others log in first, and come back to the page they asked for."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor: Actor = getattr(request, "actor", NOBODY)
        if actor.kind is not Kind.STAFF:
            return _to_login(request)
        if not actor.seats:
            raise NotAllowed("no_post", N_("您现在没有任何岗位，所以看不到诉求。请系统管理员为您设岗。"))
        return view(cast("Request", request), *args, **kwargs)

    return cast("Guarded[P]", guarded)


def _to_login(request: HttpRequest) -> HttpResponse:
    target = redirect_to_login(request.get_full_path())
    return HttpResponseClientRedirect(target.url) if getattr(request, "htmx", False) else target
