"""The figures of the machine's suggestions, for officers and engineers: counts of matters, never of people."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from huiyin.access import policy
from huiyin.desk import suggested
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import show
from huiyin.kernel import clock


@require_safe
@staff
def figures(request: Request) -> HttpResponse:
    """How often suggestions were left as they were, which reader speaks since when, and those before."""
    policy.require(request.actor, "suggestions.see")
    return show(request, "desk/suggestions.html", **suggested.page(request.actor, now=clock.now()))
