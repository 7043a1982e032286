"""What a code puts into somebody's telephone: an appointment (iCalendar, RFC 5545) or a card (vCard 3.0, RFC 2426)."""

from datetime import UTC, datetime

from milomobile.domain.notice import Office

TITLE = "RDV Mission Locale"


def event(at: datetime, place: str) -> str:
    """An appointment: when and where, nobody's name."""
    start = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Milo Mobile//FR",
        "BEGIN:VEVENT",
        f"UID:{start}@milo-mobile",
        f"DTSTAMP:{start}",
        f"DTSTART:{start}",
        f"SUMMARY:{TITLE}",
        f"LOCATION:{_escaped(place)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "\r\n".join(lines)


def card(adviser: str, office: Office) -> str:
    """Who to ask for at the Mission Locale, and its own telephone and mail."""
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(adviser)};;;;",
        f"FN:{_escaped(adviser)}",
        f"ORG:{_escaped(office.name)}",
        f"TEL;TYPE=WORK:{office.phone}",
        f"EMAIL;TYPE=WORK:{office.email}",
        "END:VCARD",
    )
    return "\r\n".join(lines)


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
