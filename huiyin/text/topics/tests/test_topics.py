"""Planted matters become topics, in any order of arrival, quickly, with names people would use."""

import random
from datetime import date, timedelta

import pytest

from huiyin.text.topics import growing, listing, naming, scale
from huiyin.text.topics.items import Item, marked, sensed
from huiyin.text.topics.tests.planted import MATTERS, PLACES, planted

ITEMS, TRUTH = planted(random.Random(11))
MEASURE = scale.fitted([sensed(item) for item in ITEMS])


def _grown(items: list[Item], measure: scale.Scale = MEASURE) -> growing.Topics:
    topics = growing.Topics(measure)
    for item in items:
        topics.add(item)
    return topics


@pytest.fixture(scope="module")
def topics() -> growing.Topics:
    return _grown(ITEMS)


def _keys(topics: growing.Topics) -> dict[str, tuple[str, ...]]:
    return {key: tuple(item.key for item in members) for key, members in topics.groups().items()}


def test_planted_matters_are_found_and_pure(topics: growing.Topics) -> None:
    groups, found, right_of_all, all_of_them = list(_keys(topics).values()), 0, 0, 0
    for number in set(TRUTH.values()):
        wanted = {key for key, of in TRUTH.items() if of == number}
        best = max(groups, key=lambda group: len(wanted & set(group)) / len(wanted | set(group)))
        right = len(wanted & set(best))
        found += 2 * right / (len(wanted) + len(best)) >= 0.5
        right_of_all, all_of_them = right_of_all + right, all_of_them + len(best)
    assert right_of_all >= 0.95 * all_of_them
    assert found >= 0.9 * len(set(TRUTH.values()))


@pytest.mark.parametrize("seed", range(5))
def test_order_of_arrival_does_not_change_the_topics(topics: growing.Topics, seed: int) -> None:
    shuffled = random.Random(seed).sample(ITEMS, len(ITEMS))
    assert _keys(_grown(shuffled)) == _keys(topics)


def test_scale_does_not_depend_on_order() -> None:
    again = scale.fitted([sensed(item) for item in reversed(ITEMS)])
    assert again.link == MEASURE.link
    assert (again.grams == MEASURE.grams).all()
    assert (again.tells == MEASURE.tells).all()


def test_rebuild_with_a_new_scale_keeps_nearly_all_together(topics: growing.Topics) -> None:
    """The stated tolerance: of pairs in one topic by increments, 95 % are in one topic after a rebuild."""
    early = scale.fitted([sensed(item) for item in ITEMS[::2]])
    before = _grown(ITEMS, early)
    pairs = [(one, two) for group in _keys(before).values() for one in group for two in group if one < two]
    kept = sum(topics.topic_of(one) == topics.topic_of(two) for one, two in pairs)
    assert kept >= 0.95 * len(pairs)


def test_more_of_the_same_joins_its_topic() -> None:
    grown = _grown(ITEMS)
    fresh = [Item(f"n{at}", item.subject + "，仍未解决", item.detail, item.day) for at, item in enumerate(ITEMS[:50])]
    joined = [grown.add(item) for item in fresh]
    assert sum(grown.topic_of(item.key) == key for item, key in zip(ITEMS[:50], joined, strict=True)) >= 45


@pytest.mark.parametrize("seed", range(3))
def test_leaving_is_as_if_one_had_never_come(topics: growing.Topics, seed: int) -> None:
    leaving = random.Random(seed).sample(ITEMS, len(ITEMS) // 4)
    grown = _grown(ITEMS)
    for item in leaving:
        grown.remove(item.key)
    assert len(grown) == len(ITEMS) - len(leaving)
    assert _keys(grown) == _keys(_grown([item for item in ITEMS if item not in leaving]))
    for item in leaving:
        grown.add(item)
    assert _keys(grown) == _keys(topics)
    with pytest.raises(KeyError):
        grown.remove("nobody")


def test_touched_groups_hold_everyone_whose_group_changed() -> None:
    grown, known = growing.Topics(MEASURE), dict[str, frozenset[str]]()
    for step, item in enumerate([*ITEMS, *ITEMS[::3]]):
        if step < len(ITEMS):
            grown.add(item)
        else:
            grown.remove(item.key)
            known.pop(item.key)
        for group in grown.touched():
            known |= {key: frozenset(group) for key in group}
        if step % 25 == 0 or step >= len(ITEMS):
            assert known == {key: frozenset(group) for group in _keys(grown).values() for key in group}


def test_a_new_matter_founds_a_topic(topics: growing.Topics) -> None:
    grown = _grown(ITEMS)
    assert grown.add(Item("x1", "骆驼峰缆车停运无人退票", "骆驼峰景区缆车停运三周，年票不退")) == "x1"
    assert grown.add(Item("x2", "骆驼峰缆车停运年票不退", "骆驼峰的缆车一直停运，买了年票也不给退")) == "x1"


def test_names_hold_place_and_matter(topics: growing.Topics) -> None:
    groups = topics.groups()
    for number in set(TRUTH.values()):
        key = topics.topic_of(next(key for key, of in TRUTH.items() if of == number))
        name = naming.named(groups[key])
        assert PLACES[number] in name
        assert MATTERS[number % len(MATTERS)][0] in name
        assert len(name) <= naming.LONGEST_NAME


def test_names_and_quotes_hide_personal_data() -> None:
    members = [Item(str(at), f"海棠里3号楼2单元501室张建国家漏水找{13800138000 + at}", "") for at in range(3)]
    topic = listing.described("0", members)
    told = topic.name + "".join(words for _, words in topic.quotes)
    assert "海棠里" in topic.name
    assert "1380013" not in told
    assert "501" not in told


def test_growth_counts_two_windows() -> None:
    as_of = date(2025, 3, 31)
    recent, before = [as_of - timedelta(days=3)] * 6, [as_of - timedelta(days=40)] * 2
    assert listing.growth(recent + before, as_of) == 2.0
    assert listing.growth([], as_of) == 0.0


def test_heat_counts_people_not_posts() -> None:
    posts = [Item(str(at), "路灯不亮", "", date(2025, 1, 1), person="one") for at in range(9)]
    people = [Item(str(at), "路灯不亮", "", date(2025, 1, 1), person=f"p{at}", likes=4) for at in range(4)]
    busy, many = listing.described("b", posts), listing.described("m", people)
    assert (busy.persons, busy.people_concerned, busy.heat) == (1, 1, 1.0)
    assert (many.persons, many.people_concerned, many.likes, many.heat) == (4, 20, 16, 8.0)


def test_topics_that_concern_few_are_not_listed(topics: growing.Topics) -> None:
    listed = listing.listed(topics.groups())
    assert all(topic.people_concerned >= listing.LEAST_CONCERNED for topic in listed)
    assert [topic.heat for topic in listed] == sorted((topic.heat for topic in listed), reverse=True)
    assert set(TRUTH) & set(listed[0].members)


def test_empty_odd_and_long_texts_are_taken_up() -> None:
    odd = [
        Item("e", "", ""),
        Item("m", "🙂🙂", "！！"),
        Item("l", "", "路灯坏了，" * 4000),
        Item("t", "電梯壞了", "電梯"),
    ]
    grown = _grown(odd, scale.EMPTY)
    assert len(grown) == 4
    assert grown.topic_of("e") == "e"
    assert listing.listed(grown.groups()) == []


def test_marks_join_what_words_alone_would_not() -> None:
    said = ("东门外空地停车太乱", "晚上八点以后找不到车位", "消防通道被私家车占满")
    senses = [sensed(Item(str(at), words, "")) for at, words in enumerate(said)]
    plain, noted = growing.Topics(), growing.Topics()
    for at, sense in enumerate(senses):
        plain.add_sensed(Item(str(at), "", ""), sense)
        noted.add_sensed(Item(str(at), "", ""), marked(sense, ("0602@铁路社区", "060202@铁路社区")))
    assert len(plain.groups()) == 3
    assert len(noted.groups()) == 1
    assert marked(senses[0], ()) is senses[0]


def test_a_key_is_taken_once(topics: growing.Topics) -> None:
    with pytest.raises(ValueError, match="among the topics"):
        topics.add(ITEMS[0])
