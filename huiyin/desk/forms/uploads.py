"""Files in the forms of the desk: pictures or PDF documents, taken with the camera on a phone."""

from huiyin.attachments import forms
from huiyin.attachments.forms import status_of

__all__ = ["FilesField", "status_of"]


class FilesInput(forms.FilesInput):
    """A file input for several pictures or PDF documents; the camera opens on a phone."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/*,application/pdf", "data-nodraft": True})


class FilesField(forms.FilesField):
    """Several files, each checked; its value is a tuple of Checked."""

    widget = FilesInput
