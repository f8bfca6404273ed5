from hypothesis import given
from hypothesis import strategies as st

from dynalint.holding import Holding

RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda pair: (pair[0], sum(pair))), max_size=20)


@given(RANGES, st.integers(-1, 45))
def test_holds_what_asking_each_range_finds(ranges: list[tuple[int, int]], place: int) -> None:
    holding = Holding((start, end, number) for number, (start, end) in enumerate(ranges))
    expected = [number for number, (start, end) in enumerate(ranges) if start <= place < max(end, start + 1)]
    assert list(holding.at(place)) == expected
