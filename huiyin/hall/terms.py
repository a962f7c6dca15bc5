"""The terms as residents read them: by when what happens and on what ground, and what is done with their data."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import Mark, TimeLimit
from huiyin.people import queries as people
from huiyin.people.models import Studio

TOLD: Final = ("L02", "L03", "L05", "L10c", "L13", "L17", "L06")
RIGHTS_WORKDAYS: Final = 15


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit: which step, how long, on what ground; a default of the platform is never called law."""

    name: str
    amount: str
    ground: str


_RULE_CODE: Final = re.compile(r"R-[A-Z0-9]+-\d+(?:/\d+)*\s*")


def plain_source(source: str) -> str:
    """The source of a rule without the codes under which our own collection keeps it."""
    return _RULE_CODE.sub("", source).strip("； ")


def _is_english() -> bool:
    return (get_language() or "zh").startswith("en")


def limits(day: date) -> list[LimitLine]:
    """The limits a resident meets, as they hold on a date."""
    rows = [row for row in catalogue.limits_on(day) if row.code in TOLD and row.track == catalogue.DEFAULT_TRACK]
    return [_line(row) for row in sorted(rows, key=lambda row: TOLD.index(row.code)) if not row.urgency]


def _line(limit: TimeLimit) -> LimitLine:
    amount = f"{limit.amount} {limit.get_unit_display()}"
    ground = _("本平台默认，不是法律规定") if limit.mark == Mark.DEF else plain_source(limit.source)
    return LimitLine(limit.name_en if _is_english() else limit.name, amount, ground)


def privacy(day: date, studio: Studio | None) -> list[str]:
    """The notice on personal data, line by line without its title (个人信息保护法 17, 35)."""
    letter = catalogue.letter("privacy_notice", day)
    department = people.units(day, kinds=("work_department",)).first()
    text = (letter.body_en if _is_english() else letter.body) % {
        "processor": department.name if department else _("本区群众工作部门"),
        "processor_phone": department.phone if department else "—",
        "retention": _("办结归档后，按本区档案保管期限保存，到期销毁"),
        "rights_days": RIGHTS_WORKDAYS,
        "studio": studio.name if studio else _("社区工作室"),
    }
    return text.splitlines()[1:]
