"""Small words of the screen: days as people say them, letters of a name."""

from datetime import date, datetime

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from milomobile.domain.dates import DAYS, MONTHS, french_time
from milomobile.domain.periods import SHORT, number
from milomobile.ui.parts.hidden import Hidden


def short_day(day: date, today: date) -> str:
    """« aujourd’hui », « hier », « 18 nov. » in the year of `today`, else « 18 nov. 2025 »."""
    ago = (today - day).days
    if ago in (0, 1):
        return ("aujourd’hui", "hier")[ago]
    year = "" if day.year == today.year else f"\u00a0{day.year}"
    return f"{number(day)}\u00a0{SHORT[day.month - 1]}{year}"


def french_moment(at: datetime, today: date) -> str:
    """« 14 h 05 », with the day before it where it is not today."""
    hour = french_time(at)
    return hour if at.date() == today else f"{short_day(at.date(), today)}, {hour}"


def full_day(day: date) -> str:
    """« 12 mars 2007 »."""
    return f"{number(day)} {MONTHS[day.month - 1]} {day.year}"


def next_day(day: date) -> str:
    """« Jeudi 26 novembre »."""
    return f"{DAYS[day.weekday()]} {number(day)} {MONTHS[day.month - 1]}".capitalize()


def last_tour(day: date, today: date) -> str:
    """« d’hier », « de mardi dernier », « du mardi 10 novembre »: which day a tour is taken up from."""
    ago = (today - day).days
    if ago in (0, 1):
        return ("d’aujourd’hui", "d’hier")[ago]
    name = DAYS[day.weekday()]
    return f"de {name} dernier" if 0 < ago <= 7 else f"du {name} {number(day)} {MONTHS[day.month - 1]}"


def figure(many: int) -> str:
    """« 1 126 »."""
    return f"{many:,}".replace(",", "\u00a0")


def count(many: int, thing: str) -> str:
    """« 0 rencontre », « 2 rencontres »."""
    return f"{figure(many)} {thing}{'s' * (many > 1)}"


def letters(name: str) -> str:
    """The first letters of the first and of the last word, for the disc; none of a hidden name."""
    if isinstance(name, Hidden):
        return ""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else ""


def announce(widget: QWidget, text: str, urgent: bool = False) -> None:
    """Has a screen reader say it when it is done with what it is saying, or at once; the keyboard stays where it is."""
    politeness = QAccessible.AnnouncementPoliteness
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
