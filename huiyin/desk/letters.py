"""What a message says in words: those to staff by their template, those to petitioners with what they are told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.appeals import lookups
from huiyin.appeals.models import Remark
from huiyin.kernel import numbers
from huiyin.messaging.models import Message
from huiyin.people.actors import Actor

_TO_STAFF: Final = {
    "came_in": gettext_lazy("新诉求 %(number)s，请受理。"),
    "order": gettext_lazy("诉求 %(number)s 派给了您的单位，请签收或按退回意见重办。"),
    "rework": gettext_lazy("诉求 %(number)s 评议不满意，须您签批重办。"),
    "please_rate": gettext_lazy("您收集的诉求 %(number)s 已答复，请您评议。"),
}
_TO_PETITIONER: Final = {
    "request_info": gettext_lazy("您好，您说的事（编号 %(number)s）还缺一些内容，补齐就能办："),
    "redirect": gettext_lazy("您好，您说的事（编号 %(number)s）要到下面的地方办："),
    "refuse": gettext_lazy("您好，您说的事（编号 %(number)s）不予受理，30 日内可以提出一次异议。理由是："),
    "drop_incomplete": gettext_lazy("您好，您说的事（编号 %(number)s）补正期已满，先终止办理；备齐材料随时可以再提。"),
}
_WORDS: Final = {
    "request_info": Remark.Kind.INFO_REQUEST,
    "redirect": Remark.Kind.REDIRECTION,
    "refuse": Remark.Kind.REFUSAL,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One message as its page shows it; `words`: what a petitioner is told, or what the matter is about."""

    pk: int
    text: str
    words: str
    at: datetime
    is_new: bool
    url: str
    subject_id: int
    name: str = ""
    phone: str = ""


def to_me(actor: Actor, found: Iterable[Message]) -> list[Line]:
    """Messages to staff, each with what its matter is about and the link to its dossier."""
    rows = list(found)
    about = {matter.pk: matter.subject for matter in lookups.some(actor, (row.subject_id for row in rows))}
    return [_line(row, _TO_STAFF, about.get(row.subject_id, "")) for row in rows]


def to_petitioners(found: Iterable[Message]) -> list[Line]:
    """Who is to be told, and what: the sentence and the words that were written for them."""
    rows = list(found)
    said = lookups.public_words(row.subject_id for row in rows)
    return [_line(row, _TO_PETITIONER, said.get((row.subject_id, _WORDS.get(row.template, "")), "")) for row in rows]


def _line(row: Message, sentences: Mapping[str, object], words: str = "") -> Line:
    number = numbers.grouped(str(row.facts.get("number", "")))
    sentence = str(sentences.get(row.template, _("关于诉求 %(number)s 的消息。")))
    return Line(
        pk=row.pk,
        text=sentence % {"number": number},
        words=words,
        at=row.created_at,
        is_new=row.state == Message.State.DELIVERED,
        url=reverse("desk:appeal", args=[row.subject_id]) if row.subject_kind == "appeal" else "",
        subject_id=row.subject_id,
        name=row.to_contact.masked_name if row.to_contact is not None else "",
        phone=row.to_contact.masked_phone if row.to_contact is not None else "",
    )
