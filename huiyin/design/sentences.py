"""How a refusal of the field is written for the reader of a page."""

from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError


def sentence(error: DomainError) -> str:
    """The refusal in the language of the page; words among its named places are translated too."""
    text = _(error.sentence)
    if not error.params:
        return text
    return text % {key: _(value) if isinstance(value, str) else value for key, value in error.params.items()}
