"""Ids go on with the majority; a hotspot that loses all its matters tells where they went."""

from huiyin.hotspots import rules


def test_a_hotspot_goes_on_with_most_of_its_matters() -> None:
    former = {1: 9, 2: 9, 3: 9, 4: 9, 5: 8}
    decided = rules.continued([[1, 2, 3, 7], [4, 6], [5]], former)
    assert decided.of_group == [9, None, 8]
    assert decided.went_into == {}


def test_of_two_hotspots_in_one_group_the_larger_part_goes_on() -> None:
    decided = rules.continued([[1, 2, 3]], {1: 5, 2: 6, 3: 6})
    assert decided.of_group == [6]
    assert decided.went_into == {5: 6}


def test_equal_parts_are_decided_for_the_older_hotspot() -> None:
    assert rules.continued([[1, 2]], {1: 6, 2: 5}).of_group == [5]
    assert rules.continued([[1], [2]], {1: 5, 2: 5}).of_group == [5, None]


def test_a_hotspot_of_a_lone_matter_and_one_that_comes_back_are_kept() -> None:
    assert rules.continued([[1], [2, 3]], {1: 5}).of_group == [5, None]
    assert rules.continued([], {}).of_group == []


def test_persons_count_once_and_those_who_joined_in_count_too() -> None:
    assert rules.people_concerned(["a", "a", "b"], [0, 2, 0]) == 4
    assert rules.people_concerned([], []) == 0


def test_a_name_tells_the_place_that_most_were_registered_for() -> None:
    assert rules.placed("烧烤店油烟直灌我家", ["美林社区"] * 2 + ["铁路社区"]) == "美林社区烧烤店油烟直灌我家"
    assert rules.placed("铁路小区停车太乱", ["铁路社区"] * 3) == "铁路小区停车太乱"
    assert rules.placed("公交晚班延到十点半", ["美林社区", "铁路社区", "", ""]) == "公交晚班延到十点半"
    assert rules.placed("路灯不亮", []) == "路灯不亮"
    assert len(rules.placed("长" * 38, ["美林社区"])) == rules.LONGEST_NAME


def test_names_follow_small_hotspots_and_large_ones_at_every_tenth() -> None:
    assert rules.is_to_be_named(12, 12)
    assert not rules.is_to_be_named(100, 109)
    assert rules.is_to_be_named(100, 110)
    assert rules.is_to_be_named(100, 90)
