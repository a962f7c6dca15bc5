"""Files in a form: each is checked by its content, and a refusal is told beside the field with its own status."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from huiyin.attachments import checks
from huiyin.attachments.checks import Checked
from huiyin.design.sentences import sentence
from huiyin.kernel.errors import DomainError


class Upload(Protocol):
    """A file as the request brings it."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def read(self) -> bytes: ...


class FilesInput(forms.ClearableFileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, at most so many when `most` is given; its value is a tuple of Checked."""

    widget: type[FilesInput] = FilesInput

    def __init__(self, *, most: int | None = None, **options: Any) -> None:
        self.most = most
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> tuple[Checked, ...]:  # noqa: ARG002  Django's signature
        """The checked files; raises ValidationError with the field's own sentence for one that cannot be kept."""
        given: Iterable[Upload] = data if isinstance(data, list | tuple) else [data] if data else []
        files = list(given)
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if self.most is not None and len(files) > self.most:
            raise ValidationError(
                _("您选了 %(count)s 张照片，最多 %(limit)s 张。请重新选照片，写的字都在。")
                % {"count": len(files), "limit": self.most},
                code="status:422",
            )
        return tuple(_checked(file) for file in files)


def _checked(file: Upload) -> Checked:
    name = file.name or "file"
    try:
        checks.check_size(name, file.size or 0)
        return checks.check(name, file.read())
    except DomainError as error:
        raise ValidationError(sentence(error), code=f"status:{error.status}") from error


def status_of(form: forms.BaseForm) -> int:
    """The status of a form that is not valid: that of a refused file, else 422."""
    codes = [error.code or "" for errors in form.errors.as_data().values() for error in errors]
    return max((int(code.removeprefix("status:")) for code in codes if code.startswith("status:")), default=422)
