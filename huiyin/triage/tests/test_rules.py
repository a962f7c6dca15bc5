"""Pure decisions: words for probabilities, what is learned, who judges, who goes live, what drifts."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.triage import rules
from huiyin.triage.rules import Confidence, Drift, Learned, Missing, Tally, Verdict

TREE = {
    "01": "", "0101": "01", "010101": "0101", "010102": "0101", "0102": "01", "010201": "0102",
    "02": "", "0201": "02", "020101": "0201",
}  # fmt: skip
NEWEST = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, "SURE"),
        (0.8, "SURE"),
        (0.79, "FAIRLY"),
        (0.6, "FAIRLY"),
        (0.4, "PERHAPS"),
        (0.39, "UNSURE"),
        (0, "UNSURE"),
    ],
)
def test_a_bound_belongs_to_the_higher_word(probability: float, word: str) -> None:
    assert rules.confidence(probability) is Confidence[word]


def test_a_rare_category_is_learned_under_the_nearest_branch_with_enough() -> None:
    counts = {"010101": 12, "010102": 6, "010201": 5, "020101": 3}
    found = rules.labels_by_leaf(counts, TREE)
    assert found == {"010101": "010101", "010102": "01", "010201": "01"}


def test_without_a_tree_only_labels_with_enough_are_learned() -> None:
    assert rules.labels_by_leaf({"help": 10, "praise": 9}, {}) == {"help": "help"}


def test_a_branch_is_shared_among_its_leaves_by_how_often_and_by_what_was_said() -> None:
    learned = Learned({"010101": "010101", "010102": "01", "010201": "01"}, {"010102": 6, "010201": 2}, 0.9)
    found = rules.spread({"010101": 0.5, "01": 0.5}, learned, TREE, weights={})
    assert found["010101"] == pytest.approx(0.45)
    assert found["010102"] > found["010201"] > 0
    said = rules.spread({"010101": 0.5, "01": 0.5}, learned, TREE, weights={"010201": 6.0})
    assert said["010201"] > said["010102"]
    assert sum(found.values()) == pytest.approx(0.9) == pytest.approx(sum(said.values()))


def test_what_a_reader_never_learned_is_left_to_the_starter() -> None:
    found = rules.blended({"a": 0.72}, {"b": 0.8, "a": 0.1}, trust=0.9)
    assert found == {"a": pytest.approx(0.73), "b": pytest.approx(0.08)}
    assert rules.best({"b": 0.3, "a": 0.3, "c": 0.1, "d": 0.05}) == [("a", 0.3), ("b", 0.3), ("c", 0.1)]


def test_a_reader_is_trusted_the_more_it_has_read() -> None:
    assert rules.trust(200, 200) == 0.5
    assert rules.trust(100, 200) < rules.trust(200, 200) < rules.trust(7000, 7000) < 1
    assert rules.trust(0, 0) == 0


def test_two_hundred_lessons_and_two_labels_of_ten_are_needed() -> None:
    assert rules.missing(["a"] * 100 + ["b"] * 70, lessons=199) is Missing.LESSONS
    assert rules.missing(["a"] * 161 + ["b"] * 9, lessons=200) is Missing.LABELS
    assert rules.missing(["a"] * 160 + ["b"] * 10, lessons=200) is None


@pytest.mark.parametrize(
    ("lessons", "before", "due"),
    [(199, 0, False), (200, 0, True), (219, 200, False), (220, 200, True), (5099, 5000, False), (5100, 5000, True)],
)
def test_a_night_trains_when_enough_is_new(lessons: int, before: int, due: bool) -> None:
    assert rules.is_due(lessons, learned_before=before) is due


def test_every_third_appeal_since_an_instant_judges() -> None:
    since = NEWEST - timedelta(days=30)
    judges = {pk for pk in range(3000) if rules.is_held_out(pk, since, since)}
    assert 900 < len(judges) < 1100
    assert not any(rules.is_held_out(pk, since - timedelta(seconds=1), since) for pk in range(3000))


def test_the_last_month_judges_or_the_newest_ninety() -> None:
    busy = [NEWEST - timedelta(hours=number) for number in range(2000)]
    assert rules.judged_since(busy) == NEWEST - timedelta(days=30)
    quiet = [NEWEST - timedelta(days=number) for number in range(400)]
    assert rules.judged_since(quiet) == NEWEST - timedelta(days=89)
    assert rules.judged_since(quiet[:5]) == NEWEST - timedelta(days=30)
    assert rules.judged_since([]) is None


def test_what_judges_today_judged_at_every_training_since_it_was_closed() -> None:
    closed = [NEWEST - timedelta(hours=7 * number) for number in range(300)]
    starts = [rules.judged_since(closed[number:]) for number in range(200)]
    assert starts == sorted(starts, reverse=True)  # type: ignore[type-var]  # none of them is empty


@pytest.mark.parametrize(
    ("right", "live_right", "held_out", "is_pinned", "told"),
    [
        (15, 15, 20, False, Verdict.LIVE),
        (14, 15, 20, False, Verdict.WORSE),
        (19, 0, 19, False, Verdict.TOO_FEW),
        (16, 15, 20, True, Verdict.PINNED),
        (14, 15, 20, True, Verdict.WORSE),
    ],
)
def test_a_worse_reader_never_goes_live(
    right: int, live_right: int, held_out: int, is_pinned: bool, told: Verdict
) -> None:
    assert rules.verdict(right=right, live_right=live_right, held_out=held_out, is_pinned=is_pinned) is told


def test_drift_is_told_only_beyond_chance() -> None:
    before = Tally(settled=220, spoken=200, right=180)
    assert before.abstained == 20
    assert rules.drift(Tally(settled=29, spoken=29, right=10), before) is Drift.TOO_FEW
    assert rules.drift(Tally(settled=50, spoken=50, right=44), before) is Drift.SAME
    assert rules.drift(Tally(settled=50, spoken=50, right=35), before) is Drift.WORSE
    assert rules.drift(Tally(settled=200, spoken=200, right=196), before) is Drift.BETTER


def test_a_category_that_was_rare_before_is_named() -> None:
    before = {"010101": 80, "020101": 2, "010201": 18}
    assert rules.rising({"010101": 40, "020101": 12, "010201": 8}, before) == "020101"
    assert rules.rising({"010101": 40, "020101": 3}, before) == ""
    assert rules.rising({"020101": 12}, before) == ""
