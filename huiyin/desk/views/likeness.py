"""Matters like the one that is being said: beside the register screen while it is typed, and once it is saved."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from huiyin.appeals import searching
from huiyin.appeals.searching import Alike
from huiyin.appeals.stages import Stage
from huiyin.desk import lists
from huiyin.desk.forms.register import RegisterForm
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import part
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


@require_POST
@staff
def similar(request: Request) -> HttpResponse:
    """Matters like the words typed so far, as far as the actor sees them."""
    words, phone = request.POST.get("detail", ""), request.POST.get("phone", "")
    return part(request, "desk/_similar.html", alike=lines(searching.alike(request.actor, words, phone=phone)))


def of_form(actor: Actor, form: RegisterForm) -> list[Line]:
    """Matters like what stands in the form."""
    words, phone = (str(form[name].value() or "") for name in ("detail", "phone"))
    return lines(searching.alike(actor, words, phone=phone))


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
