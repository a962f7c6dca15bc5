"""The commands as they are typed: results written, faults refused with their line and exit code 1."""

import json
from pathlib import Path

import pytest

from huiyin.choice.tests.test_ballots_stv import SMALL
from huiyin.choice.tests.test_budget_files import PAPERS
from huiyin.choice.tests.typed import typed


def test_budget(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out, selected = tmp_path / "a.pb", tmp_path / "r.json", tmp_path / "b.pb"
    source.write_text(PAPERS, "utf-8")
    words = ["budget", str(source), "--rule", "equal-shares", "--completion", "increment", "--step", "0.5"]
    assert typed(*words, "--ties", "votes,cost", "--out", str(out), "--pb-out", str(selected)) == 0
    result = json.loads(out.read_text("utf-8"))
    assert sorted(result["winners"]) == ["3", "p-two", "p1"]
    assert "平局:支持人数多者优先" in result["tie_rule"]["zh"]
    assert selected.read_text("utf-8").count(";1\n") == 3
    assert "选出 3 / 3 项" in capsys.readouterr().out
    first = out.read_bytes()
    assert typed(*words, "--ties", "votes,cost", "--out", str(out)) == 0
    assert out.read_bytes() == first


@pytest.mark.parametrize("step", ["1e99999999", "1/0", "nan", "half"])
def test_a_step_that_is_no_amount_is_wrong_usage(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        typed("budget", "a.pb", "--rule", "equal-shares", "--out", "r.json", "--step", step)
    assert "not an amount such as 1, 0.5 or 1/3" in capsys.readouterr().err


def test_stv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "a.blt", tmp_path / "r.json"
    source.write_text(SMALL, "utf-8")
    for rule in ("scottish", "meek", "meek-fine"):
        assert typed("stv", str(source), "--rule", rule, "--out", str(out)) == 0
        result = json.loads(out.read_text("utf-8"))
        assert result["rule"] == rule
        assert result["elected"] == ["Castor", "Helen"]
        assert result["pairs"]["smith_set"] == ["Castor"]
    assert "当选 2 人:Castor、Helen" in capsys.readouterr().out


def test_stv_with_equal_ranks_says_which_rule_it_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "a.blt", tmp_path / "r.json"
    source.write_text('2 1\n1 1=2 0\n2 1 0\n0\n"A"\n"B"\n"t"\n', "utf-8")
    assert typed("stv", str(source), "--rule", "meek", "--out", str(out)) == 0
    assert json.loads(out.read_text("utf-8"))["rule"] == "meek-fine"
    assert "改用 meek-fine" in capsys.readouterr().out


def test_majority(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule, counts, out = tmp_path / "rule.json", tmp_path / "counts.json", tmp_path / "v.json"
    rule.write_text('{"preset": "rep_two_thirds_eligible"}', "utf-8")
    counts.write_text('{"eligible": 60, "present": 46, "yes": 39, "no": 5, "abstained": 2}', "utf-8")
    assert typed("majority", str(rule), str(counts), "--out", str(out)) == 0
    assert json.loads(out.read_text("utf-8"))["outcome"] == "not_passed"
    assert "未通过:差 1 票。" in capsys.readouterr().out
    rule.write_text('{"preset": "residents_2026"}', "utf-8")
    assert typed("majority", str(rule), str(counts)) == 1
    assert "尚未录入" in capsys.readouterr().err


def test_wrong_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "a", str(tmp_path / "r.json")
    source.write_text(PAPERS.replace("2;71;F;p1", "2;71;F;p9"), "utf-8")
    assert typed("budget", str(source), "--rule", "greedy", "--out", out) == 1
    assert "line 15: expected a code of PROJECTS" in capsys.readouterr().err
    assert typed("stv", str(source), "--rule", "meek", "--out", out) == 1
    assert "line 1: expected number of candidates" in capsys.readouterr().err
    assert typed("majority", str(source), str(source)) == 1
    assert "not correct JSON" in capsys.readouterr().err
    assert typed("budget", str(tmp_path / "none.pb"), "--rule", "greedy", "--out", out) == 1
    assert "none.pb" in capsys.readouterr().err
    assert not Path(out).exists()
    source.write_text(SMALL, "utf-8")
    assert typed("stv", str(source), "--rule", "meek", "--out", str(tmp_path / "no" / "r.json")) == 1
    assert capsys.readouterr().err.startswith(str(tmp_path / "no" / "r.json"))
