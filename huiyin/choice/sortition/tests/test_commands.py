"""The command writes a panel and everybody's chance, and a wrong file is told with its line."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huiyin.choice.tests.typed import typed

Run = Callable[..., tuple[int, Any, Path]]
QUOTAS = "feature,value,min,max\nsex,f,1,1\nsex,m,1,1\n"
PEOPLE = "id,home,sex\nk1,1,f\nk2,1,m\nk3,2,f\nk4,3,m\n"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*more: str, quotas: str = QUOTAS, people: str = PEOPLE) -> tuple[int, Any, Path]:
        (tmp_path / "q.csv").write_text(quotas, encoding="utf-8")
        (tmp_path / "p.csv").write_text(people, encoding="utf-8")
        files = [str(tmp_path / "p.csv"), str(tmp_path / "q.csv")]
        out = ["--out", str(tmp_path / "o.csv"), "--chances", str(tmp_path / "c.csv")]
        code = typed("draw", *files, "--size", "2", "--seed", "s", *out, *more)
        return code, capsys.readouterr(), tmp_path

    return call


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_panel_chances_and_replay(run: Run, tmp_path: Path) -> None:
    lottery = str(tmp_path / "l.json")
    code, told, folder = run("--household", "home", "--lottery", lottery)
    assert code == 0
    panel = read(folder / "o.csv")
    assert [row["sex"] for row in panel] in (["f", "m"], ["m", "f"])
    assert {row["person"] for row in panel} != {"k1", "k2"}
    assert sum(float(row["chance"]) for row in read(folder / "c.csv")) == pytest.approx(2)
    assert "2 of 4 people" in told.out
    assert run("--household", "home", "--replay", lottery)[0] == 0
    assert read(folder / "o.csv") == panel


def test_the_older_layout_without_names(run: Run) -> None:
    quotas = "category,feature,min,max\nsex,f,1,1\nsex,m,1,1\n"
    code, _, folder = run(quotas=quotas, people="sex\nf\nm\nf\n")
    assert code == 0
    assert [row["person"] for row in read(folder / "c.csv")] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("quotas", "people", "said"),
    [
        ("feature,value,min,max\nsex,f,2,1\n", PEOPLE, "line 2: whole numbers min ≤ max"),
        ("feature,value,min,max\nsex,f,0,1" + "0" * 5000 + "\n", PEOPLE, "第 2 行:min 与 max 应为整数"),
        ("feature,value,min\nsex,f,2\n", PEOPLE, "line 1: a column max was expected"),
        ("", PEOPLE, "line 1: a header was expected"),
        (QUOTAS, "id,sex\nk1,f\nk2,x\n", "line 3: sex = 'x' has no quota"),
        (QUOTAS, "id,sex\nk1,f,7\n", "line 2: 2 fields were expected, found 3"),
        (QUOTAS, "id,age\nk1,9\n", "line 1: a column sex was expected"),
        (QUOTAS + "sex,f,0,1\n", PEOPLE, "line 4: sex = f has a quota already"),
        ("feature,value,min,max\nsex,f,2,2\nsex,m,1,1\n", PEOPLE, "No panel of 2 people"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(run: Run, quotas: str, people: str, said: str) -> None:
    code, told, _ = run(quotas=quotas, people=people)
    assert code == 1
    assert said in told.err
