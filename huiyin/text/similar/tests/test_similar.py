"""Near-duplicates are found among appeals of our own, however place, number, order or words were changed."""

import argparse
import csv
import importlib
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.text.similar import bands, commands, index, reading, scoring, weights
from huiyin.text.similar.scoring import Kind
from huiyin.text.similar.tests import appeals


def _corpus() -> tuple[list[str], set[tuple[int, int]]]:
    """All appeals, then for each five changed copies, one of them with every change; the true pairs."""
    chance = random.Random(3)
    texts, origin = list(appeals.APPEALS), list(range(len(appeals.APPEALS)))
    for at, text in enumerate(appeals.APPEALS):
        texts += [change(chance, text) for change in appeals.CHANGES]
        everything = text
        for change in appeals.CHANGES:
            everything = change(chance, everything)
        texts.append(everything)
        origin += [at] * 5
    pairs = {(i, j) for j in range(len(texts)) for i in range(j) if origin[i] == origin[j]}
    return texts, pairs


def test_changed_copies_are_found_and_nothing_else() -> None:
    texts, wanted = _corpus()
    made = index.Index()
    found = set()
    for at, text in enumerate(texts):
        found |= {(int(match.other), at) for match in made.matches(text, most=50)}
        made.add(str(at), text)
    originals = {(i, j) for i, j in wanted if i < len(appeals.APPEALS)}
    assert len(originals & found) >= 0.98 * len(originals)
    assert len(wanted & found) >= 0.97 * len(found)


def test_kind_tells_repeat_from_similar() -> None:
    text = "海棠里7号楼电梯夹人，维保单位来调过一次"
    assert scoring.score(text, text).kind is Kind.REPEAT
    assert scoring.score(text, "海棠里7号楼升降机夹人，维保单位来调过一次").kind is Kind.REPEAT
    elsewhere = scoring.score(text, "海棠里12号楼电梯夹人，维保单位来调过一次")
    assert elsewhere.kind is Kind.SIMILAR
    assert "other_place" in elsewhere.reasons
    assert scoring.score(text, text, same_person=False).kind is Kind.SIMILAR


def test_written_and_full_width_numbers_are_one() -> None:
    assert scoring.score("三号楼二单元漏水没人管", "３号楼2单元漏水没人管").score == 1.0


def test_bands_are_the_same_everywhere() -> None:
    expected = bands.signature("海棠里7号楼电梯夹人")
    assert len(expected) == bands.BANDS
    assert expected == bands.signature("海棠里７号楼電梯夹人！")
    assert all(-(2**31) <= band < 2**31 for band in expected)
    assert bands.signature("") == bands.signature("？！🙂") == []


def test_what_many_say_tells_less_than_what_few_say() -> None:
    many = [reading.read(f"小区路灯不亮，{text}").grams for text in appeals.APPEALS]
    fitted, one = weights.fitted(many), "小区路灯不亮，栈道木板烂了"
    for other, is_more in (("小区路灯不亮，垃圾桶满了", False), ("栈道木板烂了，没人管", True)):
        told, even = scoring.score(one, other, weights=fitted).score, scoring.score(one, other).score
        assert (told > even) is is_more
    assert weights.fitted([]) is weights.EVEN


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_score_is_symmetric_and_bounded(first: str, second: str) -> None:
    there, back = scoring.score(first, second), scoring.score(second, first)
    assert there == back
    assert 0.0 <= there.score <= 1.0
    assert bands.signature(first) == bands.signature(first)


def test_long_and_empty_texts() -> None:
    assert scoring.score("", "电梯坏了").score == 0.0
    assert scoring.score("电梯坏了，" * 5000, "电梯坏了，" * 4000).score == 1.0


def test_a_key_is_taken_once() -> None:
    made = index.Index()
    made.add("1", "电梯坏了")
    with pytest.raises(ValueError, match="in the index"):
        made.add("1", "路灯坏了")


def test_command_writes_pairs(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "user", "subject", "detail"])
        for at, text in enumerate([*appeals.APPEALS, appeals.APPEALS[3], appeals.APPEALS[4]]):
            writer.writerow([f"a{at}", "u4" if text == appeals.APPEALS[4] else f"u{at}", *text.split("|")])
    parser = argparse.ArgumentParser()
    commands.add_to(parser.add_subparsers())
    arguments = parser.parse_args(["similar", str(source), "--out", str(out)])
    module, function = arguments.run.split(":")
    assert getattr(importlib.import_module(module), function)(arguments) == 0
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["id"], row["other_id"], row["kind"]) for row in rows] == [
        ("a48", "a3", "similar"),
        ("a49", "a4", "repeat"),
    ]
    assert all(float(row["score"]) == 1.0 for row in rows)
