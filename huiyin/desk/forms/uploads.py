"""Files in a form: each is checked by its content, and a refusal is told beside the field with its own status."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError

from huiyin.attachments import checks
from huiyin.attachments.checks import Checked
from huiyin.design.sentences import sentence
from huiyin.kernel.errors import DomainError


class Upload(Protocol):
    """A file as the request brings it."""

    @property
    def name(self) -> str | None: ...

    def read(self) -> bytes: ...


class FilesInput(forms.ClearableFileInput):
    """A file input for several pictures or PDF documents; the camera opens on a phone."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/*,application/pdf", "data-nodraft": True})


class FilesField(forms.FileField):
    """Several files, each checked; its value is a tuple of Checked."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> tuple[Checked, ...]:
        """The checked files; raises ValidationError with the field's own sentence for one that cannot be kept."""
        given: Iterable[Upload] = data if isinstance(data, list | tuple) else [data] if data else []
        files = tuple(_checked(super(FilesField, self).clean(file, initial)) for file in given)
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return files


def _checked(file: Upload) -> Checked:
    try:
        return checks.check(file.name or "file", file.read())
    except DomainError as error:
        raise ValidationError(sentence(error), code=f"status:{error.status}") from error


def status_of(form: forms.BaseForm) -> int:
    """The status of a form that is not valid: that of a refused file, else 422."""
    codes = [error.code or "" for errors in form.errors.as_data().values() for error in errors]
    told = [int(code.removeprefix("status:")) for code in codes if code.startswith("status:")]
    return max(told, default=422)
