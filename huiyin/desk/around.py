"""What stands around the form of an act: the matter in short, suggestions for it, hints on the words of a reply."""

from typing import Any

from huiyin.appeals.models import Appeal
from huiyin.desk import dossier, hints
from huiyin.desk.forms.accepting import advice_of
from huiyin.desk.forms.acts import ActForm


def form(found: Appeal, verb: str, given: ActForm) -> dict[str, Any]:
    """Everything the template of an act shows, given the form as it stands."""
    written = str(given["text"].value() or "") if verb in hints.WRITTEN else ""
    return dossier.beside(found, verb, given) | hints.beside(found, verb, written) | {"advice": advice_of(given)}
