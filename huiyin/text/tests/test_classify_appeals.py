"""The classifier on a tiny hand-written corpus: right, explained, the same every time, safe to load."""

import argparse
import csv
import itertools
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from huiyin.text import commands, tables
from huiyin.text.classify import files, folds, lessons, measures, storage, training
from huiyin.text.classify.model import Classifier
from huiyin.text.classify.storage import ModelError
from huiyin.text.classify.training import TrainingError
from huiyin.text.classify.views import Appeal

_MATTERS = {
    "照明": ["路灯不亮", "路灯坏了", "楼道灯不亮", "灯杆歪了", "小路没有路灯"],
    "噪声": ["夜间施工噪音扰民", "广场舞音响太吵", "酒吧噪音到半夜", "装修噪声太大", "空调外机轰鸣"],
    "养老": ["养老金没有发放", "退休工龄怎么算", "养老保险断缴怎么补", "退休金调整", "老人社保待遇"],
}
_PLACES = ["东街", "西苑小区", "南湖路", "北门社区"]


def corpus() -> tuple[list[Appeal], list[str]]:
    told = [
        (label, Appeal(place + matter, f"{place}这里{matter}，已经{days}天了，请尽快处理。"))
        for label, matters in _MATTERS.items()
        for (days, matter), place in itertools.product(enumerate(matters, start=2), _PLACES)
    ]
    return [appeal for _, appeal in told], [label for label, _ in told]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return training.trained(*corpus(), [Appeal("路灯", "噪音")])


@pytest.mark.parametrize(
    ("subject", "label", "word"),
    [
        ("桥头的路灯又不亮了", "照明", "路灯"),
        ("楼下施工噪音整夜不停", "噪声", "噪音"),
        ("我的養老金什麼時候發", "养老", "养老"),
    ],
)
def test_new_appeals_get_their_label_with_the_word_that_decided(
    classifier: Classifier, subject: str, label: str, word: str
) -> None:
    verdict = classifier.suggest(subject, "")
    assert verdict.suggestions[0].label == label
    assert any(word in found for found in verdict.suggestions[0].words)
    assert len(verdict.suggestions) == 3


def test_probabilities_sum_to_one_and_are_in_order(classifier: Classifier) -> None:
    stated = [suggestion.probability for suggestion in classifier.suggest("路灯", "噪音").suggestions]
    assert stated == sorted(stated, reverse=True)
    assert sum(stated) == pytest.approx(1)


@pytest.mark.parametrize(
    ("subject", "detail"), [("", ""), ("😀🚧", "🙏"), ("？！", "\ud800"), ("路灯", "灯不亮" * 7000)]
)
def test_odd_texts_are_answered(classifier: Classifier, subject: str, detail: str) -> None:
    assert len(classifier.suggest(subject, detail).suggestions) == 3


def test_nothing_said_means_abstaining(classifier: Classifier) -> None:
    assert classifier.suggest("", "").abstains
    assert not classifier.suggest("路灯不亮", "路灯坏了").abstains


def test_one_appeal_and_many_get_the_same_verdict(classifier: Classifier) -> None:
    appeals, _ = corpus()
    together = [verdict.suggestions[0] for verdict in classifier.verdicts(appeals)]
    alone = [classifier.suggest(each.subject, each.detail).suggestions[0] for each in appeals]
    assert [each.label for each in together] == [each.label for each in alone]
    assert [each.words for each in together] == [each.words for each in alone]


def test_the_same_appeals_give_the_same_file_and_it_loads(classifier: Classifier, tmp_path: Path) -> None:
    storage.save(classifier, tmp_path / "a.npz")
    storage.save(training.trained(*corpus(), [Appeal("路灯", "噪音")]), tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    loaded = storage.load(tmp_path / "a.npz")
    assert loaded.suggest("路灯", "灯") == classifier.suggest("路灯", "灯")


def test_a_model_that_would_run_code_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "evil.npz", told=np.array([{"run": "me"}], dtype=object))
    with pytest.raises(ModelError, match="not a model"):
        storage.load(tmp_path / "evil.npz")


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"not a model"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(ModelError, match="not a model"):
        storage.load(tmp_path / "a.npz")


def test_a_model_of_another_format_is_refused(classifier: Classifier, tmp_path: Path) -> None:
    storage.save(classifier, tmp_path / "a.npz")
    with np.load(tmp_path / "a.npz") as arrays:
        changed = {name: arrays[name] for name in arrays.files}
    told = json.loads(changed["told"].tobytes()) | {"format": "other"}
    changed["told"] = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
    np.savez(tmp_path / "b.npz", **changed)
    with pytest.raises(ModelError, match="other"):
        storage.load(tmp_path / "b.npz")
    assert zipfile.is_zipfile(tmp_path / "b.npz")


def test_two_labels_and_a_label_with_one_appeal_can_be_learned() -> None:
    appeals, labels = corpus()
    two = training.trained(appeals[:40], labels[:40])
    assert {each.label for each in two.suggest("路灯不亮", "").suggestions} == {"照明", "噪声"}
    rare = training.trained([*appeals, Appeal("求购彩票", "体育彩票站在哪里")], [*labels, "体育"])
    assert "体育" in rare.labels


def test_many_rare_labels_and_one_odd_appeal_among_many_can_be_learned() -> None:
    appeals, labels = corpus()
    assert len(training.trained(appeals, [f"第{at % 20}类" for at in range(len(appeals))]).labels) == 20
    odd = training.trained(appeals[:20], [*labels[:19], "其他"])
    assert odd.suggest("路灯不亮", "").suggestions[0].label == "照明"


@pytest.mark.parametrize(("appeals", "labels"), [(60, 59), (20, 20), (0, 0)])
def test_too_little_to_learn_from_is_refused(appeals: int, labels: int) -> None:
    told, names = corpus()
    with pytest.raises(TrainingError):
        training.trained(told[:appeals], names[:labels])


def test_a_column_in_which_every_value_stands_once_is_refused() -> None:
    appeals, _ = corpus()
    with pytest.raises(TrainingError, match="60 different labels"):
        training.trained(appeals, [str(at) for at in range(len(appeals))])


def test_near_duplicates_share_a_fold_and_labels_are_spread() -> None:
    appeals, labels = corpus()
    doubled = [*appeals, *(Appeal(each.subject, "又来反映一次") for each in appeals[:7])]
    places = np.array([sorted(_MATTERS).index(each) for each in [*labels, *labels[:7]]])
    fold = folds.folds_of(doubled, places)
    assert (fold[:7] == fold[len(appeals) :]).all()
    assert all(set(fold[places == place]) == set(range(folds.FOLDS)) for place in range(3))


def test_measures_of_known_cases() -> None:
    truth = np.array([0, 0, 1, 1])
    assert measures.macro_f1(truth, np.array([0, 1, 1, 1]), 2) == pytest.approx((2 / 3 + 4 / 5) / 2)
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.3, 0.7]])
    assert measures.top_accuracy(truth, probabilities, 1) == 0.75
    assert measures.top_accuracy(truth, probabilities, 2) == 1
    assert measures.calibration_error(truth, np.array([[1.0, 0.0]] * 2 + [[0.0, 1.0]] * 2)) == 0


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    commands.add_to(parser.add_subparsers())
    return parser.parse_args(["text", *words])


def test_train_and_classify_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    appeals, labels = corpus()
    rows = [
        {"subject": each.subject, "detail": each.detail, "label": label, "ward": "一"}
        for each, label in zip(appeals, labels, strict=True)
    ]
    columns = ["subject", "detail", "label", "ward"]
    tables.write(tmp_path / "in.csv.gz", columns, [*rows, {"subject": "没有标签", "detail": "", "label": ""}])
    chosen = arguments(
        "train",
        str(tmp_path / "in.csv.gz"),
        "--out",
        str(tmp_path / "m.npz"),
        "--unlabelled",
        str(tmp_path / "in.csv.gz"),
    )
    assert chosen.run == "huiyin.text.classify.lessons:train_file"
    assert chosen.needs_django is False
    assert lessons.train_file(chosen) == 0
    told = capsys.readouterr()
    assert "macro_f1" in told.out
    assert "1 rows without a label" in told.err
    classify = ("classify", str(tmp_path / "in.csv.gz"), "--model", str(tmp_path / "m.npz"))
    assert files.classify_file(arguments(*classify, "--out", str(tmp_path / "out.csv"))) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8") as source:
        written = list(csv.DictReader(source))
    added = ["label", "p", "second", "second_p", "abstain", "reasons"]
    assert list(written[0]) == ["id", "subject", "detail", "given_label", "ward", *added]
    assert written[0]["id"] == "1"
    assert sum(row["label"] == row["given_label"] for row in written[:-1]) == len(appeals)
    assert files.classify_file(arguments(*classify, "--least", "1.1", "--out", str(tmp_path / "all.csv"))) == 0
    assert all(row["abstain"] == "1" for row in tables.read(tmp_path / "all.csv").rows)


def test_a_table_with_one_label_is_refused_by_name(tmp_path: Path) -> None:
    tables.write(
        tmp_path / "in.csv", ["subject", "detail", "label"], [{"subject": "路灯", "detail": "", "label": "照明"}]
    )
    with pytest.raises(tables.TableError, match="two different labels"):
        lessons.train_file(arguments("train", str(tmp_path / "in.csv"), "--out", str(tmp_path / "m.npz")))
