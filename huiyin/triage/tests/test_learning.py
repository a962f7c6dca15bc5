"""Learning from closed appeals: what teaches, what judges, who goes live; the night's job and the commands."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from huiyin.config import command
from huiyin.journal import beside
from huiyin.kernel.errors import RuleBroken
from huiyin.people.actors import SYSTEM
from huiyin.triage import learning, lessons, queries, readers, running, tasks, workflow
from huiyin.triage.lessons import Lesson, Source
from huiyin.triage.models import Reader
from huiyin.triage.rules import Missing
from huiyin.triage.tests.conftest import NEWEST, lessons_of_two_months
from tests.journeys.steps import go


class Offered:
    """The lessons a test offers in place of the house's own."""

    rows: list[Lesson] = []


@pytest.fixture
def offered(haiqing: None) -> Iterator[type[Offered]]:
    """Lessons as the package above would offer them."""
    own = lessons._Offered.source
    lessons.offer(Source(lambda: iter(Offered.rows), lambda: len(Offered.rows)))
    Offered.rows = []
    go("06-30 13:00")
    yield Offered
    lessons._Offered.source = own


def asked(*words: str) -> argparse.Namespace:
    """A command line as the parser reads it."""
    return command.parser("triage").parse_args(["triage", *words])


def test_too_little_to_learn_from_is_told(offered: type[Offered], capsys: pytest.CaptureFixture[str]) -> None:
    offered.rows = lessons_of_two_months(150)
    assert learning.plan(offered.rows, "category") is Missing.LESSONS
    assert running.train(asked("train", "--aspect", "category")) == 1
    assert "能学的不足 200 件" in capsys.readouterr().out
    assert not queries.readers()


def test_a_first_reader_goes_live_when_it_is_not_worse_than_the_starter(
    offered: type[Offered], capsys: pytest.CaptureFixture[str]
) -> None:
    offered.rows = lessons_of_two_months(280)
    given = learning.plan(offered.rows, "category")
    assert not isinstance(given, Missing)
    judged = {lesson.appeal_id for lesson in given.held_out}
    assert judged and not judged & {lesson.appeal_id for lesson, _ in given.taught}
    assert all(lesson.closed_at > NEWEST - timedelta(days=30) for lesson in given.held_out)
    assert running.train(asked("train")) == 0
    found = {row.aspect: row for row in queries.readers()}
    assert set(found) == {"category", "kind"}
    category = found["category"]
    assert category.outcome == Reader.Outcome.LIVE and category.compared_with is None
    assert category.right_count == category.held_out_count >= 20
    assert category.closed_count == 280 and category.labels_count == 4
    assert queries.live()["category"].reader_id == category.pk
    told = capsys.readouterr().out
    assert "已上线" in told and "急不急：至少要有 2 类各 10 件，没有训练" in told


def test_a_reader_worse_on_the_last_month_does_not_go_live(offered: type[Offered]) -> None:
    offered.rows = lessons_of_two_months(280)
    running.train(asked("train", "--aspect", "category"))
    good = queries.live()["category"].reader_id
    last_month = {lesson.appeal_id for lesson in offered.rows if lesson.closed_at > NEWEST - timedelta(days=30)}
    confused = lessons_of_two_months(280, swapped_after=NEWEST - timedelta(days=61))
    honest = {lesson.appeal_id: lesson for lesson in offered.rows}
    judges = {lesson.appeal_id for lesson in learning.plan(offered.rows, "category").held_out}  # type: ignore[union-attr]  # there is enough to learn
    assert judges <= last_month
    offered.rows = [honest[each.appeal_id] if each.appeal_id in judges else each for each in confused]
    running.train(asked("train", "--aspect", "category"))
    newest = queries.readers()[0]
    assert newest.outcome == Reader.Outcome.WORSE and newest.compared_with_id == good
    assert newest.right_count < newest.live_right_count and not newest.sha256
    assert queries.live()["category"].reader_id == good


def test_no_reader_holds_names_or_numbers(offered: type[Offered]) -> None:
    offered.rows = [
        replace(each, detail=f"我叫王秀兰，电话 19900001001，住 3 号楼 2 单元 501。{each.detail}")
        for each in lessons_of_two_months(280)
    ]
    running.train(asked("train", "--aspect", "category"))
    words = readers.load(queries.readers()[0].sha256).reading.vocabulary.words
    assert {"电梯", "油烟", "晚上"} <= set(words)
    assert not {"王秀兰", "秀兰", "19900001001", "501"} & set(words)


def test_a_choice_of_a_person_is_not_undone_by_a_night(offered: type[Offered]) -> None:
    offered.rows = lessons_of_two_months(280)
    workflow.use_starter(SYSTEM, "category")
    running.train(asked("train", "--aspect", "category"))
    newest = queries.readers()[0]
    assert newest.outcome == Reader.Outcome.PINNED and newest.sha256
    assert "category" not in queries.live()


def test_the_commands_switch_and_show(offered: type[Offered], capsys: pytest.CaptureFixture[str]) -> None:
    offered.rows = lessons_of_two_months(280)
    running.train(asked("train", "--aspect", "category"))
    number = queries.readers()[0].pk
    capsys.readouterr()
    assert running.show_models(asked("models")) == 0
    assert f"事项分类：第 {number} 号，自 2026-06-30 起" in capsys.readouterr().out
    assert running.back(asked("back")) == 0
    assert "事项分类：词表，自 2026-06-30 起，由人指定" in capsys.readouterr().out
    assert running.use(asked("use", str(number))) == 0
    assert running.use(asked("use", "auto")) == 0
    assert "由人指定" not in capsys.readouterr().out.splitlines()[-1]
    with pytest.raises(RuleBroken):
        running.use(asked("use", "best"))
    assert running.show_figures(asked("figures")) == 0
    assert "暂时没有数字" in capsys.readouterr().out


def test_going_back_needs_something_before(offered: type[Offered]) -> None:
    with pytest.raises(RuleBroken):
        running.back(asked("back"))


def test_a_night_with_little_new_starts_nothing(offered: type[Offered]) -> None:
    offered.rows = lessons_of_two_months(190)
    tasks.learn(1)
    assert not beside.is_running("triage", "train", "--for-worker")


def test_neither_web_nor_worker_loads_the_solvers() -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'huiyin.config.settings'; django.setup();"
        "import huiyin.config.urls, huiyin.config.work, huiyin.triage.tasks;"
        "print(sorted({'sklearn', 'scipy', 'huiyin.triage.learning'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"
