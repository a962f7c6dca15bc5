"""Hints on a reply for those who write or review it: what may be missing; they never stop anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy

from huiyin.appeals import belongings
from huiyin.appeals.models import Appeal
from huiyin.text import replies
from huiyin.text.replies import HintKind

REVIEWED: Final = ("pass_reply", "fail_reply")
WRITTEN: Final = ("submit_reply", "answer_now")
_NAMES: Final = {
    HintKind.ASK_UNANSWERED: gettext_lazy("可能漏答"),
    HintKind.NO_BASIS: gettext_lazy("依据"),
    HintKind.NO_DATE: gettext_lazy("日期"),
    HintKind.NO_NEXT_STEP: gettext_lazy("下一步"),
    HintKind.TOO_SHORT: gettext_lazy("太短"),
}
_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One hint as it is shown: what it is about and the whole sentence."""

    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What was looked at and what may be missing in it; without lines nothing was found missing."""

    reply: str
    lines: Sequence[Line]


def on(found: Appeal, reply: str) -> Hints:
    """The hints on words that answer an appeal, in the language of the page."""
    is_english = (get_language() or "").startswith("en")
    given = replies.check_reply(found.subject, found.detail, reply)
    lines = [Line(str(_NAMES[hint.kind]), hint.en if is_english else hint.zh) for hint in given]
    return Hints(reply, lines[:_SHOWN])


def beside(found: Appeal, verb: str, given: str = "") -> dict[str, Any]:
    """What the page of a verb shows of hints: on the reply to be reviewed, or on what is being written."""
    if verb in REVIEWED:
        told = list(belongings.replies(found))
        return {"review": on(found, told[-1].text)} if told else {}
    if verb in WRITTEN:
        return {"may_look": True} | ({"hints": on(found, given)} if given.strip() else {})
    return {}
