"""Photos of residents in a form: each is checked by its content, and what cannot be kept is told beside the field."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
    ValidationError,
)
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from huiyin.attachments import checks
from huiyin.attachments.checks import Checked
from huiyin.design.sentences import sentence
from huiyin.kernel.errors import DomainError

MAX_PHOTOS: Final = 6
MAX_BODY: Final = MAX_PHOTOS * checks.MAX_BYTES + 1024 * 1024


class PhotosInput(forms.ClearableFileInput):
    """A file input for several photos."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """At most six photos; its value is a tuple of Checked."""

    widget = PhotosInput

    def __init__(self) -> None:
        super().__init__(label=_lazy("照片"), required=False)

    def clean(self, data: Any, initial: Any = None) -> tuple[Checked, ...]:  # noqa: ARG002  Django's signature
        """The checked photos; raises ValidationError with the field's own sentence for one that cannot be kept."""
        given: Iterable[UploadedFile[bytes]] = data if isinstance(data, list | tuple) else [data] if data else []
        files = list(given)
        if len(files) > MAX_PHOTOS:
            raise ValidationError(
                _("您选了 %(count)s 张照片，最多 %(limit)s 张。请重新选照片，写的字都在。")
                % {"count": len(files), "limit": MAX_PHOTOS},
                code="status:422",
            )
        return tuple(_checked(file) for file in files)


def _checked(file: "UploadedFile[bytes]") -> Checked:
    name = file.name or "photo"
    try:
        checks.check_size(name, file.size or 0)
        return checks.check(name, file.read())
    except DomainError as error:
        raise ValidationError(sentence(error), code=f"status:{error.status}") from error


def status_of(form: forms.BaseForm) -> int:
    """The status of a form that is not valid: that of a refused file, else 422."""
    codes = [error.code or "" for errors in form.errors.as_data().values() for error in errors]
    return max((int(code.removeprefix("status:")) for code in codes if code.startswith("status:")), default=422)


def is_too_large(request: HttpRequest) -> bool:
    """Whether a request carries more than any form of the hall needs; asked before anything of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MAX_BODY:
        return True
    try:
        return request.POST is None
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return True
