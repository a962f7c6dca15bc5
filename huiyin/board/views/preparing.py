"""The first person's work on a notice: what waits, the words beside their originals, covered photos."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from huiyin.access import policy
from huiyin.attachments import queries as attachments
from huiyin.attachments import store
from huiyin.attachments.models import Attachment
from huiyin.board import drafts, waiting_list
from huiyin.board.forms import CoverForm, NoticeForm
from huiyin.board.gate import Request, staff
from huiyin.design.sentences import sentence
from huiyin.kernel.errors import N_, DomainError, NotFound
from huiyin.publication import comparison, queries, workflow


@require_safe
@staff("notice.prepare", "notice.release")
def waiting(request: Request) -> HttpResponse:
    """Drafts to prepare, prepared notices to release, and what was released last."""
    context = waiting_list.context(request.actor, after=request.GET.get("after", ""))
    return render(request, "board/waiting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("notice.prepare", "notice.release")
def prepare(request: Request, pk: int) -> HttpResponse:
    """The words of a notice beside their originals; sending them on makes a second person look."""
    notice = queries.notice(request.actor, pk)
    policy.require(request.actor, "notice.prepare")
    form = NoticeForm(request.POST or None, initial={name: getattr(notice, name) for name in NoticeForm.base_fields})
    if form.is_valid():
        try:
            workflow.prepare(request.actor, pk, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("已经送第二人核对。对方核对并公示以后，居民才看得到。"))
            return redirect("board:waiting")
    return _screen(request, drafts.preparing(notice, form), is_wrong=bool(form.errors))


def _screen(request: Request, context: dict[str, Any], *, is_wrong: bool) -> HttpResponse:
    return _unseen(render(request, "board/prepare.html", context, status=422 if is_wrong else 200))


@require_POST
@staff("notice.prepare")
def cover(request: Request, pk: int, original: int) -> HttpResponse:
    """Keep a covered copy of one photo; the original stays where it is and is never public."""
    notice = queries.notice(request.actor, pk)
    form = CoverForm(request.POST, request.FILES)
    if original not in {file.pk for file in comparison.originals(notice)}:
        raise NotFound("unknown_file", N_("没有找到这个文件。"))
    if form.is_valid():
        workflow.add_masked_photo(request.actor, pk, file=form.cleaned_data["file"], masked_from_id=original)
        messages.success(request, _("遮挡后的照片已经放进公示稿。原图不会公开。"))
        return redirect("board:prepare", pk)
    words = NoticeForm(initial={name: getattr(notice, name) for name in NoticeForm.base_fields})
    return _screen(request, drafts.preparing(notice, words, cover=form), is_wrong=True)


@require_GET
@staff("notice.prepare", "notice.release")
def photo(request: Request, pk: int) -> HttpResponse:
    """An original or a masked copy, for the people who answer for a notice of their territory."""
    file = attachments.attachment(pk)
    notice = queries.notice(request.actor, _notice_of(request, file))
    known = {each.pk for pair in drafts.pictures(notice) for each in pair if each is not None}
    path = store.path_of(file.sha256)
    if file.pk not in known or not path.exists():
        raise NotFound("unknown_file", N_("没有找到这个文件。"))
    response = HttpResponse(path.read_bytes(), content_type=file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=600"
    return response


def _notice_of(request: Request, file: Attachment) -> int:
    """The notice for which a photo is asked, named by the page or by the masked copy itself."""
    asked = request.GET.get("notice", "")
    if file.subject_kind == "notice":
        return file.subject_id
    if not asked.isdigit():
        raise NotFound("unknown_file", N_("没有找到这个文件。"))
    return int(asked)


def _unseen(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    return response
