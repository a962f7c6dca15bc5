"""One act on several appeals chosen in a list: each is done or refused by itself, and the page tells which."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from huiyin.appeals import lookups
from huiyin.appeals.models import Appeal
from huiyin.appeals.workflow import triage
from huiyin.design.sentences import sentence
from huiyin.kernel.errors import N_, DomainError, NotFound, RuleBroken
from huiyin.people.actors import Actor

MOST: Final = 25


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one of the chosen appeals: done, or why not."""

    appeal: Appeal
    refusal: str = ""


def chosen(actor: Actor, pks: Iterable[str]) -> list[Appeal]:
    """The chosen appeals the actor sees, in the order they were registered. Raises RuleBroken, NotFound for none."""
    wanted = [int(pk) for pk in pks if pk.isdigit()][:MOST]
    if not wanted:
        raise RuleBroken("nothing_chosen", N_("还没有选中诉求。请在清单里勾选，再点要做的事。"))
    found = lookups.some(actor, wanted)
    if not found:
        raise NotFound("unknown_appeal", N_("没有找到这件诉求，或不在您的职责范围内。"))
    return found


def _note(actor: Actor, found: Appeal, words: Mapping[str, Any]) -> None:
    triage.note(actor, found.pk, text=words["text"])


def _dispatch(actor: Actor, found: Appeal, words: Mapping[str, Any]) -> None:
    triage.dispatch(actor, found.pk, unit_id=int(words["unit_id"]), reason=words["text"], seen_version=found.version)


VERBS: Final[Mapping[str, Callable[[Actor, Appeal, Mapping[str, Any]], None]]] = {"note": _note, "dispatch": _dispatch}


def run(actor: Actor, appeals: Iterable[Appeal], verb: str, words: Mapping[str, Any]) -> list[Done]:
    """Do one verb with each appeal; a refusal of one leaves the others as they are."""
    return [_one(actor, found, verb, words) for found in appeals]


def _one(actor: Actor, found: Appeal, verb: str, words: Mapping[str, Any]) -> Done:
    try:
        VERBS[verb](actor, found, words)
    except DomainError as error:
        return Done(found, sentence(error))
    return Done(found)
