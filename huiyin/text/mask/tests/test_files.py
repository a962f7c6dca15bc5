"""The mask command reads and writes CSV files, keeps unknown columns and uses the parties of each row."""

import argparse
import csv
import gzip
import importlib
from pathlib import Path

import pytest

from huiyin.text.mask import commands


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    commands.add_to(parser.add_subparsers())
    arguments = parser.parse_args(["mask", *words])
    module, function = arguments.run.split(":")
    code: int = getattr(importlib.import_module(module), function)(arguments)
    return code


def test_columns_are_kept_and_parties_belong_to_their_row(tmp_path: Path) -> None:
    source, known, out = tmp_path / "in.csv", tmp_path / "known.csv", tmp_path / "out.csv.gz"
    source.write_text("id,area,detail\n1,桥东,阿依古丽说漏水13800138000\n2,桥西,阿依古丽说漏水\n", encoding="utf-8")
    known.write_text("id,name\n1,阿依古丽\n", encoding="utf-8")
    assert _run(str(source), "--known", str(known), "--out", str(out)) == 0
    with gzip.open(out, "rt", encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert first["area"] == "桥东"
    assert first["detail"] == "某某说漏水＊＊＊"
    assert first["masks"] == "detail:name_known@0-2=known_party detail:phone@5-8=mobile_number"
    assert second["detail"] == "阿依古丽说漏水"


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id,text\n1,好\n", encoding="utf-8")
    with pytest.raises(OSError, match="no column detail"):
        _run(str(source), "--out", str(tmp_path / "out.csv"))
