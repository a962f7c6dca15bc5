"""Tables of appeals: CSV, CSV.GZ or XLSX, read row by row with line numbers; columns found by name or mapping."""

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from huiyin.design.sentences import series
from huiyin.kernel.clock import LOCAL
from huiyin.kernel.errors import N_, RuleBroken

KNOWN_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "编号", "留言编号", "工单编号", "诉求编号"),
    "detail": ("detail", "内容", "诉求内容", "留言详情", "反映内容", "诉求描述"),
    "subject": ("subject", "标题", "主题", "留言主题", "诉求标题"),
    "time": ("time", "时间", "登记时间", "留言时间", "反映时间", "受理时间"),
    "place": ("place", "地点", "地址", "事发地点", "诉求地址"),
    "area": ("area", "区划代码", "社区代码", "网格编码"),
    "name": ("name", "user", "姓名", "诉求人", "联系人", "留言用户"),
    "phone": ("phone", "电话", "联系电话", "手机号"),
    "type": ("type", "类型", "诉求类型"),
    "channel": ("channel", "渠道", "受理渠道", "来源"),
    "reply": ("reply", "答复", "答复意见", "办理结果"),
    "reply_time": ("reply_time", "答复时间", "办结时间"),
}
REQUIRED: Final = ("detail",)
_TIME_FORMS: Final = (
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d",
    "%Y-%m-%d",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its line in the file and its values by our column names."""

    line: int
    values: Mapping[str, str]

    def get(self, column: str) -> str:
        """The value of a column without surrounding blanks, empty when there is none."""
        return self.values.get(column, "").strip()


def rows(path: Path, mapping: Mapping[str, str]) -> Iterator[Row]:
    """The rows of a file; `mapping` names the file's column for ours. Raises RuleBroken for an unreadable file."""
    if not path.is_file():
        raise RuleBroken("no_such_file", N_("没有找到文件 %(file)s。"), file=str(path))
    lines = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    header = next(lines, (1, []))[1]
    columns = _columns(header, mapping)
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            yield Row(number, {name: cells[n] for name, n in columns.items() if n < len(cells)})


def _columns(header: list[str], mapping: Mapping[str, str]) -> dict[str, int]:
    names = {name.strip().lower().lstrip("\ufeff"): n for n, name in enumerate(header)}
    _check_mapping(mapping)
    found: dict[str, int] = {}
    for ours, known in KNOWN_COLUMNS.items():
        wanted = (mapping[ours].lower(),) if ours in mapping else known
        place = next((names[name] for name in wanted if name in names), None)
        if place is not None:
            found[ours] = place
        elif ours in mapping:
            raise RuleBroken(
                "no_such_column",
                N_("文件里没有「%(column)s」这一列。现有：%(columns)s。"),
                column=mapping[ours],
                columns=series(header),
            )
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        raise RuleBroken(
            "column_missing",
            N_("找不到「%(column)s」列，请用 --map %(column)s=列名 指明。现有：%(columns)s。"),
            column=missing[0],
            columns=series(header),
        )
    return found


def _check_mapping(mapping: Mapping[str, str]) -> None:
    unknown = [name for name in mapping if name not in KNOWN_COLUMNS]
    if unknown:
        raise RuleBroken(
            "no_such_name",
            N_("--map 左边没有「%(column)s」这个名称。可用：%(columns)s。"),
            column=unknown[0],
            columns=series(KNOWN_COLUMNS),
        )


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    with _opened(path) as file:
        reader = csv.reader(file)
        try:
            for cells in reader:
                yield reader.line_num, cells
        except (UnicodeDecodeError, csv.Error, EOFError, gzip.BadGzipFile) as error:
            raise RuleBroken(
                "unreadable",
                N_("文件第 %(line)s 行附近读不出来。请另存为 UTF-8 编码的 CSV 再导入。"),
                line=reader.line_num + 1,
            ) from error


def _opened(path: Path) -> IO[str]:
    if path.suffix.lower() == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise RuleBroken(
            "unreadable_book", N_("%(file)s 不是能打开的 Excel 文件（.xlsx）。"), file=path.name
        ) from error
    sheet = book.worksheets[0]
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield number, [_cell(cell) for cell in cells]


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)


def instant(text: str) -> datetime | None:
    """A local time as tables write it, aware; None when it cannot be read."""
    for form in _TIME_FORMS:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=LOCAL)
        except ValueError:
            continue
    return None
