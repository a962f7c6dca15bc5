"""Tables as offices keep them: CSV with and without BOM, packed, Excel; what cannot be read is told by line."""

import gzip
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from huiyin.kernel.clock import LOCAL
from huiyin.kernel.errors import RuleBroken
from huiyin.transfer import tables

TEXT = '诉求内容,留言时间,诉求人\n路灯不亮,2026/3/2 9:05,王秀兰\n\n,,\n"井盖松动\n走路要当心",2026-03-03,李强\n'


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("old.csv", TEXT.encode()),
        ("bom.csv", TEXT.encode("utf-8-sig")),
        ("windows.csv", TEXT.replace("\n", "\r\n").encode()),
        ("old.csv.gz", gzip.compress(TEXT.encode(), mtime=0)),
        ("bom.csv.gz", gzip.compress(TEXT.encode("utf-8-sig"), mtime=0)),
    ],
)
def test_csv_is_read_with_its_line_numbers_and_blank_rows_fall_out(tmp_path: Path, name: str, data: bytes) -> None:
    found = list(tables.rows(written(tmp_path / name, data), {}))
    assert [row.get("name") for row in found] == ["王秀兰", "李强"]
    assert [row.line for row in found] == [2, 6], "the line on which a row ends, as a text editor counts"
    assert found[1].get("detail").split() == ["井盖松动", "走路要当心"]
    assert found[0].get("phone") == ""


def test_excel_is_read_with_its_dates_and_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["诉求内容", "登记时间", "电话"])
    sheet.append(["路灯不亮", datetime(2026, 3, 2, 9, 5), 19900001001])  # noqa: DTZ001  Excel knows no zone
    sheet.append([None, None, None])
    sheet.append(["井盖松动", "2026-03-03", None])
    book.save(tmp_path / "old.xlsx")
    found = list(tables.rows(tmp_path / "old.xlsx", {}))
    assert [(row.line, row.get("detail"), row.get("phone")) for row in found] == [
        (2, "路灯不亮", "19900001001"),
        (4, "井盖松动", ""),
    ]
    assert tables.instant(found[0].get("time")) == datetime(2026, 3, 2, 9, 5, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("name", "data", "code", "told"),
    [
        ("gbk.csv", TEXT.encode("gb18030"), "unreadable", "UTF-8"),
        ("late.csv", b"detail\n" + b"x" * 70_000 + b"\n" + "灯".encode("gb18030"), "unreadable", "UTF-8"),
        ("no.csv.gz", b"not packed", "unreadable", "第 1 行"),
        ("half.csv.gz", gzip.compress(TEXT.encode() * 500, mtime=0)[:60], "unreadable", "读不出来"),
        ("no.xlsx", b"not a book", "unreadable_book", "no.xlsx"),
        ("empty.csv", b"", "column_missing", "detail"),
        ("other.csv", "甲,乙\n1,2\n".encode(), "column_missing", "甲、乙"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    tmp_path: Path, name: str, data: bytes, code: str, told: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        list(tables.rows(written(tmp_path / name, data), {}))
    assert refused.value.code == code and told in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match=r"none\.csv"):
        list(tables.rows(tmp_path / "none.csv", {}))


def test_a_mapping_names_the_column_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", "说了什么,内容,Who\n路灯不亮,别的,王\n".encode())
    row = next(tables.rows(path, {"detail": "说了什么", "name": "WHO"}))
    assert (row.get("detail"), row.get("name")) == ("路灯不亮", "王")
    with pytest.raises(RuleBroken, match="没有「事由」"):
        list(tables.rows(path, {"detail": "事由"}))


def test_a_mapping_to_a_name_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", TEXT.encode())
    with pytest.raises(RuleBroken, match="dateil"):
        list(tables.rows(path, {"dateil": "诉求内容"}))


def test_a_short_row_has_empty_values(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", "detail,name\n路灯不亮\n".encode())
    assert next(tables.rows(path, {})).get("name") == ""


@pytest.mark.parametrize("text", ["2026-13-01", "昨天", "", "2026-02-30 10:00", "1/3/2026"])
def test_a_time_that_cannot_be_read_is_none(text: str) -> None:
    assert tables.instant(text) is None
