"""A table as it is shown, printed and downloaded: one value for all three, so that they cannot differ."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.design import dates
from huiyin.figures.rules import Period
from huiyin.kernel import clock

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, its plain number for a spreadsheet, where its rows are, the length of its bar."""

    text: str
    number: float | None = None
    url: str = ""
    bar: str = ""

    @property
    def value(self) -> str | float:
        """What a spreadsheet gets."""
        return self.text if self.number is None else self.number


def count(value: int, *, url: str = "") -> Cell:
    """A cell with a count, linked to its rows when there are any."""
    return Cell(str(value), value, url if value else "")


def days(value: float | None) -> Cell:
    """A cell with a mean number of days."""
    return Cell("—") if value is None else Cell(f"{value:.1f}", round(value, 2))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the field with its number, its base and what its columns mean; the first column names the row.

    `words` are the columns of text, read from the left; all others are numbers.
    """

    code: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    base: str
    definition: str
    foot: Sequence[Cell] = ()
    note: str = ""
    words: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """What is told under every table: of where, of when, computed when."""

    place: str
    period: Period | None
    at: datetime

    @property
    def period_words(self) -> str:
        """The period by its first and last day, or its only one, or that there is none."""
        if self.period is None:
            return _("全部时间")
        days = dict.fromkeys((self.period.first, self.period.last))
        return " — ".join(f"{day:%Y-%m-%d}" for day in days)

    @property
    def at_words(self) -> str:
        """When it was computed."""
        return dates.moment_words(self.at, this_year=0)

    def lines(self, table: Table) -> list[str]:
        """The caption of one table in a file."""
        words = {"base": table.base, "period": self.period_words, "at": self.at_words, "place": self.place}
        told = [_("%(place)s，口径：%(base)s，期间：%(period)s，计算于 %(at)s") % words, table.definition, table.note]
        return [line for line in told if line]


def with_bars(rows: Iterable[Sequence[Cell]], *, column: int) -> list[list[Cell]]:
    """The rows with a bar in one column, as long as its number is of the largest."""
    held = [list(row) for row in rows]
    top = max((row[column].number or 0 for row in held), default=0) or 1
    for row in held:
        cell = row[column]
        row[column] = Cell(cell.text, cell.number, cell.url, f"{100 * (cell.number or 0) / top:.1f}")
    return held


def as_csv(table: Table, caption: Caption, *, name: str) -> HttpResponse:
    """One table as CSV that a spreadsheet opens in Chinese; nothing in it can become a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(table.title)])
    writer.writerow([_harmless(text) for text in table.head])
    for row in _all_rows(table):
        writer.writerow([_harmless(cell.value) for cell in row])
    writer.writerows([_harmless(line)] for line in caption.lines(table))
    return _download(out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{name}-{table.code}.csv")


def _harmless(value: str | float) -> str | float:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _all_rows(table: Table) -> list[Sequence[Cell]]:
    return [*table.rows, table.foot] if table.foot else list(table.rows)


def as_xlsx(tables: Iterable[Table], caption: Caption, *, name: str) -> HttpResponse:
    """Tables as sheets of one workbook, numbers as numbers, everything else as text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for table in tables:
        sheet = book.add_worksheet(table.code[:31])
        sheet.write_string(0, 0, table.title, bold)
        for column, text in enumerate(table.head):
            sheet.write_string(1, column, text, bold)
        for line, row in enumerate(_all_rows(table), start=2):
            for column, cell in enumerate(row):
                sheet.write(line, column, cell.value)
        for line, text in enumerate(caption.lines(table), start=len(_all_rows(table)) + 3):
            sheet.write_string(line, 0, text)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, max(1, len(table.head) - 1), 13)
        sheet.freeze_panes(2, 1)
    book.close()
    return _download(out.getvalue(), _XLSX, f"{name}.xlsx")


def _download(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "private, no-store"
    return response


def asked_file(tables: Sequence[Table], caption: Caption, *, form: str, code: str, name: str) -> HttpResponse | None:
    """The download that is asked for: the workbook, or one table as CSV; None when a page is."""
    if form == "xlsx":
        return as_xlsx(tables, caption, name=name)
    chosen = next((table for table in tables if table.code == code), None)
    return as_csv(chosen, caption, name=name) if form == "csv" and chosen else None


def caption_of(place: str, period: Period | None) -> Caption:
    """The caption of what is computed now."""
    return Caption(place, period, clock.now())
