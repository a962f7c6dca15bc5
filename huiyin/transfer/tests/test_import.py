"""Import: all good rows or none, bad rows by line with the reason, once however often."""

from datetime import datetime
from typing import Any

import pytest

from huiyin.appeals.models import Appeal
from huiyin.config import embedded
from huiyin.config.command import main
from huiyin.kernel import clock
from huiyin.kernel.errors import DomainError, NotFound, RuleBroken
from huiyin.people import queries as people
from huiyin.transfer import importing
from huiyin.transfer.importing import BadRow, Outcome
from huiyin.transfer.tests.conftest import Write

HEAD = "诉求内容,登记时间,诉求类型,渠道,社区代码,诉求人,电话"
LAMP = "路灯不亮,2026-05-04 10:00,求助,room_visit,990101001001,王秀兰,199 0000 1001"
LID = "井盖松动,2026-05-03 10:00,,,,李强,"
pytestmark = pytest.mark.usefixtures("_haiqing")


def imported(path: Any, **more: Any) -> Outcome:
    user = people.user_by_login("clerk.lt")
    actor = people.actor_of(user.pk, user.name, clock.today())
    options = {"mapping": {}, "channel": "web", "area_code": "990101001001"} | more
    return importing.import_appeals(actor, path, **options)


def test_rows_are_registered_as_they_were_said_then(write: Write) -> None:
    assert imported(write(HEAD, LAMP, LID)) == Outcome(2, (), 2)
    lamp, lid = Appeal.objects.get(detail="路灯不亮"), Appeal.objects.get(detail="井盖松动")
    assert lamp.registered_at == datetime(2026, 5, 4, 10, 0, tzinfo=clock.LOCAL)
    assert (lamp.appeal_type, lamp.channel.code, lamp.area.code) == ("help", "room_visit", "990101001001")
    assert (lid.appeal_type, lid.channel.code, lid.area.code) == ("", "web", "990101001001")
    assert lid.pk < lamp.pk, "registered in the order of time"
    assert lamp.contact is not None and (lamp.contact.masked_name, lamp.contact.masked_phone) == (
        "王**",
        "199****1001",
    )
    assert lamp.answer_due_on > lamp.registered_at.date() and lamp.keeper_id is not None
    assert clock.today().isoformat() == "2026-06-01", "the clock is put back"


def test_the_same_file_twice_registers_once(write: Write) -> None:
    path = write(HEAD, LAMP, LID)
    imported(path)
    imported(path)
    assert Appeal.objects.count() == 2


BAD = (
    (",2026-05-04 10:00,,,,,", "detail", "内容是空的"),
    ("路灯,前天,,,,,", "time", "前天"),
    ("路灯,2026-06-02 10:00,,,,,", "time", "晚于现在"),
    ("路灯,2026-05-04,表扬信,,,,", "type", "表扬信"),
    ("路灯,2026-05-04,,鸽子,,,", "channel", ""),
    ("路灯,2026-05-04,,,123,,", "area", "地点"),
    ("路灯,2026-05-04,,,," + "王" * 41 + ",", "name", "41"),
    ("路灯,2026-05-04,,,,王秀兰," + "1" * 21, "phone", "最多 20 字"),
    ("灯" * 20001 + ",2026-05-04,,,,,", "detail", "20001"),
)


def test_bad_rows_are_told_by_line_column_and_reason_and_nothing_is_imported(write: Write) -> None:
    outcome = imported(write(HEAD, LAMP, *(line for line, _, _ in BAD)))
    assert (outcome.good, outcome.imported, Appeal.objects.count()) == (1, 0, 0)
    assert [(row.line, row.column) for row in outcome.bad] == [(n, column) for n, (_, column, _) in enumerate(BAD, 3)]
    for row, (_, _, reason) in zip(outcome.bad, BAD, strict=True):
        assert reason in row.reason and "%(" not in row.reason


def test_good_rows_come_in_when_the_bad_ones_are_to_be_left_out(write: Write) -> None:
    outcome = imported(write(HEAD, LAMP, BAD[0][0], LID), leave_out_bad=True)
    assert (outcome.good, len(outcome.bad), outcome.imported, Appeal.objects.count()) == (2, 1, 2, 2)


def test_a_dry_run_imports_nothing(write: Write) -> None:
    assert imported(write(HEAD, LAMP), is_dry=True) == Outcome(1, (), 0)
    assert Appeal.objects.count() == 0


def test_a_place_outside_of_the_clerk_s_territory_imports_nothing(write: Write) -> None:
    outside = LAMP.replace("990101001001", "990101001002")
    with pytest.raises(DomainError):
        imported(write(HEAD, LID, outside))
    assert Appeal.objects.count() == 0


def test_long_reports_end_with_how_many_more() -> None:
    rows = tuple(BadRow(n, "time", "x") for n in range(2, 62))
    lines = list(importing.report(rows))
    assert len(lines) == 51 and "另有 10 行" in lines[-1]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own database is running already."""
    monkeypatch.setattr(embedded, "ensure_running", lambda: None)


@pytest.mark.usefixtures("command")
def test_the_exit_code_tells_whether_everything_came_in(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = str(write(HEAD, LAMP)), str(write(HEAD, LID, BAD[0][0], name="bad.csv"))
    words = ["--as", "clerk.lt", "--area", "990101001001"]
    assert main(["import", "appeals", good, *words, "--dry-run"]) == 0
    assert main(["import", "appeals", bad, *words, "--dry-run"]) == 1
    assert main(["import", "appeals", bad, *words]) == 1
    told = capsys.readouterr().out
    assert "第 3 行 detail: 内容是空的" in told and "没有导入任何一件" in told and Appeal.objects.count() == 0
    assert main(["import", "appeals", bad, *words, "--leave-out-bad"]) == 0
    assert main(["import", "appeals", good, *words]) == 0
    assert "已导入 1 件" in capsys.readouterr().out and Appeal.objects.count() == 2
    assert main(["import", "appeals", good, *words, "--map", "detail"]) == 1
    assert main(["import", "appeals", good, "--as", "nobody.lt"]) == 1
    assert main(["import", "appeals", "none.csv", *words]) == 1
    assert capsys.readouterr().err.count("huiyin: ") == 3, "each refusal is one line"


def test_an_unknown_place_or_channel_is_a_refusal(write: Write) -> None:
    with pytest.raises(NotFound):
        imported(write(HEAD, LAMP), area_code="123")
    assert imported(write(HEAD, LID), channel="鸽子").bad[0].column == "channel"
    with pytest.raises(RuleBroken):
        imported(write("甲", "乙"))
