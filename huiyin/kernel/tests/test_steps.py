"""The step table: what it refuses to be, what it knows."""

import pytest

from huiyin.kernel.steps import Step, StepTable


def step(verb: str, sources: tuple[str, ...], targets: tuple[str, ...]) -> Step:
    return Step(verb, verb, sources, targets, "right", "who")


def test_a_table_knows_what_is_open_and_reachable() -> None:
    table = StepTable(
        "t", "a", ("c",), (step("go", ("a",), ("b",)), step("end", ("b",), ("c",)), step("note", ("a",), ()))
    )
    assert [found.verb for found in table.open_in("a")] == ["go", "note"]
    assert table.reachable() == {"a", "b", "c"}
    assert "a --> b: go" in table.mermaid({"a": "A", "b": "B", "c": "C"})


def test_no_step_leaves_an_end_and_no_verb_stands_twice() -> None:
    with pytest.raises(AssertionError):
        StepTable("t", "a", ("a",), (step("go", ("a",), ("b",)),))
    with pytest.raises(AssertionError):
        StepTable("t", "a", (), (step("go", ("a",), ("b",)), step("go", ("b",), ("a",))))
