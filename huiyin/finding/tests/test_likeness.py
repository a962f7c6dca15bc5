"""What was said before in other words, order, numbers or places is found again, best first, and little else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.access import policy
from huiyin.finding import likeness, queries, workflow
from huiyin.finding.sources import Said
from huiyin.text.segment import folded
from huiyin.text.similar.tests import appeals

STORIES = [text.partition("|")[::2] for text in appeals.APPEALS]


def keep_stories(area_path: str = "990101/001/003/") -> None:
    for at, parts in enumerate(STORIES, start=1):
        workflow.keep("appeal", Said(at, parts, area_path))


def alike(text: str, **asked: object) -> list[int]:
    found = queries.alike("appeal", text, **{"scope": policy.EVERYTHING} | asked)  # type: ignore[arg-type]
    return [each.subject_id for each in found]


@pytest.mark.django_db
def test_near_duplicates_are_found_and_nothing_else() -> None:
    keep_stories()
    workflow.weigh()
    chance, found, claimed, right = random.Random(7), 0, 0, 0
    copies = [
        (at, change(chance, text)) for at, text in enumerate(appeals.APPEALS, start=1) for change in appeals.CHANGES
    ]
    for at, copy in copies:
        several = alike(copy.replace("|", "。"))
        found += at in several
        claimed += len(several)
        right += several.count(at)
    assert found / len(copies) >= 0.98 and right / claimed >= 0.97


@pytest.mark.django_db
def test_a_few_words_typed_are_enough_and_the_likest_comes_first() -> None:
    keep_stories()
    asked = queries.alike("appeal", "我们小区的电梯关门太快，夹人了", scope=policy.EVERYTHING, least=0.15)
    assert asked[0].subject_id == 1
    assert [each.score for each in asked] == sorted((each.score for each in asked), reverse=True)
    assert alike("电梯") == [] and alike("") == [] and alike("！？，。") == []


@pytest.mark.django_db
def test_the_territory_narrows_what_is_alike() -> None:
    keep_stories(area_path="990101/001/003/")
    text = "".join(STORIES[4])
    assert alike(text, scope=policy.below("990101/001/003/")) == [5]
    assert alike(text, scope=policy.below("990101/001/004/")) == alike(text, scope=policy.NOTHING) == []
    assert queries.alike("notice", text, scope=policy.EVERYTHING) == []


@pytest.mark.django_db
def test_those_of_the_same_person_need_less() -> None:
    workflow.keep("appeal", Said(1, ("暖气不热", "家里室温只有十五度，老人冻病了"), "990101/001/003/"))
    text = "暖气还是不热，报修三次没人上门，孩子都感冒了"
    score = queries.alike("appeal", text, scope=policy.EVERYTHING, least=0.01)[0].score
    least = score * 1.2
    assert alike(text, least=least) == [] and alike(text, least=least, also=[1]) == [1]
    assert alike(text, least=least, also=[2]) == []


@given(st.text("路灯不亮电梯夹人，。 \n0123", max_size=40), st.text("路灯不亮电梯夹人，。 \n0123", max_size=40))
def test_overlap_is_symmetric_and_between_0_and_1(one: str, two: str) -> None:
    first, second = (likeness.read(folded(text)).whole for text in (one, two))
    there = likeness.overlap(first, second, lambda _: 1.0)
    assert there == likeness.overlap(second, first, lambda _: 1.0) and 0.0 <= there <= 1.0
    assert likeness.overlap(first, first, lambda _: 1.0) == (1.0 if first else 0.0)


def test_numbers_and_synonyms_do_not_tell_texts_apart() -> None:
    one, two = likeness.read("3号楼电梯坏了两次"), likeness.read("17号楼升降梯坏了两次")
    assert one.whole == two.whole
