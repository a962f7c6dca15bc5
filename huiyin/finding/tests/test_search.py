"""What is searched: every true substring is found, newest first, only once kept, only as far as asked."""

import unicodedata
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.access import policy
from huiyin.finding import keys, phrases, queries, reach, workflow
from huiyin.finding.models import Wording
from huiyin.finding.sources import Said
from huiyin.text import segment

pytestmark = pytest.mark.django_db

_SIGNS = "电梯夹人路灯不亮電燈號楼3号ＡＢabZ９09%_\\😀🚲，。 、！(（)"
_TEXT = st.text(_SIGNS, min_size=1, max_size=30)


def keep(subject_id: int, *parts: str, area_path: str = "990101/001/003/", **who: Any) -> None:
    workflow.keep("appeal", Said(subject_id, parts, area_path, **who))


def found(typed: str, **asked: object) -> list[int]:
    scope = asked.pop("scope", policy.EVERYTHING)
    return queries.newest("appeal", queries.words_of(typed), scope=scope, **asked).ids  # type: ignore[arg-type]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_TEXT, min_size=1, max_size=8), data=st.data())
def test_every_true_substring_is_found(texts: list[str], data: st.DataObject) -> None:
    Wording.objects.all().delete()
    for at, text in enumerate(texts, start=1):
        keep(at, text, "另一段")
    source = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(source) - 1))
    asked = source[start : start + data.draw(st.integers(1, 6))].replace('"', "")
    words = queries.words_of(f'"{asked}"')
    if not words:
        return
    truth = [at for at, text in enumerate(texts, start=1) if words[0] in segment.folded(text) or words[0] in "另一段"]
    assert found(f'"{asked}"') == truth[::-1]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("电梯", [3, 1]),
        ("電梯", [3, 1]),
        ("电梯 夹人", [1]),
        ("“夹人 又”", []),
        ("“电梯夹人”", [1]),
        ("３７号楼", [1]),
        ("37", [1]),
        ("wifi", [2]),
        ("ＷＩＦＩ", [2]),
        ("梯", [3, 1]),
        ("100%", [2]),
        ("0_", []),
        ("棠里", [1]),
        ("坏了 海棠", []),
        ("  ", []),
        ("“”", []),
        ("停了上下", []),
    ],
)
def test_words_phrases_numbers_and_latin(typed: str, expected: list[int]) -> None:
    keep(1, "海棠里37号楼电梯夹人", "昨天又夹人了。")
    keep(2, "社区 WiFi 坏了", "用了100%的力气也连不上")
    keep(3, "电梯停了", "上下不便")
    assert found(typed) == expected


def test_newest_first_segment_by_segment_and_no_more_than_asked() -> None:
    ids = [5, 16_383, 16_384, 40_000, 40_001, 900_000]
    for subject_id in ids:
        keep(subject_id, "路灯不亮")
    assert found("路灯") == ids[::-1]
    few = queries.newest("appeal", ["路灯"], scope=policy.EVERYTHING, enough=2)
    assert (few.ids, few.is_all) == ([900_000, 40_001], False)
    assert found("路灯", before=40_001) == [40_000, 16_384, 16_383, 5]
    assert queries.newest("appeal", ["路灯"], scope=policy.EVERYTHING, enough=7).is_all


def test_a_single_sign_is_looked_for_among_the_newest_and_that_is_said() -> None:
    keep(5, "灯")
    keep(300_000, "灯不亮")
    few = queries.newest("appeal", ["灯"], scope=policy.EVERYTHING)
    assert (few.ids, few.is_all) == ([300_000], False)
    within = queries.newest("appeal", ["灯"], scope=policy.below("990101/001/003/"))
    assert (within.ids, within.is_all) == ([300_000, 5], True)


def test_the_scope_narrows_to_area_unit_and_collector() -> None:
    keep(1, "路灯不亮", area_path="990101/001/003/", lead_unit_id=7)
    keep(2, "路灯不亮", area_path="990101/001/004/", collector_id=9)
    keep(3, "路灯不亮", area_path="990101/002/001/", lead_unit_id=8, collector_id=9)
    below = policy.below
    assert found("路灯", scope=below("990101/001/")) == [2, 1]
    assert found("路灯", scope=below("990101/001/004/")) == [2]
    assert found("路灯", scope=below("990101/")) == [3, 2, 1]
    assert found("路灯", scope=policy.NOTHING) == []
    assert found("路灯", scope=policy.NOTHING | Q(lead_unit_id=7)) == [1]
    assert found("路灯", scope=policy.NOTHING | Q(collector_id=9) | below("990101/001/003/")) == [3, 2, 1]
    assert found("灯", scope=policy.NOTHING | Q(lead_unit_id=8)) == [3]


def test_a_scope_that_keys_cannot_tell_narrows_nothing() -> None:
    assert reach.asked(Q(id__in=[1])) is None
    assert reach.asked(policy.EVERYTHING) is None
    assert reach.asked(policy.NOTHING) == []
    assert reach.asked(~policy.below("990101/001/")) is None
    told = (policy.EVERYTHING, policy.NOTHING, policy.below("990101/"), policy.below("990101/001/") | Q(collector_id=1))
    assert all(reach.is_told(scope) for scope in told)
    secret = ~Q(track="secret")
    untold = (Q(id__in=[1]), Q(pk__in=[1]), policy.below("990101/") & secret, policy.below("990101/001/") & secret)
    assert not any(reach.is_told(scope) for scope in untold)


def test_kinds_do_not_mix() -> None:
    keep(1, "路灯不亮")
    workflow.keep("notice", Said(1, ("路灯修好了",), "990101/001/003/"))
    assert found("路灯") == [1]
    assert queries.newest("notice", ["修好"], scope=policy.EVERYTHING).ids == [1]
    assert found("修好") == []


def test_what_is_kept_twice_is_there_once_and_says_the_last() -> None:
    keep(1, "路灯不亮")
    keep(1, "路灯不亮")
    keep(1, "水管漏水", area_path="990101/002/001/")
    assert (found("路灯"), found("水管"), Wording.objects.count()) == ([], [1], 1)
    assert found("水管", scope=policy.below("990101/002/")) == [1]


def test_common_words_first_asked_are_not_needed_to_find() -> None:
    for at in range(1, 60):
        keep(at, f"路灯不亮{at}号")
    assert workflow.weigh() > 0
    assert found("路灯不亮33号") == [33]
    assert found("路灯") == list(range(59, 0, -1))


def test_long_and_odd_texts_are_kept() -> None:
    keep(1, "长" * 5000 + "尾巴", "\x00\u200b😀" * 50)
    assert found("长尾巴") == [1] and found("😀😀") == [1]
    keep(2, "", "")
    assert found("长尾巴") == [1]


@given(st.text(max_size=60))
def test_what_was_typed_never_breaks(typed: str) -> None:
    words = phrases.read(typed)
    assert len(words) <= phrases.MOST and all(words)
    assert all(unicodedata.normalize("NFKC", word) == word or word for word in words)


@given(st.integers(1, keys.MOST_SUBJECTS), st.sampled_from(sorted(keys.KINDS)))
def test_places_and_keys_fit_64_bits(subject_id: int, kind: str) -> None:
    row = keys.row_id(kind, subject_id)
    assert keys.subject_id(row) == subject_id
    asked = [*keys.pairs("\U0010ffff\U0010ffff电梯"), *keys.numbers("9" * 30), keys.reach("area 990101/001/")]
    assert all(-(1 << 63) <= key < 1 << 63 for key in keys.placed(asked, row))
    assert keys.text_of(min(keys.pairs("电梯"))) == "电梯"


def test_a_number_is_asked_as_a_whole_only_where_it_is_whole() -> None:
    assert keys.bounded_numbers("里37号楼") == keys.numbers("37") and keys.text_of(min(keys.numbers("37"))) == "37"
    assert keys.bounded_numbers("37号楼") == keys.bounded_numbers("里37") == set()
    keep(1, "海棠里137号楼3单元")
    keep(2, "海棠里37号楼13单元")
    assert found("里37号") == [2] and found("37号楼") == [2, 1] and found("楼3单") == [1] and found("里1") == [1]
