"""A file, given to those who see the matter it belongs to."""

from urllib.parse import quote

from django.http import FileResponse
from django.views.decorators.http import require_safe

from huiyin.appeals import lookups, queries
from huiyin.attachments import queries as attachments
from huiyin.attachments import store
from huiyin.desk.gate import Request, staff
from huiyin.kernel.errors import N_, NotFound


@require_safe
@staff
def file(request: Request, pk: int) -> FileResponse:
    """The bytes of one file; pictures and PDF documents open in the browser, kept by it alone."""
    found = attachments.attachment(pk)
    match found.subject_kind:
        case "appeal":
            queries.appeal(request.actor, found.subject_id)
        case "reply":
            queries.appeal(request.actor, lookups.appeal_of_reply(found.subject_id))
        case _:
            raise NotFound("unknown_file", N_("没有找到这个文件。"))
    path = store.path_of(found.sha256)
    if not path.exists():
        raise NotFound("file_gone", N_("这个文件在存储里找不到了，请告诉系统管理员。"))
    response = FileResponse(path.open("rb"), content_type=found.media_type)
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
