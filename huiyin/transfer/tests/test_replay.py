"""Replay: every matter of the file gets an owner, a date, an answer, its slips and its end, late or on time."""

import argparse
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from huiyin.appeals.models import Appeal, Slip
from huiyin.appeals.stages import Outcome, Stage
from huiyin.config.command import main
from huiyin.kernel import clock
from huiyin.kernel.errors import RuleBroken
from huiyin.transfer import replay, running
from huiyin.transfer.tests.conftest import Write

HEAD = "留言主题,留言详情,留言用户,留言时间,答复意见,答复时间"
ROWS = (
    "路灯不亮,小区门口路灯坏了一周,A0001,2025/3/3 10:05,已更换灯具，当晚恢复照明。,2025/3/5 15:00",
    "下水道堵塞,污水漫到楼道口,A0002,2025/3/3 11:00,已疏通并清洗楼道。,2025/3/4 9:30",
    "停车难,晚上没有车位,A0003,2025/3/4 9:00,拟增划车位，正在征求意见。,2025/9/1 10:00",
    "电梯停运,三天没有电梯,A0001,2025/3/7 22:30,配件已到，今日恢复。,2025/3/10 17:40",
)
pytestmark = pytest.mark.usefixtures("_haiqing")


@pytest.fixture
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes would not see the rows of a test: its own does the work and keeps its connection."""

    def here(told: list[replay.Told], *, cores: int, progress: replay.Progress) -> int:
        return replay.run(told, progress=progress)

    monkeypatch.setattr(replay, "run_on_all_cores", here)
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.mark.usefixtures("one_process")
def test_every_matter_is_led_to_its_end(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    steps: list[int] = []
    told = replay.read(write(HEAD, *ROWS), {})
    assert replay.run(told, progress=steps.append) == len(steps) == 7 * len(ROWS)
    for appeal in Appeal.objects.all():
        assert (appeal.stage, appeal.outcome) == (Stage.CLOSED, Outcome.UNRATED)
        assert appeal.keeper_id and appeal.lead_unit_id and appeal.answer_due_on and appeal.answered_at
        assert Slip.objects.filter(appeal=appeal, delivered_at__isnull=False).count() == 4
    parking, lamp = Appeal.objects.get(subject="停车难"), Appeal.objects.get(subject="路灯不亮")
    assert lamp.registered_at == datetime(2025, 3, 3, 10, 5, tzinfo=clock.LOCAL)
    assert lamp.answered_at is not None and parking.answered_at is not None
    assert clock.local_date(lamp.answered_at) <= lamp.answer_due_on
    assert clock.local_date(parking.answered_at) > parking.answer_due_on, "a late answer stays late"
    assert clock.local_date(parking.answered_at) == date(2025, 9, 1)


@pytest.mark.usefixtures("one_process")
def test_the_printed_table_counts_what_was_replayed(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = argparse.Namespace(file=write(HEAD, *ROWS), map=[], processes=1)
    assert running.replay_file(arguments) == 0
    told = capsys.readouterr().out
    assert "回放 4 件、28 步" in told and "收到 4（受理口径）  受理 4  办结 4" in told
    assert "到期 4（到期口径）  按期 3  按期办结率 75" in told
    assert "有责任人 4  有到期日 4  有答复 4  四方反馈单 16" in told


def test_what_the_file_does_not_say_is_not_made_up(write: Write) -> None:
    silent = replay.read(write(HEAD, "路灯,坏了,A1,2025/3/3 10:00,,2025/3/3 9:00"), {})[0]
    assert silent.reply == "（原件没有答复文字）"
    assert silent.replied_at - silent.said_at == timedelta(minutes=10), "no answer before the question"


@pytest.mark.parametrize("row", ["路灯,,A1,昨天,好,2025/3/3", "路灯,坏了,A1,2025/3/3,好,", ",,A1,2025/3/3,好,2025/3/4"])
def test_a_row_that_cannot_be_replayed_is_named_by_line(write: Write, row: str) -> None:
    with pytest.raises(RuleBroken, match="第 3 行"):
        replay.read(write(HEAD, ROWS[0], row), {})


def test_an_empty_file_has_nothing_to_replay(write: Write) -> None:
    with pytest.raises(RuleBroken, match="没有可以回放"):
        replay.read(write(HEAD), {})


@pytest.mark.parametrize("command", ["import", "replay"])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    told: Any = capsys.readouterr().out
    assert ended.value.code == 0 and "example:" in told and "--map OURS=THEIRS" in told


def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", "people", str(tmp_path)])
    assert ended.value.code == 2 and "appeals" in capsys.readouterr().err
