"""S12 三月月报: the worked month's numbers, by the arithmetic of the house."""

from fractions import Fraction

from huiyin.figures.rules import change, number, percent, rate, signed_percent


def test_the_rates_of_the_worked_month() -> None:
    assert percent(rate(92, 100 - 2)) == "93.88%"
    assert percent(rate(84, 90)) == "93.33%"
    assert percent(rate(90, 95)) == "94.74%"
    assert percent(rate(Fraction(50) + Fraction(10, 2), 70)) == "78.57%"
    assert percent(rate(60, 92)) == "65.22%"
    assert percent(rate(9, 120)) == "7.50%"


def test_satisfaction_of_both_raters_and_its_index() -> None:
    residents, representatives = rate(30 + 15 + 8, 60), rate(38, 40)
    assert residents is not None
    assert representatives is not None
    assert (percent(residents), percent(representatives)) == ("88.33%", "95.00%")
    assert percent(residents * Fraction(6, 10) + representatives * Fraction(4, 10)) == "91.00%"
    index = rate(30 * 100 + 15 * 80 + 8 * 60 + 5 * 40 + 2 * 0, 60)
    assert number(index) == "81.33"


def test_year_on_year_and_month_on_month() -> None:
    assert signed_percent(change(100, 80)) == "+25.00%"
    assert signed_percent(change(100, 110)) == "−9.09%"
