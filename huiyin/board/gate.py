"""Who comes in to the staff pages of the board: people who are logged in and whose post carries the right."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from huiyin.access import policy
from huiyin.kernel.errors import N_, NotAllowed
from huiyin.people.actors import NOBODY, Actor, Kind

P = ParamSpec("P")


class Request(HttpRequest):
    """A request that passed the gate."""

    actor: Actor


View = Callable[Concatenate[Request, P], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff(*rights: str) -> Callable[[View[P]], Guarded[P]]:
    """Let those in whose posts carry one of the rights somewhere; others log in first or are told why not."""

    def guard(view: View[P]) -> Guarded[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor: Actor = getattr(request, "actor", NOBODY)
            if actor.kind is not Kind.STAFF:
                return redirect_to_login(request.get_full_path())
            if not any(policy.has(actor, right) for right in rights):
                raise NotAllowed("not_allowed", N_("您的岗位看不到这一页。需要时请联系本社区的受理人员。"))
            return view(cast("Request", request), *args, **kwargs)

        return cast("Guarded[P]", guarded)

    return guard
