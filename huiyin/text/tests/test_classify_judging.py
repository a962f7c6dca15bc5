"""The judge: calibrated, order kept, sober about a faultless history; rows of few numbers; what inference imports."""

import subprocess
import sys

import numpy as np
import pytest

from huiyin.text.classify import calibrating, measures
from huiyin.text.classify.judging import Judge, softmax
from huiyin.text.classify.rows import Linear, Rows


def margins_and_places(appeals: int, trust: float) -> tuple[np.ndarray, np.ndarray]:
    """Margins whose true probabilities are the softmax of `trust` times them."""
    chance = np.random.default_rng(1)
    margins = chance.normal(size=(appeals, 4))
    chosen = (chance.random((appeals, 1)) > softmax(trust * margins).cumsum(axis=1)).sum(axis=1)
    return margins, np.minimum(chosen, 3)


def test_stated_probabilities_come_true() -> None:
    margins, places = margins_and_places(4000, 1.7)
    judge = calibrating.judge(margins[:2000], places[:2000], 4)
    assert judge.trusts[0] == pytest.approx(1.7, abs=0.15)
    assert measures.calibration_error(places[2000:], judge.probabilities(margins[2000:])) < 0.04


def test_one_wrong_label_in_twenty_makes_the_judge_less_sure_of_clear_appeals() -> None:
    margins, places = margins_and_places(4000, 6.0)
    places[::20] = (places[::20] + 1) % 4
    judge = calibrating.judge(margins[:2000], places[:2000], 4)
    plain = Judge(judge.trusts, judge.leans, 1.0, 0.0)
    errors = [measures.calibration_error(places[2000:], each.probabilities(margins[2000:])) for each in (judge, plain)]
    assert errors[0] < errors[1]


@pytest.mark.parametrize(("slope", "shift"), [(0.7, 0.4), (0.1, -5.0), (10.0, 5.0)])
def test_the_line_of_confidence_keeps_the_order_of_labels(slope: float, shift: float) -> None:
    margins, _ = margins_and_places(500, 3.0)
    stated = softmax(3 * margins)
    judge = Judge(np.array([1.0], dtype=np.float32), np.zeros(4, dtype=np.float32), slope, shift)
    assured = judge.assured(stated)
    assert assured.sum(axis=1) == pytest.approx(np.ones(500))
    assert (assured.argmax(axis=1) == stated.argmax(axis=1)).all()
    second = np.argsort(-stated, axis=1)[:, 1]
    others = np.sort(assured, axis=1)[:, -2]
    assert assured[np.arange(500), second] == pytest.approx(others)


def test_a_faultless_history_is_no_reason_for_certainty() -> None:
    margins = np.tile([2.0, 0.0, 0.0], (12, 1))
    judge = calibrating.judge(margins, np.zeros(12, dtype=np.int64), 3)
    assert judge.probabilities(np.array([[0.1, 0.0, 0.0]])).max() < 0.999


def test_a_row_without_entries_has_the_offsets_as_margins() -> None:
    rows = Rows(np.array([0, 2]), np.array([1.0, 2.0], dtype=np.float32), np.array([0, 0, 2, 2]), 3)
    linear = Linear(np.array([[1, 0], [5, 5], [0, 3]], dtype=np.float16), np.array([0.5, -0.5], dtype=np.float32))
    assert linear.margins(rows).tolist() == [[0.5, -0.5], [1.5, 5.5], [0.5, -0.5]]
    left = rows.with_values(np.array([0.0, 2.0], dtype=np.float32))
    assert left.starts.tolist() == [0, 0, 1, 1]
    assert rows.chosen(np.array([False, True, True])).starts.tolist() == [0, 2, 2]


def test_loading_what_classifies_loads_no_training_library_and_no_dictionary() -> None:
    told = "import sys, huiyin.text.classify.files; print(sorted({'scipy', 'sklearn', 'rjieba'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
