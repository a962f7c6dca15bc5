"""The rating ledger F-7 as a table: one line per rating as it was given."""

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.appeals.models import Rating
from huiyin.assessment.models import Entry
from huiyin.board.tables import Cell, Table, count
from huiyin.kernel import clock


def table_of(rows: list[Entry]) -> Table:
    """The lines of some entries."""
    entries = {value: str(label) for value, label in Rating.Entry.choices}
    body = [
        [
            Cell(f"{row.rated_at.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}"),
            Cell(row.appeal.number, url=reverse("desk:appeal", args=[row.appeal_id])),
            Cell(row.appeal.subject),
            Cell(row.unit.name if row.unit else _("当场答复")),
            count(row.round),
            Cell(str(row.get_rater_display())),
            Cell(str(row.get_grade_display())),
            Cell(entries.get(row.entry, row.entry)),
        ]
        for row in rows
    ]
    head = (_("评议时间"), _("编号"), _("事由"), _("承办单位"), _("轮次"), _("谁评的"), _("评议"), _("怎样记入"))
    definition = _("每一次评议一行，只增不改；同一轮同一人再评的，以后一次为准。未评价不入账。")
    return Table("F-7", _("群众评议台账"), head, body, _("评议时间"), definition, words=(1, 2, 3, 5, 6, 7))
