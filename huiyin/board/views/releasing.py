"""The second person's work on a notice: compare, then release, send back, withhold; or take a released one down."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huiyin.access import policy
from huiyin.access.rules import holds
from huiyin.board import marks
from huiyin.board.forms import WithholdForm
from huiyin.board.gate import Request, staff
from huiyin.board.views.preparing import pictures
from huiyin.design.sentences import sentence
from huiyin.kernel.errors import DomainError
from huiyin.publication import comparison, queries, workflow
from huiyin.publication.models import Notice

State = Notice.State
_DONE: Final = {
    "release": gettext_lazy("已经公示，所有人都能看到。"),
    "send_back": gettext_lazy("已经退回整理。"),
    "retract": gettext_lazy("已经从公告栏撤下，回到待整理。"),
    "withhold": gettext_lazy("已经定为不公开，理由记入日志。"),
}
_ACTS: Final[dict[str, Callable[..., Notice]]] = {
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
    return _show(request, notice, reason, refused=refused, status=status)


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


def _show(
    request: Request, notice: Notice, reason: WithholdForm, *, refused: DomainError | None, status: int
) -> HttpResponse:
    context: dict[str, Any] = {
        "notice": notice,
        "words": [marks.marked(each) for each in comparison.words(notice)],
        "pictures": pictures(notice),
        "reason": reason,
        "refused": sentence(refused) if refused else "",
        "is_prepared": notice.state == State.PREPARED,
        "is_released": notice.state == State.RELEASED,
        "may_withhold": notice.state in (State.DRAFT, State.PREPARED),
        "why_not": _why_not(request, notice),
    }
    response = render(request, "board/release.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def _why_not(request: Request, notice: Notice) -> str:
    """Why this person cannot release this notice; empty when they can."""
    if not holds(policy.notice_q(request.actor, "notice.release"), notice):
        return _("公示要由审核员、工作室主任或文员核对，您的岗位不能做这一步。")
    if notice.state == State.PREPARED and notice.prepared_by_id == request.actor.user_id:
        return _("这份稿子是您整理的。整理和核对不能是同一个人，请另一位同事核对后公示。")
    return ""
