"""The programme's goal: by the office's dates, whatever its list says."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from milomobile.domain.programme import TARGET, Goal, goal

TOLD = {"name": "#ConstruisTonAvenir", "start": "2026-01-01", "end": "2028-01-01", "target": "1500"}


def test_the_pace_is_the_share_of_the_time_that_has_passed() -> None:
    assert goal(300, TOLD, date(2026, 1, 1)) == Goal(300, 1500, 0.0)
    assert goal(300, TOLD, date(2027, 1, 1)) == Goal(300, 1500, 0.5)
    assert goal(300, TOLD, date(2029, 1, 1)) == Goal(300, 1500, 1.0)
    assert goal(300, {}, date(2027, 1, 1)) == Goal(300, TARGET, None)
    assert goal(1, TOLD | {"end": "2025-12-31"}, date(2027, 1, 1)).expected is None


@given(
    st.dictionaries(st.sampled_from(["start", "end", "target"]), st.one_of(st.none(), st.text(), st.dates().map(str))),
    st.dates(),
)
def test_whatever_the_list_says_there_is_a_goal(told: dict[str, object], day: date) -> None:
    found = goal(7, told, day)
    assert found.target > 0 and (found.expected is None or 0 <= found.expected <= 1)
