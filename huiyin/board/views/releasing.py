"""The second person's work on a notice: compare, then release, send back, withhold; or take a released one down."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huiyin.board import drafts
from huiyin.board.forms import WithholdForm
from huiyin.board.gate import Request, staff
from huiyin.kernel.errors import DomainError
from huiyin.publication import queries, workflow

_DONE: Final = {
    "release": gettext_lazy("已经公示，所有人都能看到。"),
    "send_back": gettext_lazy("已经退回整理。"),
    "retract": gettext_lazy("已经从公告栏撤下，回到待整理。"),
    "withhold": gettext_lazy("已经定为不公开，理由记入日志。"),
}
_ACTS: Final[dict[str, Callable[..., object]]] = {
    "release": workflow.release,
    "send_back": workflow.send_back,
    "retract": workflow.retract,
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff("notice.prepare", "notice.release")
def release(request: Request, pk: int) -> HttpResponse:
    """Original and final words side by side, and what the second person decides."""
    notice = queries.notice(request.actor, pk)
    reason = WithholdForm(request.POST if request.POST.get("act") == "withhold" else None)
    refused: DomainError | None = None
    if request.method == "POST" and (not reason.is_bound or reason.is_valid()):
        try:
            return _act(request, pk, reason)
        except DomainError as error:
            refused = error
    status = refused.status if refused else 422 if reason.errors else 200
    context = drafts.releasing(request.actor, notice, reason, refused=refused)
    response = render(request, "board/release.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def _act(request: Request, pk: int, reason: WithholdForm) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "withhold":
        workflow.withhold(request.actor, pk, reason=reason.cleaned_data["reason"])
    elif act in _ACTS:
        _ACTS[act](request.actor, pk)
    else:
        return redirect("board:release", pk)
    messages.success(request, str(_DONE[act]))
    return redirect("board:waiting")
