"""What the page Bilan shows of a period."""

from dataclasses import dataclass
from datetime import date, datetime

from milomobile.domain.charting import Chart
from milomobile.domain.programme import Forecast, Goal


@dataclass(frozen=True)
class Summary:
    """Counts and charts of `first` to `last`, both included; goal and forecast are the programme's, whatever the period.

    `encounters` and `registrations` (those by name) are contacts; `people` are who is behind the latter. `referrals` are
    people given something to go on with at least once, of `told` whose outcome is known here. `updated` is when the office
    last told this laptop anything. `outside` are people of another Mission Locale.
    `leaving` are the same charts, small counts hidden: what may be copied.
    """

    first: date
    last: date
    goal: Goal
    forecast: Forecast | None
    encounters: int
    registrations: int
    people: int
    referrals: int
    told: int
    charts: tuple[Chart, ...]
    updated: datetime | None = None
    outside: int = 0
    leaving: tuple[Chart, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody was met."""
        return not self.encounters
