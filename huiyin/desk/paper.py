"""What is printed for one appeal: the receipt with its code, and the 《社情民意登记表》."""

import io
from collections.abc import Mapping
from typing import Any, Final

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.appeals import belongings, queries
from huiyin.appeals.models import Appeal
from huiyin.catalogue.models import AppealType, Urgency
from huiyin.design.templatetags.parts import day, when
from huiyin.desk import dossier, dues
from huiyin.people.workflow import Reachable

SIGNED: Final = (gettext_lazy("诉求人"), gettext_lazy("收集人"), gettext_lazy("登记人"))
Line = list[tuple[str, str]]
_BY_HAND: Final = "\n\n\n"  # room to write


def qr(address: str) -> SafeString:
    """An address as a QR picture inside the page."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, scale=4, border=2, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308  # drawn by us from an address of ours


def receipt(found: Appeal, *, follow: str, address: str) -> Mapping[str, Any]:
    """What a receipt says: number, code, and by when with the count."""
    due = queries.due_explained(found)
    return {
        "number": found.number,
        "code": queries.query_code(found),
        "received_at": found.registered_at,
        "due_on": found.answer_due_on,
        "counted": dues.counted(due, first=day(dues.first_day(due))),
        "qr": qr(follow),
        "address": address,
    }


def sheet(found: Appeal, *, reachable: Reachable | None = None) -> Mapping[str, Any]:
    """The lines of the 《社情民意登记表》; names and numbers in clear only after a journalled reading."""
    name, phone, address = _reach(found, reachable)
    return {
        "title": _("社情民意登记表"),
        "number": found.number,
        "lines": [
            [(_("姓名"), name), (_("联系电话"), phone)],
            [(_("住址"), address)],
            [(_("诉求类型"), _label(AppealType, found.appeal_type)), (_("急不急"), _label(Urgency, found.urgency))],
            [(_("受理渠道"), str(found.channel)), (_("登记时间"), when(found.registered_at))],
            [(_("地点"), _place(found))],
            [(_("反映内容"), found.detail)],
            [(_("事项分类"), str(found.category or "")), (_("收集人"), str(found.collector or _("无")))],
            [(_("登记人"), str(found.first_receiver or "")), (_("工作室"), str(found.studio or ""))],
            [(_("办理意见"), _opinion(found) or _BY_HAND)],
            [(_("办理结果"), belongings.answer_given(found) or _BY_HAND)],
        ],
        "signed": SIGNED,
    }


def _place(found: Appeal) -> str:
    """The place by its full name, then as it was said when that says more."""
    name, said = found.area.full_name, found.place_text
    return name if said in name else f"{name} {said}"


def _opinion(found: Appeal) -> str:
    """To which unit the matter went, and why."""
    return "\n".join(f"{order.unit.name}：{order.reason}" for order in belongings.orders(found))


def _reach(found: Appeal, reachable: Reachable | None) -> tuple[str, str, str]:
    if reachable is not None:
        return reachable.name, reachable.phone, reachable.address
    phone = found.contact.masked_phone if found.contact is not None else ""
    return dossier.asker(found), phone, ""


def _label(choices: type[AppealType | Urgency], value: str) -> str:
    return str(choices(value).label) if value else ""
