"""What is like a matter, as lists show it: beside the register screen while it is typed, and in its dossier."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from huiyin.appeals import lookups, searching
from huiyin.appeals.models import Appeal
from huiyin.appeals.searching import Alike
from huiyin.appeals.stages import Stage
from huiyin.desk import lists
from huiyin.desk.forms.register import RegisterForm
from huiyin.hotspots import queries as hotspots
from huiyin.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One matter as the list of alike ones shows it."""

    pk: int
    subject: str
    place: str
    stage: str
    number: str
    is_same_phone: bool


def of_words(actor: Actor, words: str, *, phone: str) -> list[Line]:
    """Matters like the words typed so far, as far as the actor sees them."""
    return lines(searching.alike(actor, words, phone=phone))


def of_form(actor: Actor, form: RegisterForm) -> list[Line]:
    """Matters like what stands in the form."""
    words, phone = (str(form[name].value() or "") for name in ("detail", "phone"))
    return of_words(actor, words, phone=phone)


def around(actor: Actor, found: Appeal) -> dict[str, Any]:
    """What is like a registered matter: alike ones, others of the same phone, each named once; its hotspot."""
    alike = lines(searching.alike_to(actor, found))
    named = {line.pk for line in alike}
    return {
        "appeal": found,
        "alike": alike,
        "same_phone": [other for other in lookups.of_same_phone(actor, found) if other.pk not in named],
        "hot": hotspots.of_matter(actor, found.pk),
    }


def lines(found: Iterable[Alike]) -> list[Line]:
    """The lines of matters that are alike, in their order."""
    return [
        Line(
            pk=each.appeal.pk,
            subject=each.appeal.subject,
            place=lists.place(each.appeal),
            stage=str(Stage(each.appeal.stage).label),
            number=each.appeal.number,
            is_same_phone=each.is_same_phone,
        )
        for each in found
    ]
