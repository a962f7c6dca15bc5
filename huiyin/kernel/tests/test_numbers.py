"""Appeal numbers and query codes: readable aloud, with a check digit that finds slips of the tongue."""

from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel import numbers

KEY = b"a key of this test"


@given(st.integers(2026, 2060), st.integers(0, 11), st.integers(0, 9))
def test_one_wrong_digit_is_always_found(year: int, place: int, digit: int) -> None:
    number = numbers.new_number(year)
    wrong = number[:place] + str(digit) + number[place + 1 :]
    assert numbers.is_sound(number)
    assert numbers.is_sound(wrong) is (wrong == number)


@given(st.integers(0, 10))
def test_two_swapped_neighbours_are_always_found(place: int) -> None:
    number = numbers.new_number(2026)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert numbers.is_sound(swapped) is (swapped == number)


def test_numbers_start_with_the_year_and_do_not_follow_each_other() -> None:
    made = {numbers.new_number(2026) for _ in range(200)}
    assert len(made) == 200
    assert {number[:2] for number in made} == {"26"}
    steps = {int(b) - int(a) for a, b in zip(sorted(made), sorted(made)[1:], strict=False)}
    assert len(steps) > 100


def test_a_code_belongs_to_its_number_and_version_only() -> None:
    number = numbers.new_number(2026)
    code = numbers.query_code(number, 1, KEY)
    assert len(code) == numbers.CODE_DIGITS and numbers.is_sound(code)
    assert numbers.code_fits(numbers.grouped(code), number, 1, KEY)
    assert not numbers.code_fits(code, number, 2, KEY)
    assert not numbers.code_fits(code, numbers.new_number(2026), 1, KEY)
    assert not numbers.code_fits(code, number, 1, b"another key")


def test_what_people_type_and_say_is_understood() -> None:
    assert numbers.normalise(" 2603-4827 １９３６ ") == "260348271936"
    assert numbers.normalise("二六〇三四八二七幺九三六") == "260348271936"
    assert numbers.grouped("260348271936") == "2603 4827 1936"
    assert numbers.grouped("4829130576") == "482 913 0576"
