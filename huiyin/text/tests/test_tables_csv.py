"""Tables in and out: what is kept, what is refused and where."""

import gzip
from pathlib import Path

import pytest

from huiyin.text import tables


def test_a_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    rows = [{"id": "1", "detail": '逗号,引号"和\n换行'}, {"id": "2", "detail": ""}]
    for name in ("a.csv", "a.csv.gz"):
        tables.write(tmp_path / name, ["id", "detail"], rows)
        read = tables.read(tmp_path / name, required=("detail",))
        assert read.columns == ("id", "detail")
        assert read.rows == rows


def test_the_same_rows_give_the_same_compressed_bytes(tmp_path: Path) -> None:
    for name in ("a.csv.gz", "b.csv.gz"):
        tables.write(tmp_path / name, ["id"], [{"id": "1"}])
    assert gzip.decompress((tmp_path / "a.csv.gz").read_bytes()) == gzip.decompress(
        (tmp_path / "b.csv.gz").read_bytes()
    )


def test_a_byte_order_mark_and_short_rows_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfid,detail\r\n1\r\n\r\n")
    assert tables.read(tmp_path / "a.csv").rows == [{"id": "1", "detail": ""}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "line 1: no header row"),
        (b"id,id\n1,2\n", "'id' stands there twice"),
        (b"id,text\n1,2\n", "no column detail; there are id, text"),
        (b"id,detail\n1,2\n1,2,3\n", "line 3: 3 cells under 2 columns"),
        (b"id,detail\n1,\xff\n", "not UTF-8"),
        (b'id,detail\n1,"open\n', "line 2: unexpected end of data"),
    ],
)
def test_a_wrong_table_is_refused_with_file_and_line(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(tables.TableError, match=sentence):
        tables.read(tmp_path / "a.csv", required=("detail",))


def test_half_a_compressed_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id,detail\n1,2\n" * 99)[:-9])
    with pytest.raises(tables.TableError, match="not a whole gzip file"):
        tables.read(tmp_path / "a.csv.gz")


def test_new_columns_follow_the_old_ones() -> None:
    assert tables.with_columns(tables.Table(("id", "p"), []), ["label", "p"]) == ("id", "p", "label")
