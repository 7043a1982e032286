"""When a stop began and ended: hours as a clock in Metz shows them, and what is wrong with them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from milomobile.domain.dates import DAYS, LOCAL, french_time
from milomobile.domain.outings import Stop
from milomobile.domain.problems import Problem

LONGEST = timedelta(hours=8)
"""A stop that ends after midnight is no longer than this: beyond it, the end was typed before the beginning."""
BACKWARDS = "L’arrêt finit avant de commencer."
_TOO_EARLY = "Cet arrêt commence plus tard que maintenant\u00a0: prévoyez-le plutôt, ou corrigez l’heure."
_NOT_ENDED = "Cette heure de fin n’est pas encore passée\u00a0: laissez-la vide tant que l’arrêt est ouvert."


def moment(day: date, at: time) -> datetime:
    """When a clock in Metz shows `at` on a day, in UTC; of an hour that comes twice, the first."""
    return datetime.combine(day, at, LOCAL).astimezone(UTC)


def beginning(at: time, now: datetime) -> datetime:
    """When a stop began whose beginning is read as `at`: the evening before where it is not yet that late today."""
    today = now.astimezone(LOCAL).date()
    here, before = moment(today, at), moment(today - timedelta(days=1), at)
    return before if here > now and now.astimezone(UTC) - before <= LONGEST else here


def ending(opened: datetime, at: time) -> datetime:
    """When a stop ended whose end was read as `at`: after midnight where that makes it no longer than LONGEST.

    Else on the day it opened, which may be before it did.
    """
    day = opened.astimezone(LOCAL).date()
    same = moment(day, at)
    next_day = moment(day + timedelta(days=1), at)
    return next_day if same < opened and next_day - opened.astimezone(UTC) <= LONGEST else same


def left_open(opened: datetime, now: datetime) -> bool:
    """Whether a stop still open was forgotten: it began on another day, and longer ago than LONGEST."""
    begun, here = opened.astimezone(UTC), now.astimezone(UTC)
    return opened.astimezone(LOCAL).date() < now.astimezone(LOCAL).date() and here - begun > LONGEST


def problem(opened: datetime, closed: datetime | None, others: Sequence[Stop], now: datetime) -> Problem | None:
    """What is wrong with `opened_at` or `closed_at` of a stop beside the others of the day, or None.

    A stop that was left open on another day has no end yet, so it is beside nothing.
    """
    if opened > now:
        return Problem("opened_at", _TOO_EARLY)
    if closed and closed < opened:
        return Problem("closed_at", BACKWARDS)
    if closed and closed > now:
        return Problem("closed_at", _NOT_ENDED)
    for other in others:
        if other.closed_at is None and left_open(other.opened_at, now):
            continue
        if opened < (other.closed_at or now) and other.opened_at < (closed or now):
            said = f"Ces heures recouvrent celles de l’arrêt {other.place.name}, {spoken(other)}."
            return Problem("opened_at", f"{said} Corrigez les unes ou les autres.")
    return None


def spoken(stop: Stop) -> str:
    """« ouvert de 14 h 05 à 17 h », « ouvert depuis 14 h 05 »."""
    if stop.closed_at is None:
        return f"ouvert depuis {french_time(stop.opened_at)}"
    return f"ouvert de {french_time(stop.opened_at)} à {french_time(stop.closed_at)}"


def since(opened: datetime) -> str:
    """« mardi 14 h 05 »."""
    return f"{DAYS[opened.astimezone(LOCAL).weekday()]} {french_time(opened)}"
