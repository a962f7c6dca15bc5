"""How the desk shows a page: the frame around it knows the actor's lists and unread messages."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render

from huiyin.access import policy
from huiyin.desk import lists
from huiyin.desk.gate import Request
from huiyin.messaging import queries as messaging

_NAVIGATION: Final = {
    "may_register": "appeal.register",
    "may_open_box": "box.open",
    "may_tell": "message.tell",
    "may_manage": "journal.manage",
    "may_prepare": "notice.prepare",
    "may_see_figures": "figures.see",
    "may_see_suggestions": "suggestions.see",
}


def show(request: Request, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A whole page of the desk."""
    frame: dict[str, Any] = {name: policy.has(request.actor, right) for name, right in _NAVIGATION.items()}
    frame |= {"lists": lists.bare(request.actor), "unread": messaging.unread_count(request.actor)}
    frame["may_see_hotspots"] = frame["may_see_figures"] and bool(request.actor.area_path)
    frame["section"] = request.path.split("/")[2]
    return render(request, template, frame | context, status=status)


def part(request: Request, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A part of a page that is open already."""
    return render(request, template, context, status=status)


def unseen(response: HttpResponse) -> HttpResponse:
    """An answer that holds personal data: nobody on the way and no browser keeps it."""
    response["Cache-Control"] = "no-store, private"
    return response
