"""Photos of residents in a form, and the size above which a request is not read at all."""

from typing import Final

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _lazy

from huiyin.attachments import checks
from huiyin.attachments.forms import FilesField, status_of

__all__ = ["MAX_BODY", "MAX_PHOTOS", "PhotosField", "is_too_large", "status_of"]

MAX_PHOTOS: Final = 6
MAX_BODY: Final = MAX_PHOTOS * checks.MAX_BYTES + 1024 * 1024


class PhotosField(FilesField):
    """At most six photos, none needed; its value is a tuple of Checked."""

    def __init__(self) -> None:
        super().__init__(most=MAX_PHOTOS, label=_lazy("照片"), required=False)


def is_too_large(request: HttpRequest) -> bool:
    """Whether a request carries more than any form of the hall needs; asked before anything of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MAX_BODY:
        return True
    try:
        return request.POST is None
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return True
