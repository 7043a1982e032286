"""The van's day: what is planned ahead, who was met, whom to call back, what lies half-filled.

Planned stops stay on this laptop: they are an intention, they change, and whoever plans is who drives. What took place
travels, from the moment it does.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.actions.register import known_place
from milomobile.actions.stops import open_in, place_name, stop_of, undo_in
from milomobile.domain import hours
from milomobile.domain.dates import DAYS, LOCAL, MONTHS, french_time
from milomobile.domain.outings import Day, Draft, Halt, Place, Planned, Recall, Row, Tour
from milomobile.domain.people import Person, short_name
from milomobile.domain.problems import Problem
from milomobile.domain.texts import initials
from milomobile.errors import NotOurs, NotReady
from milomobile.store import encounters, journal, outbox, outings, recalls
from milomobile.store.outbox import Letter, Outbox
from sync import records

_PAST = "Ce jour est passé. Rien n’a été modifié. Notez plutôt l’arrêt avec ses heures."


def day(profile: Profile, now: datetime) -> Day:
    """Today's stops, who was met, and the counters."""
    today = now.astimezone(LOCAL).date()
    with profile.store.read() as session:
        tour_today = _tour(session, today)
        still_open = tuple(map(stop_of, outings.still_open(session)))
        met = tuple(_row(row) for row in encounters.of_day(session, today))
        count = encounters.figures(session, today, today)
    forgotten = [stop for stop in still_open if hours.left_open(stop.opened_at, now)]
    going = [stop for stop in still_open if stop not in forgotten]
    begun_before = tuple(stop for stop in going if stop not in tour_today.stops)
    return Day(
        tour=Tour(today, (*begun_before, *tour_today.stops), tour_today.planned, tour_today.last),
        open_stop=going[-1] if going else None,
        left_open=forgotten[0] if forgotten else None,
        met=met,
        encounters=count["encounters"],
        registrations=count["registrations"],
        anonymous=count["anonymous"],
        people_met=count["people_met"],
        waiting=Outbox(profile.store).waiting(),
    )


def tour(profile: Profile, day: date) -> Tour:
    """The stops of a day, past or to come."""
    with profile.store.read() as session:
        return _tour(session, day)


def _tour(session: Any, day: date) -> Tour:
    stops = tuple(map(stop_of, outings.stops_of(session, day)))
    planned = tuple(_planned(row) for row in outings.planned(session, day))
    return Tour(day, stops, planned, outings.last_day(session, day))


def _planned(row: Any) -> Planned:
    place = Place(row.place_id, row.name, row.setting, row.commune, row.qpv)
    hour: list[time | None] = [time.fromisoformat(said) if said else None for said in (row.starts, row.ends)]
    return Planned(row.id, row.day, place, hour[0], hour[1], tuple(row.partners))


def plan_stop(profile: Profile, planned: Planned, now: datetime) -> str:
    """Keeps a stop to come, in place of the one of that id; returns its id. Raises NotReady.

    A place that is new is kept, and travels, as at any stop; what is planned does not.
    """
    today = now.astimezone(LOCAL).date()
    if planned.day < today:
        raise NotReady(_PAST, (Problem("day", _PAST),))
    if planned.starts and planned.ends:
        opened = hours.moment(planned.day, planned.starts)
        if hours.ending(opened, planned.ends) < opened:
            raise NotReady(hours.BACKWARDS, (Problem("closed_at", hours.BACKWARDS),))
    name, moment, letters = place_name(planned.place.name), round(now.timestamp() * 1000), list[Letter]()
    id = planned.id or records.uuid7(moment)
    with profile.store.write() as session:
        where = planned.place
        place = known_place(session, name, where.setting, where.commune, where.qpv, letters, moment)
        if letters:
            outbox.put(session, letters, now)
        outings.plan(session, id, _columns(planned, place.id))
        journal.write(session, now, profile.adviser_id, "create planned", id)
    return id


def _columns(planned: Planned, place: str) -> dict[str, Any]:
    starts, ends = (at and f"{at:%H:%M}" for at in (planned.starts, planned.ends))
    return {
        "day": planned.day,
        "place_id": place,
        "starts": starts,
        "ends": ends,
        "partners": list(planned.partners),
    }


def unplan_stop(profile: Profile, id: str, now: datetime) -> None:
    """Forgets a stop to come, and what was planned for days long past."""
    with profile.store.write() as session:
        outings.unplan(session, id, now.astimezone(LOCAL).date() - timedelta(days=30))
        journal.write(session, now, profile.adviser_id, "erase planned", id)


def start_planned(profile: Profile, id: str, now: datetime) -> str:
    """Begins a planned stop now; returns the stop's id. Raises NotOurs where nothing is planned under that id."""
    with profile.store.write() as session:
        today = now.astimezone(LOCAL).date()
        row = next((row for row in outings.planned(session, today) if row.id == id), None)
        if row is None:
            raise NotOurs("Cet arrêt n’est plus prévu aujourd’hui. Rien n’a été modifié. Regardez la tournée du jour.")
        where = (row.name, row.setting, row.commune, row.qpv)
        stop = open_in(session, profile, where, Halt(partners=tuple(row.partners)), now)
        outings.unplan(session, id)
    return stop


def undo_stop(profile: Profile, stop: str, ended: str | None, planned: Planned | None, now: datetime) -> None:
    """A stop that began by mistake, as if it had not (`stops.undo_in`); the planned one that it was is to come again."""
    with profile.store.write() as session:
        undo_in(session, profile, stop, ended, now)
        if planned:
            outings.plan(session, planned.id, _columns(planned, planned.place.id))


def repeat_tour(profile: Profile, day: date, now: datetime) -> list[str]:
    """Plans for a day the stops of the last day that had some, at their hours; returns the ids of what is planned."""
    moment = round(now.timestamp() * 1000)
    with profile.store.write() as session:
        last = outings.last_day(session, day)
        made = [(records.uuid7(moment), stop_of(row)) for row in (outings.stops_of(session, last) if last else [])]
        for id, stop in made:
            ends = stop.closed_at.astimezone(LOCAL).time() if stop.closed_at else None
            planned = Planned(id, day, stop.place, stop.opened_at.astimezone(LOCAL).time(), ends, stop.partners)
            outings.plan(session, id, _columns(planned, stop.place.id))
            journal.write(session, now, profile.adviser_id, "create planned", id)
    return [id for id, _ in made]


def to_call(profile: Profile, now: datetime) -> list[Recall]:
    """À rappeler: whom to call today or since, the longest due first."""
    with profile.store.read() as session:
        rows = recalls.due(session, now.astimezone(LOCAL).date())
    outcomes = reference.lists()["resultat_contact"]
    return [
        Recall(
            person=row.person,
            name=short_name(row.given_name, row.birth_name),
            initials=initials(row.given_name, row.birth_name),
            since=row.recall_on,
            why=outcomes.get(row.outcome or "", ""),
        )
        for row in rows
    ]


def _row(row: Any) -> Row:
    lists = reference.lists()
    needs = ", ".join(lists["demande_exprimee"].get(code, code) for code in row.needs)
    band = lists["tranche_age"].get(row.age_band or "", "").split(" (")[0]
    common = {"id": row.id, "person": row.person_id, "at": row.at, "sent": bool(row.sent)}
    if row.kind == "anonymous":
        common["nameable"] = row.age_band != "MOINS_16"
        return Row(name="Contact anonyme", initials="", age=band, line=needs, state="anonymous", **common)
    if row.kind == "group":
        counts = ((row.women, "femme"), (row.men, "homme"), (row.unspecified, "personne"))
        said = ", ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n)
        return Row(name="Groupe", initials="", age=band, line=said, state="group", **common)
    if row.person_id is None:
        return Row(name="Contact sans nom", initials="", age="", line="", state="anonymous", nameable=False, **common)
    age = Person(birth_date=row.birth_date, stated_age=row.stated_age).age(row.at.astimezone(LOCAL).date())
    line = needs or lists["resultat_contact"].get(row.outcome, "")
    if row.meeting_at:
        when = row.meeting_at.astimezone(LOCAL)
        day_name = f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"
        line = f"Rendez-vous {day_name}, {french_time(when)}, {row.meeting_place}"
    return Row(
        name=short_name(row.given_name, row.birth_name),
        initials=initials(row.given_name, row.birth_name),
        age="" if age is None else f"{age}\u00a0ans",
        line=line,
        state="complete" if row.birth_date else "incomplete",
        **common,
    )


def keep_draft(profile: Profile, id: str, answers: dict[str, object], now: datetime) -> datetime:
    """Keeps a half-filled form in the encrypted store; returns when."""
    with profile.store.write() as session:
        encounters.keep_draft(session, id, profile.adviser_id, now, answers)
    return now


def drop_draft(profile: Profile, id: str) -> None:
    """Forgets a draft."""
    with profile.store.write() as session:
        encounters.drop_draft(session, id)


def drafts(profile: Profile) -> list[Draft]:
    """The drafts of who is at work, last kept first; nobody sees another's."""
    with profile.store.read() as session:
        return [Draft(row.id, row.kept_at, row.answers) for row in encounters.drafts(session, profile.adviser_id)]
