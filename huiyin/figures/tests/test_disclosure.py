"""Small cells stay hidden, from the total too."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from huiyin.figures.disclosure import Published, Shown, published, single


def texts(cells: list[Published]) -> list[str]:
    return [cell.text for cell in cells]


def test_a_count_of_one_or_two_is_less_than_three() -> None:
    assert [single(count).text for count in (0, 1, 2, 3)] == ["0", "<3", "<3", "3"]


def test_one_small_cell_takes_the_smallest_other_with_it() -> None:
    cells, total = published([40, 12, 7, 2])
    assert texts(cells) == ["40", "12", "※", "<3"]
    assert total.text == "61"


def test_two_different_small_cells_protect_each_other() -> None:
    cells, total = published([40, 2, 1])
    assert texts(cells) == ["40", "<3", "<3"]
    assert total.text == "43"


def test_two_equal_small_cells_do_not() -> None:
    assert texts(published([40, 9, 1, 1])[0]) == ["40", "※", "<3", "<3"]
    assert texts(published([40, 9, 2, 2])[0]) == ["40", "※", "<3", "<3"]


def test_when_nothing_can_cover_the_total_is_not_told() -> None:
    cells, total = published([2, 2])
    assert (texts(cells), total.text) == (["<3", "<3"], "※")
    assert published([1])[1].text == "<3"


def test_a_table_without_small_cells_is_told_whole() -> None:
    cells, total = published([40, 0, 3])
    assert (texts(cells), total.text) == (["40", "0", "3"], "43")


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_no_small_cell_follows_from_what_is_told(counts: list[int]) -> None:
    cells, total = published(counts)
    ranges = {Shown.OPEN: None, Shown.SMALL: range(1, 3), Shown.COVERED: range(3, 60)}
    candidates = [
        range(cell.value or 0, (cell.value or 0) + 1) if ranges[cell.shown] is None else ranges[cell.shown]
        for cell in cells
    ]
    for n, cell in enumerate(cells):
        if cell.shown is not Shown.SMALL:
            continue
        possible = {value for value in (1, 2) if _could_be(n, value, candidates, cells, total)}
        assert possible == {1, 2}


def _could_be(n: int, value: int, candidates: list[range | None], cells: list[Published], total: Published) -> bool:
    """Whether a small cell could hold a value, by everything a reader is told."""
    if total.shown is not Shown.OPEN:
        return True
    assert total.value is not None
    rest = [range(value, value + 1) if at == n else found for at, found in enumerate(candidates)]
    covered = [at for at, cell in enumerate(cells) if cell.shown is Shown.COVERED]
    certain = [list(found or ()) for at, found in enumerate(rest) if at not in covered]
    for picked in product(*certain):
        left = total.value - sum(picked)
        if (not covered and left == 0) or (covered and left >= 3 * len(covered)):
            return True
    return False
