"""The tables T1 to T11 of what `contact_facts` and `passed` hold."""

from milomobile.domain.figures import Table
from milomobile.reports import answers, meetings
from milomobile.reports.tables import Beside, Run

_MADE = (
    meetings.activity,
    meetings.public,
    answers.districts,
    answers.levels,
    answers.communes,
    answers.origins,
    answers.outcomes,
    meetings.funnel,
    answers.situations,
    meetings.reach,
    meetings.targets,
)


def tables(run: Run, beside: Beside) -> tuple[Table, ...]:
    """In their order; real figures, save where something of special categories is (`domain.suppression`)."""
    return tuple(made(run, beside) for made in _MADE)
