"""Which place the words of a matter name: a building or estate said in full, never one they merely resemble."""

import pytest

from huiyin.kernel import clock
from huiyin.triage import thinking
from huiyin.triage.models import Aspect
from huiyin.triage.thinking import Words

pytestmark = pytest.mark.usefixtures("haiqing")


def places_of(words: Words) -> list[tuple[str, float]]:
    """The codes of the places suggested for words, with their probabilities."""
    thoughts = thinking.thoughts(words, day=clock.today(), live={})
    return [(each.code, each.probability) for row in thoughts if row.aspect == Aspect.PLACE for each in row.choices]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("铁路小区三号楼前路灯不亮", "lt-tielu-03"),
        ("铁路院路灯不亮", "lt-tielu"),
        ("龙躺街6号门口路灯不亮", "lt-jiayuan"),
    ],
)
def test_a_building_or_estate_alone_is_sure(said: str, code: str) -> None:
    assert places_of(Words(said, ""))[0] == (code, 0.9)


@pytest.mark.parametrize("said", ["铁路", "龙躺街上路灯不亮", "路灯不亮", ""])
def test_words_that_only_resemble_a_place_suggest_none(said: str) -> None:
    assert places_of(Words(said, "")) == []


def test_who_registered_at_a_building_needs_no_place() -> None:
    assert places_of(Words("铁路小区三号楼前路灯不亮", "", has_building=True)) == []
