"""The starter lexicon suggests categories before a district has appeals of its own."""

from huiyin.text.lexicon import keywords


def test_the_tree_names_the_fields_of_the_national_catalogue() -> None:
    assert len({matter.category for matter in keywords.matters()}) == 15
    assert all(matter.keywords for matter in keywords.matters())


def test_keywords_suggest_a_category_with_the_words_found() -> None:
    category, share, words = keywords.suggested("工地拖欠農民工工資")[0]
    assert category == "劳动和社会保障"
    assert 0 < share <= 1
    assert {"拖欠", "农民工", "工资"} <= set(words)


def test_nothing_is_suggested_for_nothing() -> None:
    assert keywords.suggested("") == []


def test_hits_count_words_inside_words() -> None:
    counted = dict(zip((matter.name for matter in keywords.matters()), keywords.hits("养老金"), strict=True))
    assert counted["养老保险"] == 2
