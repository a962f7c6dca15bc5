"""Matters join and leave; order, restarts, repetition and roll-backs change nothing; ids go on over a rebuild."""

import random
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from huiyin.hotspots.models import Hotspot, Matter, Yardstick
from huiyin.hotspots.tests.conftest import EAST, ITEMS, TRUTH, join, number, say, together
from huiyin.hotspots.workflow import grouping, joining, mirror, rebuilding
from huiyin.kernel import clock
from huiyin.text.topics import growing, items
from huiyin.text.topics.items import Item


def keyed(group: frozenset[int]) -> set[str]:
    return {ITEMS[matter - 1].key for matter in group}


@transaction.atomic
def grown_from_rows() -> set[frozenset[int]]:
    """All groups, lone matters too, if they were made at once from the words under the yardstick in force."""
    topics = growing.Topics(mirror.scale_of(Yardstick.objects.get()))
    for item in ITEMS:
        topics.add_sensed(Item(str(number(item)), "", "", item.day), items.sensed(item))
    return {frozenset(int(item.key) for item in group) for group in topics.groups().values()}


@transaction.atomic
def grown_in_memory() -> set[frozenset[int]]:
    groups = mirror.of(grouping.locked()).groups().values()
    return {frozenset(int(item.key) for item in group) for group in groups}


def test_planted_matters_become_hotspots_in_any_order_and_after_a_restart() -> None:
    join(ITEMS)
    rebuilding.rebuild()
    first = together()
    for planted in set(TRUTH.values()):
        wanted = {key for key, of in TRUTH.items() if of == planted}
        assert max(2 * len(wanted & keyed(group)) / (len(wanted) + len(group)) for group in first) >= 0.5
    assert grown_in_memory() == grown_from_rows()
    for item in ITEMS:
        joining.leave(number(item))
    assert (Matter.objects.count(), together()) == (0, set())
    join(random.Random(3).sample(ITEMS, len(ITEMS) // 2))
    mirror.forget()
    join(random.Random(5).sample(ITEMS, len(ITEMS)))
    assert together() == first
    assert grown_in_memory() == grown_from_rows()


def test_ids_go_on_with_the_majority_over_a_rebuild() -> None:
    join(ITEMS[::2])
    rebuilding.rebuild()
    join(ITEMS[1::2])
    before = dict(Matter.objects.filter(hotspot__isnull=False).values_list("pk", "hotspot_id"))
    rebuilding.rebuild()
    after = dict(Matter.objects.values_list("pk", "hotspot_id"))
    pairs = [(one, two) for one in before for two in before if one < two and before[one] == before[two]]
    assert len(pairs) > 200
    kept = [(one, two) for one, two in pairs if after[one] == after[two] and after[one] is not None]
    assert len(kept) >= 0.95 * len(pairs)
    assert sum(before[one] == after[one] for one, _ in kept) >= 0.95 * len(kept)


def test_the_same_matters_give_the_same_names() -> None:
    join(ITEMS[:60])
    names = sorted(Hotspot.objects.filter(matters__isnull=False).distinct().values_list("name", flat=True))
    for item in ITEMS[:60]:
        joining.leave(number(item))
    join(ITEMS[:60])
    again = Hotspot.objects.filter(matters__isnull=False).distinct().values_list("name", flat=True)
    assert sorted(again) == names
    assert all(names)


def test_joining_twice_changes_nothing() -> None:
    say(1, "骆驼峰缆车停运三周，年票不退", person="a")
    say(2, "骆驼峰的缆车一直停运，买了年票也不给退", person="b")
    hotspot = say(3, "骆驼峰缆车停运，年票怎么退", person="c")
    revision = Yardstick.objects.get().revision
    assert say(3, "骆驼峰缆车停运，年票怎么退", person="c") == hotspot is not None
    assert (Matter.objects.count(), Yardstick.objects.get().revision) == (3, revision)
    assert Hotspot.objects.get(pk=hotspot).named_for == 3


def test_a_hotspot_concerns_three_people_counting_those_who_joined_in() -> None:
    for matter in range(1, 5):
        assert say(matter, f"骆驼峰缆车停运{matter}周，年票不退", person="one busy writer") is None
    assert say(5, "骆驼峰缆车停运，年票不退钱", person="b") is None
    assert say(7, "望江亭码头夜里没有灯", person="c") is None
    assert say(8, "石榴园沼气池漏气", person="d", likes=2) is not None


def test_who_leaves_leaves_no_trace_and_the_others_stay_together() -> None:
    hotspots = {say(matter, f"骆驼峰缆车停运{matter}周，年票不退", person=f"p{matter}") for matter in range(1, 6)}
    joining.leave(2)
    joining.leave(2)
    joining.leave(77)
    assert not Matter.objects.filter(pk=2).exists()
    assert together() == {frozenset({1, 3, 4, 5})}
    assert joining.hotspot_of(1) in hotspots
    assert say(2, "骆驼峰缆车停运2周，年票不退", person="p2") == joining.hotspot_of(1)


def test_what_was_rolled_back_is_forgotten() -> None:
    say(1, "骆驼峰缆车停运三周，年票不退", person="a")
    with transaction.atomic():
        say(2, "骆驼峰的缆车一直停运，年票不给退", person="b")
        transaction.set_rollback(True)
    with transaction.atomic():
        joining.leave(1)
        transaction.set_rollback(True)
    say(3, "骆驼峰缆车停运，年票怎么退", person="c")
    assert grown_in_memory() == {frozenset({1, 3})}


def test_what_another_process_did_is_seen() -> None:
    say(1, "骆驼峰缆车停运三周，年票不退", person="a")
    mine = mirror._Held.mirror
    mirror.forget()
    say(2, "骆驼峰的缆车一直停运，年票不给退", person="b")
    joining.leave(1)
    mirror._Held.mirror = mine
    say(3, "骆驼峰缆车停运，年票怎么退", person="c")
    assert grown_in_memory() == {frozenset({2, 3})}
    mine = mirror._Held.mirror
    mirror.forget()
    joining.leave(3)
    say(3, "柳林屯沼气池漏气", person="c")
    joining.sort(2, ("0101",))
    theirs = grown_in_memory()
    mirror._Held.mirror = mine
    assert grown_in_memory() == theirs == {frozenset({2}), frozenset({3})}


def test_a_category_brings_together_what_few_words_share() -> None:
    at = datetime(2025, 5, 14, 9, 0, tzinfo=clock.LOCAL)
    said = ("铁路小区东门外空地停车太乱", "晚上八点以后找不到车位", "消防通道停满了私家车", "车位被地锁占着")
    for matter, words in enumerate(said, start=1):
        joining.join(matter, words, f"{words}，请尽快处理", "铁路社区", EAST, at, f"p{matter}")
    assert together() == set()
    for matter in range(1, 5):
        joining.sort(matter, ("0602", "060202"))
    assert together() == {frozenset({1, 2, 3, 4})}
    revision = Yardstick.objects.get().revision
    assert joining.sort(4, ("0602", "060202")) == joining.hotspot_of(1) is not None
    assert Yardstick.objects.get().revision == revision
    joining.join(5, "业主没地方停车", "业主没地方停车", "铁路社区", EAST, at, "p5", categories=("0602", "060202"))
    joining.join(6, "业主没地方停车", "", "别的社区", EAST, at, "p6", categories=("0602", "060202"))
    assert joining.hotspot_of(5) == joining.hotspot_of(1)
    assert joining.hotspot_of(6) is None
    joining.sort(4, ("0101",))
    assert joining.hotspot_of(4) is None
    assert joining.sort(99, ("0101",)) is None
    before = together()
    mirror.forget()
    assert {group for group in grown_in_memory() if len(group) > 2} == before


@pytest.mark.parametrize("seed", range(3))
def test_rows_and_memory_agree_after_any_course(seed: int) -> None:
    chance = random.Random(seed)
    join(ITEMS[:70])
    rebuilding.rebuild()
    for _ in range(90):
        item = chance.choice(ITEMS[:90])
        act = chance.choice((0, 0, 1, 2))
        if act == 0:
            join([item])
        elif act == 1:
            joining.leave(number(item))
        else:
            joining.sort(number(item), chance.choice(((), ("0101",), ("0602", "060202"))))
    groups = grown_in_memory()
    hotspot = dict(Matter.objects.values_list("pk", "hotspot_id"))
    of_groups = [{hotspot[matter] for matter in group} for group in groups]
    assert all(len(ids) == 1 for ids in of_groups)
    ids = [each for found in of_groups for each in found if each is not None]
    assert len(ids) == len(set(ids)) > 3
    mirror.forget()
    assert grown_in_memory() == groups
    assert set(hotspot) == {matter for group in groups for matter in group}


@pytest.mark.parametrize(("places", "groups"), [(("", ""), 1), (("朝阳里", "柳林屯"), 2)])
def test_the_place_parts_what_the_words_would_join(places: tuple[str, str], groups: int) -> None:
    at = datetime(2025, 5, 14, 9, 0, tzinfo=clock.LOCAL)
    said = ("电梯三天两头停，没人来修，老人下不了楼", "电梯三天两头停，物业从来不管，孩子走楼梯上学")
    for matter in range(1, 9):
        which = matter % 2
        joining.join(matter, "", said[which], places[which], EAST, at, person_key=f"p{matter}")
    assert len(together()) == groups


def test_matters_older_than_the_window_are_not_taken_up_and_go_at_night() -> None:
    at = datetime(2025, 5, 15, 9, 0, tzinfo=clock.LOCAL)
    for matter in range(1, 4):
        joining.join(matter, "骆驼峰缆车停运", "年票不退", "", EAST, at - timedelta(days=100), f"p{matter}")
    assert joining.join(9, "骆驼峰缆车停运", "年票不退", "", EAST, at - timedelta(days=400), "p9") is None
    assert together() == {frozenset({1, 2, 3})}
    with clock.moved(at + timedelta(days=300)):
        rebuilding.rebuild()
        assert Matter.objects.count() == 0
        assert together() == set()
        assert joining.join(12, "骆驼峰缆车停运", "年票不退", "", EAST, clock.now(), "p") is None
    assert grown_in_memory() == {frozenset({12})}


def test_no_personal_data_is_kept() -> None:
    words = "我叫欧阳明月，住海棠里3号楼2单元501室，电话13800138000，家里漏水没人修"
    at = datetime(2025, 5, 14, 9, 0, tzinfo=clock.LOCAL)
    for matter in range(1, 4):
        joining.join(
            matter, words[:20], words, "", EAST, at, person_key=f"contact {matter}", known_names=["欧阳明月", "小石头"]
        )
    kept = " ".join(str(value) for row in Matter.objects.values_list("wording", "quote", "person") for value in row)
    kept += Hotspot.objects.get().name
    assert "海棠里" in kept
    for told in ("13800138000", "501室", "欧阳明月", "contact"):
        assert told not in kept


@pytest.mark.parametrize("words", ["", "🙂🙂！！", "路灯坏了，" * 4000, "電梯壞了"])
def test_odd_texts_are_taken_up(words: str) -> None:
    assert say(1, words) is None
    mirror.forget()
    assert say(2, words) is None
    assert len(grown_in_memory()) <= 2
