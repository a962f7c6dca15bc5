"""Rules and counts from files: what is read, and every fault told with its line and what was expected."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.choice.majority.files import parse_counts, parse_rule
from huiyin.choice.majority.presets import PRESETS, preset
from huiyin.choice.majority.rules import Base
from huiyin.choice.majority.verdict import decide
from huiyin.choice.wording import Refused

RULE = """{"code": "x", "title": "公约", "source": "y", "mark": "SRC",
 "quorum": [{"unit": "person", "share": "1/2", "base": "eligible", "strict": true}],
 "passing": {"joined": "all", "tests": [{"unit": "area", "share": 0.66, "base": "present", "strict": false}]},
 "abstention": "not_yes", "absent": "apart", "in_force_from": "2025-06-01"}"""
COUNTS = """{"units": {"person": {"eligible": 90, "present": 61, "yes": 45},
 "area": {"eligible": "9000", "present": 6100.25, "yes": "4475.5"}}, "held_on": "2026-05-01"}"""


def test_rules_and_counts_from_files() -> None:
    rule = parse_rule(
        '{"code": "x", "source": "公约第3条",'
        ' "quorum": [{"unit": "person", "share": "1/2", "base": "eligible", "strict": true}],'
        ' "passing": {"joined": "all",'
        ' "tests": [{"unit": "area", "share": "0.6", "base": "present", "strict": false}]},'
        ' "abstention": "leaves_base", "in_force_from": "2026-01-01"}'
    )
    counts, day = parse_counts(
        '{"units": {"person": {"eligible": 3, "yes": 2},'
        ' "area": {"eligible": 300.1, "present": "300.1", "yes": 180.06}},'
        ' "held_on": "2026-05-01"}'
    )
    assert counts["area"].yes == Fraction("180.06")
    assert decide(rule, counts, held_on=day).is_passed
    assert parse_rule('{"preset": "villagers"}') is preset("villagers")
    alone, _ = parse_counts('{"eligible": 60, "yes": 39, "no": 5, "abstained": 2}')
    assert alone["person"].present == 46


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"code": "x",\n "source": "y",\n "passing": [{"share": "5/3", "strict": true}]}', 3),
        ('{"code": "x",\n "source": "y",\n "passing": [{"share": "2/3"}]}', 3),
        ('{"code": "x",\n "source": "y", "passing": []}', 2),
        ('{"code": "x",\n "source" "y"}', 2),
        ('{"code": "x"}', 1),
        ("[]", 1),
        ('{"code": "x", "source": "y",\n "passing": [{"share": "2/3", "strict": true}],\n "absent": "ignored"}', 3),
    ],
)
def test_a_wrong_rule_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        parse_rule(text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"eligible": 60,\n "yes": "many"}', 2),
        ('{"units": {\n "dogs": {"eligible": 1, "yes": 1}}}', 2),
        ('{"units": {"person": {"eligible": 1,\n "ja": 1}}}', 2),
        ('{"eligible": 60}', 1),
        ('{"eligible": 60, "yes": 1,\n "held_on": "gestern"}', 2),
    ],
)
def test_wrong_counts_are_refused_with_their_line(text: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        parse_counts(text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"quorum"', '"quorom"', "line 2: quorom: expected one of these keys"),
        ('"base": "eligible"', '"base": "present"', "line 2: quorum[0].base: expected eligible"),
        ('"strict": true', '"strict": "yes"', "line 2: quorum[0].strict: expected true or false"),
        ('"unit": "area"', '"unit": []', "line 3: passing.tests[0].unit: expected a text in quotes"),
        ('"share": 0.66', '"share": -1', "line 3: passing.tests[0].share: expected a number from 0"),
        ('"share": 0.66', '"share": 1e9999999', "line 3: passing.tests[0].share: expected a number from 0"),
        ('"share": 0.66', '"share": "1/0"', "line 3: passing.tests[0].share: expected a number from 0"),
        ('"share": 0.66, ', "", 'line 3: passing.tests[0]: "share" is missing'),
        ('"mark": "SRC"', '"mark": "LAW"', "line 1: mark: expected SRC | FRAG | MEM | DEF"),
        ('"source": "y"', '"source": 7', "line 1: source: expected a text in quotes"),
        ('"source": "y"', '"source": "\\ud800"', "line 1: source: expected a readable text"),
        ('"absent": "apart"', '"code": "z"', 'line 4: "code" stands twice'),
        ('"2025-06-01"', '"2025-06-31"', "line 4: in_force_from: expected a day"),
    ],
)
def test_a_fault_in_a_rule_names_line_key_and_what_was_expected(old: str, new: str, said: str) -> None:
    assert old in RULE
    with pytest.raises(Refused) as refused:
        parse_rule(RULE.replace(old, new, 1))
    assert said in refused.value.sentence.en


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"yes": "4475.5"', '"yes": "x"', "第 2 行:units.area.yes 应为不小于 0 的数"),
        ('"yes": 45', '"yes": -45', "第 1 行:units.person.yes 应为不小于 0 的数"),
        ('"yes": 45', '"yes": 45.5', "第 1 行:units.person.yes 应为不小于 0 的整数"),
        ('"yes": 45', '"yes": null', "第 1 行:units.person.yes 应为不小于 0 的数"),
        ('"yes": 45', '"yes": NaN', "第 1 行:units.person.yes 应为不小于 0 的数"),
        ('"yes": 45', '"yes": 44, "yes": 45', "第 1 行:“yes”写了两次"),
        (', "yes": 45', "", "第 1 行:units.person 缺少“yes”"),
        ('"present": 6100.25', '"pressent": 6100.25', "第 2 行:units.area.pressent 应为下列之一:eligible、present"),
        ('"held_on"', '"heldon"', "第 2 行:heldon 应为下列之一:units、held_on"),
        ('{"eligible": 90, "present": 61, "yes": 45}', "90", "第 1 行:units.person 应为对象"),
    ],
)
def test_a_fault_in_counts_names_line_key_and_what_was_expected(old: str, new: str, said: str) -> None:
    assert old in COUNTS
    with pytest.raises(Refused) as refused:
        parse_counts(COUNTS.replace(old, new, 1))
    assert said in refused.value.sentence.zh


def test_counts_with_an_unknown_key_are_not_read_as_if_it_were_not_there() -> None:
    with pytest.raises(Refused, match="abstaned"):
        parse_counts('{"eligible": 60, "yes": 39, "abstaned": 2}')


def test_a_quorum_is_a_share_of_the_roll_also_when_the_file_does_not_say_so() -> None:
    rule = parse_rule(RULE.replace('"base": "eligible", ', ""))
    assert rule.quorum.tests[0].base is Base.ELIGIBLE


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '{"eligible": ' + "9" * 5000 + ', "yes": 1}'])
def test_monstrous_files_are_refused(text: str) -> None:
    for parse in (parse_rule, parse_counts):
        with pytest.raises(Refused):
            parse(text)


@given(st.text(alphabet='{}[]":,0123456789-/.eunitsyarlgp \n', max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    line: int | None = 1
    try:
        parse_counts(text)
    except Refused as refused:
        line = refused.line
    assert line is not None


@given(st.data())
def test_one_damaged_value_is_read_or_refused_with_its_line(data: st.DataObject) -> None:
    """Any piece of a correct rule may be lost, doubled or replaced: nothing but a Refused comes out."""
    start = data.draw(st.integers(0, len(RULE)))
    end = data.draw(st.integers(start, min(start + 12, len(RULE))))
    piece = data.draw(st.sampled_from(["", "null", "[]", "{}", "1.5", '"x"', "true", '"unit"', RULE[start:end] * 2]))
    line: int | None = 1
    try:
        parse_rule(RULE[:start] + piece + RULE[end:])
    except Refused as refused:
        line = refused.line
    assert line is not None


@pytest.mark.parametrize("code", [code for code, rule in PRESETS.items() if rule.refusal is None])
def test_a_published_verdict_can_be_decided_again(code: str) -> None:
    """The rule and the counts in the result file, put to the readers again, give the same verdict."""
    counts = """{"units": {"person": {"eligible": 61, "present": 50, "yes": 30, "no": 9, "abstained": 1},
     "household": {"eligible": 30, "present": 20, "yes": 0}, "area": {"eligible": "9000/7", "present": 1000, "yes": 7}},
     "held_on": "2025-05-01"}"""
    tallies, day = parse_counts(counts)
    published = decide(preset(code), tallies, held_on=day).as_json()
    rule = parse_rule(json.dumps(published["given"]["rule"]))
    tallies, day = parse_counts(json.dumps(published["given"]["counts"]))
    again = decide(rule, tallies, held_on=day).as_json()
    assert [again["outcome"], again["findings"]] == [published["outcome"], published["findings"]]
    assert again["given"] == published["given"]
