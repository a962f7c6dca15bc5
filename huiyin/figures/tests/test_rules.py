"""The arithmetic of figures against the seeds' own numbers."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from huiyin.figures import rules


def test_closing_rate_of_the_seed_is_96_81() -> None:
    assert rules.percent(rules.rate(1883, 1945)) == "96.81%"


def test_shares_of_suggestions_and_demands_add_up() -> None:
    assert rules.shares([574, 1371], places=2) == ["29.51%", "70.49%"]
    assert rules.shares([574, 1371]) == ["29.5%", "70.5%"]


def test_an_empty_base_is_never_zero_or_hundred_percent() -> None:
    assert rules.percent(rules.rate(0, 0)) == "—"
    assert rules.signed_percent(rules.change(5, 0)) == "—"
    assert rules.shares([0, 0]) == ["—", "—"]


def test_changes_of_march_2026() -> None:
    assert rules.signed_percent(rules.change(100, 80)) == "+25.00%"
    assert rules.signed_percent(rules.change(100, 110)) == "−9.09%"
    assert rules.signed_percent(rules.change(26, 36)) == "−27.78%"


def test_halves_are_rounded_up() -> None:
    assert rules.percent(Fraction(1, 800)) == "0.13%"


def test_the_month_before_and_the_year_before() -> None:
    march = rules.month(date(2026, 3, 15))
    assert (march.first, march.end, march.last) == (date(2026, 3, 1), date(2026, 4, 1), date(2026, 3, 31))
    assert march.before() == rules.month(date(2026, 2, 1))
    assert march.year_before() == rules.month(date(2025, 3, 1))
    assert rules.days_up_to(date(2026, 3, 10), 7).before().last == date(2026, 3, 3)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any))
def test_shown_shares_always_add_up_to_a_hundred(parts: list[int]) -> None:
    shown = [Fraction(share.rstrip("%")) for share in rules.shares(parts)]
    assert sum(shown) == 100
    assert all(
        abs(given - Fraction(part * 100, sum(parts))) <= Fraction(1, 10)
        for given, part in zip(shown, parts, strict=True)
    )
