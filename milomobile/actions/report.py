"""What stands on the page Bilan: the figures of a period."""

from datetime import date

from milomobile.actions import home
from milomobile.actions.open import Profile
from milomobile.domain import retention
from milomobile.domain.people import abroad
from milomobile.store import encounters, tallies


def figures(profile: Profile, first: date, last: date) -> dict[str, int]:
    """Counts of a period: encounters, registrations, anonymous, groups, people_met, people.

    `outside` are those of `people` who belong to another Mission Locale.
    """
    territory = home.territory(profile)
    with profile.store.read() as session:
        counts, homes = encounters.figures(session, first, last), encounters.homes(session, first, last)
        counts["people"] += tallies.people(session, first, last)
        before = tallies.people(session, first, last, retention.OUTSIDE)
    outside = before + sum(
        people
        for commune, country, structure, people in homes
        if territory.outside(commune, abroad(country), structure)
    )
    return {**counts, "outside": outside}
