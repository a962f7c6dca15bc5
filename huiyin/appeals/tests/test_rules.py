"""Decisions about an appeal."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.appeals import rules
from huiyin.appeals.rules import AfterRound, Light, RoundEnd, SlipState
from huiyin.appeals.stages import MAY_HAVE_CLOSED, RATED, Stage
from huiyin.appeals.steps import STEPS

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
BOTH = ("petitioner", "representative")


@pytest.mark.parametrize(
    ("grades", "invited", "is_over", "end"),
    [
        ({}, BOTH, False, RoundEnd.OPEN),
        ({"petitioner": 4}, BOTH, False, RoundEnd.OPEN),
        ({"petitioner": 2}, BOTH, False, RoundEnd.DISSATISFIED),
        ({"representative": 1}, BOTH, False, RoundEnd.DISSATISFIED),
        ({"petitioner": 3, "representative": 5}, BOTH, False, RoundEnd.ALL_RATED),
        ({"petitioner": 3}, ("petitioner",), False, RoundEnd.ALL_RATED),
        ({"petitioner": 5}, BOTH, True, RoundEnd.EXPIRED),
        ({}, BOTH, True, RoundEnd.EXPIRED),
        ({}, (), False, RoundEnd.EXPIRED),
    ],
)
def test_what_ends_a_round(grades: dict[str, int], invited: tuple[str, ...], is_over: bool, end: RoundEnd) -> None:
    assert rules.round_end(grades, invited, is_over=is_over) is end


def test_two_redos_and_no_third() -> None:
    assert rules.after_round(RoundEnd.DISSATISFIED, redo_count=0) is AfterRound.REWORK
    assert rules.after_round(RoundEnd.DISSATISFIED, redo_count=1) is AfterRound.REWORK
    assert rules.after_round(RoundEnd.DISSATISFIED, redo_count=2) is AfterRound.EXPLAIN
    assert rules.after_round(RoundEnd.EXPIRED, redo_count=2) is AfterRound.CLOSE


def test_lights() -> None:
    due, amber = NOW + timedelta(days=3), NOW + timedelta(days=2)
    assert rules.light(NOW, amber_at=amber, due_at=due) is Light.GREEN
    assert rules.light(amber, amber_at=amber, due_at=due) is Light.AMBER
    assert rules.light(due, amber_at=amber, due_at=due) is Light.RED
    assert rules.light(NOW, amber_at=None, due_at=None) is Light.NONE


def test_missing_slips_keep_the_order_of_the_four() -> None:
    slips = [SlipState("asker", is_delivered=False), SlipState("studio", is_delivered=True)]
    assert rules.missing_slips(slips, ["asker", "representative", "studio"]) == ["asker", "representative"]


def test_a_subject_is_the_first_sentence_in_own_words() -> None:
    assert rules.one_line("", "路灯不亮。已经三天了") == "路灯不亮"
    assert rules.one_line("", "一" * 50) == "一" * 29 + "…"
    assert rules.one_line("  楼道\n堆物 ", "x") == "楼道 堆物"


def test_the_machine_is_whole() -> None:
    """Every stage can be reached from the start, and from every stage an end can be reached."""
    assert STEPS.reachable() == set(Stage)
    ends = {Stage.ARCHIVED.value}
    for _ in Stage:
        ends |= {source for step in STEPS for source in step.sources if ends.intersection(step.targets)}
    assert ends == {stage.value for stage in Stage}


def test_the_events_others_react_to_are_those_of_the_step_table() -> None:
    may_close = {f"appeal.{step.verb}" for step in STEPS if Stage.CLOSED in step.targets}
    rates = {f"appeal.{step.verb}" for step in STEPS if Stage.RATING in step.targets and Stage.RATING in step.sources}
    assert (set(MAY_HAVE_CLOSED), set(RATED)) == (may_close, rates)
