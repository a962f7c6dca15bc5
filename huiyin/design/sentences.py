"""How sentences are put together in the language of the page: refusals of the field, things named in a row."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError


def sentence(error: DomainError) -> str:
    """The refusal in the language of the page; words among its named places are translated too."""
    text = _(error.sentence)
    if not error.params:
        return text
    return text % {key: _(value) if isinstance(value, str) else value for key, value in error.params.items()}


def series(things: Iterable[object]) -> str:
    """Several things in a row, with the comma the language puts between them."""
    return _("、").join(str(thing) for thing in things)
