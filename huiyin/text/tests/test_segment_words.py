"""One spelling for many ways of writing; words, terms and sentences of appeals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.text import segment


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＡＢＣ１２３，路燈不亮", "abc123,路灯不亮"),
        ("噪聲擾民　請　處理", "噪声扰民请处理"),
        ("小区 停车 难", "小区停车难"),
        ("open the door", "open the door"),
        ("停\u200b车\ufe0f难", "停车难"),
        ("", ""),
        (" \n\t ", ""),
        ("😀路灯😀", "😀路灯😀"),
    ],
)
def test_many_ways_of_writing_read_alike(written: str, read: str) -> None:
    assert segment.folded(written) == read


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    once = segment.folded(segment.folded(text))
    assert segment.folded(once) == once


def test_words_hold_long_words_and_their_parts_without_signs() -> None:
    found = segment.words("退休教师的養老金，何时发放？")
    assert {"退休", "教师", "养老", "养老金", "发放"} <= set(found)
    assert not {"，", "？", ",", "?"} & set(found)


def test_any_two_characters_of_a_text_can_be_searched() -> None:
    assert "灯不" in segment.search_terms("路灯不亮")
    assert segment.search_terms("") == []


def test_sentences_are_kept_as_written() -> None:
    assert segment.sentences("路灯坏了。 何时修？\n急！") == ["路灯坏了。", "何时修？", "急！"]


def test_a_letter_of_twenty_thousand_characters_is_read() -> None:
    assert segment.words("楼上漏水" * 5000).count("漏水") == 5000


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ａ座①号㎡", "a座1号m2"),
        ("Ａ\u0301", "á"),
        ("ﬁ燈…", "fi灯..."),
        ("門　窗 ab c", "门窗ab c"),
        ("\uf900", "\u8c48"),
    ],
)
def test_rare_signs_are_folded_as_unicode_says(written: str, folded: str) -> None:
    assert segment.folded(written) == folded
